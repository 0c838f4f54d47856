import Glibc

/// A semaphore of POSIX: ThreadSanitizer knows what it orders.
struct Semaphore: ~Copyable {
    private let place = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() {
        let code = sem_init(place, 0, 0)
        precondition(code == 0, "a semaphore within a process needs nothing that could be missing")
    }

    deinit {
        sem_destroy(place)
        place.deallocate()
    }

    func signal() { sem_post(place) }

    func wait() {
        // A signal handler may end it early.
        while sem_wait(place) != 0 {}
    }
}
