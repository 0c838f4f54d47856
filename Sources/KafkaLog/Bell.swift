import CRdkafka
import Glibc

/// Rings when something comes into one of several queues of a client, so that one thread can wait for all of them.
struct Bell: ~Copyable {
    private let descriptor: Int32

    init() throws(KafkaError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw .cannotStart(reason: "no file descriptor is left: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// From now on whatever comes into this queue while it is empty rings.
    func hang(on queue: OpaquePointer) {
        var one: UInt64 = 1
        rd_kafka_queue_io_event_enable(queue, descriptor, &one, MemoryLayout.size(ofValue: one))
    }

    /// Must be done while the bell is there: librdkafka would write to whatever gets the descriptor's number next.
    static func takeOff(_ queue: OpaquePointer) {
        rd_kafka_queue_io_event_enable(queue, -1, nil, 0)
    }

    /// Forgets that it rang. Whoever looks into the queues afterwards misses nothing.
    func hush() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout.size(ofValue: count))
    }

    /// Waits until it rings, or has rung since `hush`, for so many milliseconds at most; a signal may end it early.
    func wait(_ timeoutMs: Int32) {
        var ring = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&ring, 1, timeoutMs)
    }
}
