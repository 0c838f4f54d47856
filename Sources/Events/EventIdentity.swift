/// What makes two deliveries the same event: 128 bits over the producer's event id, or over (type, user,
/// item, timestamp, value) where there is none. At 10⁷ remembered ids the odds that a new event looks like an
/// old one are below 10⁻³¹.
///
/// The bits are SipHash-1-3-128 of a message that begins with one byte for its form and one for the topic, so
/// that the same event id in `ratings.v1` and in `feedback.v1` are two events:
///
///     1  topic  id                                                 an event id
///     2  topic  length of id, 2 bytes  id  source                  a CloudEvent's id and source
///     3  topic  action  length of user  timestamp, 8 bytes  value, 4 bytes  user  item
///     4  topic  user                                               an erasure: one for all of a user
///
/// Numbers are little-endian, the timestamp is in milliseconds, the value is the bits of a `Float`. An id
/// that was sent as the JSON number 42 is the same as "42". The layout outlives a run: what was remembered
/// under one layout is unknown under another.
package struct EventIdentity: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

extension EventIdentity {
    /// The longest event id or CloudEvents source, in bytes; both are only hashed.
    static let idBytesMax = 1024

    /// Of an event with a producer's id of up to 1,024 bytes.
    package init(topic: Topic, eventID: UnsafeRawBufferPointer) {
        precondition(eventID.count <= Self.idBytesMax)
        self.init(bytesMax: 2 + eventID.count) { message in
            message.append(1 as UInt8)
            message.append(topic.rawValue)
            message.append(bytes: eventID)
        }
    }

    /// Of a CloudEvent: `id` is unique only within its `source`.
    package init(topic: Topic, cloudEventID id: UnsafeRawBufferPointer, source: UnsafeRawBufferPointer) {
        precondition(id.count <= Self.idBytesMax && source.count <= Self.idBytesMax)
        self.init(bytesMax: 4 + id.count + source.count) { message in
            message.append(2 as UInt8)
            message.append(topic.rawValue)
            message.append(UInt16(id.count))
            message.append(bytes: id)
            message.append(bytes: source)
        }
    }

    /// Of an event without an id.
    package init(
        topic: Topic, action: Action, user: Identifier, item: Identifier, timestampMs: Int64, value: Float
    ) {
        self.init(bytesMax: 16 + 2 * Identifier.bytesMax) { message in
            message.append(3 as UInt8)
            message.append(topic.rawValue)
            message.append(action.code)
            message.append(UInt8(user.text.utf8.count))
            message.append(UInt64(bitPattern: timestampMs))
            message.append((value == 0 ? 0 : value).bitPattern)  // -0 is 0.
            message.append(text: user.text)
            message.append(text: item.text)
        }
    }

    /// Of an erasure: the same for every erasure of this user, so that it may stand for who was erased.
    package init(erasureOf user: Identifier) {
        self.init(bytesMax: 2 + Identifier.bytesMax) { message in
            message.append(4 as UInt8)
            message.append(Topic.erasures.rawValue)
            message.append(text: user.text)
        }
    }

    private init(bytesMax: Int, _ write: (inout Message) -> Void) {
        (high, low) = withUnsafeTemporaryAllocation(byteCount: bytesMax, alignment: 8) { buffer in
            var message = Message(buffer: buffer)
            write(&message)
            return SipHash.hash128(UnsafeRawBufferPointer(rebasing: buffer[..<message.count]))
        }
    }
}

/// Bytes that are appended to a lent buffer.
private struct Message {
    let buffer: UnsafeMutableRawBufferPointer
    var count = 0

    mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        buffer.storeBytes(of: number.littleEndian, toByteOffset: count, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    mutating func append(bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension Action {
    /// Numbers of the identity's layout and of kept acts: never changed, never used again for another action.
    package var code: UInt8 {
        switch self {
        case .rating: 0
        case .impression: 1
        case .view: 2
        case .click: 3
        case .play: 4
        case .like: 5
        case .dislike: 6
        case .skip: 7
        case .purchase: 8
        }
    }
}
