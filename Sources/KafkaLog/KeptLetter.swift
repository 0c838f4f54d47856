package import Events

/// A dead letter as it stands in its topic: bytes lent by the client, valid only during the call that lends them.
///
/// Letters of other writers are welcome: whatever their headers do not say is `nil`.
package struct KeptLetter: ~Copyable {
    /// Where the letter stands.
    package let place: LetterPlace
    /// When it was put there, in epoch milliseconds.
    package let keptMs: Int64?
    /// `nil` is a null key, which is not an empty one.
    package let key: UnsafeRawBufferPointer?
    package let value: UnsafeRawBufferPointer?
    /// All of them: the record's own, then those that say why it was refused.
    package let headers: [Header]

    init(_ message: Message) {
        place = LetterPlace(partition: message.partition, offset: message.offset)
        keptMs = message.stampMs
        key = message.key
        value = message.value
        headers = message.headers()
    }

    /// What the last header of a name says; clipped, because it may say anything.
    package func text(of header: ErrorHeader) -> String? { text(of: header.rawValue) }

    /// The topic that the record came from, as it is called in Kafka.
    package var sourceTopic: String? { text(of: .topic) }

    /// Which try of the record this was: what was never sent again was tried once. What cannot be read counts as
    /// once, too.
    package var attempt: Int {
        max(text(of: ErrorHeader.attempt).flatMap(Int.init) ?? 1, 1)
    }

    /// The letter whose sending back was refused with this one; `nil` for a first letter.
    package var earlier: LetterPlace? { text(of: ErrorHeader.letter).flatMap(LetterPlace.init) }

    /// The same for letters of one record, as they stand there after an outage or from two readers of a log: where the
    /// record stood, which try it was, and its bytes. `nil` where the headers do not say where it stood.
    package var recordIdentity: UInt64? {
        guard let topic = sourceTopic, let partition = text(of: .partition), let offset = text(of: .offset)
        else { return nil }
        var bytes = Array("\(topic) \(partition) \(offset) \(attempt)".utf8)
        for part in [key, value] {
            bytes.append(part == nil ? 0 : 1)
            bytes += part ?? UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return bytes.withUnsafeBytes { SipHash.hash64($0) }
    }

    /// The record's own headers, in order: without any that say why it was refused or how often.
    package var ownHeaders: [Header] {
        headers.filter { !ErrorHeader.isOurs($0.name) }
    }

    /// The headers of the record when it is sent once more.
    package var headersForNextAttempt: [Header] {
        ownHeaders + [
            Header(name: ErrorHeader.attempt, value: Array("\(attempt + 1)".utf8)),
            Header(name: ErrorHeader.letter, value: Array(place.description.utf8)),
        ]
    }

    private func text(of name: String) -> String? {
        headers.last { $0.name == name }?.value.map {
            String(decoding: $0.prefix(Self.textBytesMax), as: UTF8.self)
        }
    }

    /// Longer than any name of a topic and any reason of ours.
    private static let textBytesMax = 1_024
}
