import Glibc

/// A value that several threads share, behind a lock of pthread.
///
/// It does what `Mutex` of Synchronization does. That one locks inside a library that ThreadSanitizer cannot see into,
/// so that it would take all that passes through the lock for a race; of pthread it knows.
///
/// `@unchecked Sendable`: the value can be sent, and nobody reaches it but in `withLock`, one after the other.
struct Guarded<Value: Sendable>: ~Copyable, @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let value = UnsafeMutablePointer<Value>.allocate(capacity: 1)

    init(_ first: consuming Value) {
        var attributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&attributes)
        // Whoever holds it is as urgent as whoever waits: the stream must not wait for a thread that goes second.
        pthread_mutexattr_setprotocol(&attributes, Int32(PTHREAD_PRIO_INHERIT))
        let code = pthread_mutex_init(lock, &attributes)
        precondition(code == 0, "a lock of no more than memory")
        pthread_mutexattr_destroy(&attributes)
        value.initialize(to: first)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body(&value.pointee)
    }
}
