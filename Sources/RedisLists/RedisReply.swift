import CHiredis

/// One reply, parsed by hiredis; ours to free, once.
struct RedisReply: ~Copyable {
    private let handle: UnsafeMutablePointer<redisReply>

    init(adopting handle: UnsafeMutablePointer<redisReply>) {
        self.handle = handle
    }

    deinit { freeReplyObject(handle) }

    /// The text of an error reply, without its `-`; `nil` for every other reply.
    var errorText: String? {
        handle.pointee.type == REDIS_REPLY_ERROR
            ? String(decoding: Self.bytes(handle.pointee), as: UTF8.self) : nil
    }

    var isStatus: Bool { handle.pointee.type == REDIS_REPLY_STATUS }

    var integer: Int64? { handle.pointee.type == REDIS_REPLY_INTEGER ? handle.pointee.integer : nil }

    /// A copy that outlives the reply.
    var value: RedisValue { Self.value(handle.pointee) }

    private static func value(_ reply: redisReply) -> RedisValue {
        switch reply.type {
        case REDIS_REPLY_INTEGER: .integer(reply.integer)
        case REDIS_REPLY_NIL: .nothing
        case REDIS_REPLY_ARRAY:
            .list(
                UnsafeBufferPointer(start: reply.element, count: reply.elements).map { element in
                    element.map { value($0.pointee) } ?? .nothing
                })
        default: .bytes([UInt8](bytes(reply)))
        }
    }

    /// Lent until the reply is freed.
    private static func bytes(_ reply: redisReply) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: reply.str, count: reply.len)
    }
}
