/// One Kafka record as it was delivered: bytes lent by the client, valid only during the call that lends them.
package struct Record: ~Copyable {
    package let position: Position
    /// When the broker or the producer stamped it, in epoch milliseconds; `nil` where neither did.
    package let arrivedMs: Int64?
    /// `nil` is a null key, which is not an empty one.
    package let key: UnsafeRawBufferPointer?
    /// `nil` is a tombstone.
    package let value: UnsafeRawBufferPointer?
    /// Empty for most producers, and then free.
    package let headers: [Header]

    package init(
        position: Position, arrivedMs: Int64?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header] = []
    ) {
        self.position = position
        self.arrivedMs = arrivedMs
        self.key = key
        self.value = value
        self.headers = headers
    }
}

/// A Kafka record header. Names may repeat; the order is the producer's.
package struct Header: Equatable, Sendable {
    package var name: String
    /// `nil` is a null value, which is not an empty one.
    package var value: [UInt8]?

    package init(name: String, value: [UInt8]?) {
        self.name = name
        self.value = value
    }
}
