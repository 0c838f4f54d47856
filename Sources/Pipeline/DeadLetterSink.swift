package import Events

/// A refused record, byte for byte, with why.
package struct DeadLetter: Equatable, Sendable {
    package var position: Position
    package var arrivedMs: Int64?
    package var key: [UInt8]?
    package var value: [UInt8]?
    /// The record's own headers, in order.
    package var headers: [Header]
    package var refusal: Refusal

    package init(
        position: Position, arrivedMs: Int64?, key: [UInt8]?, value: [UInt8]?, headers: [Header],
        refusal: Refusal
    ) {
        self.position = position
        self.arrivedMs = arrivedMs
        self.key = key
        self.value = value
        self.headers = headers
        self.refusal = refusal
    }

    /// What it takes of memory, about.
    package var byteCount: Int {
        let own = (key?.count ?? 0) + (value?.count ?? 0) + refusal.reason.utf8.count
        return headers.reduce(own + 256) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) + 64 }
    }
}

/// Where refused records are kept for people to look at.
package protocol DeadLetterSink: ~Copyable {
    /// Hands letters over; only when the fate of those before is known. Retry rule: that of `areSafe`.
    mutating func write(_ letters: [DeadLetter]) throws(Trouble)

    /// Whether every letter that was handed over is safe in the log; `false` while it has not answered. Waits for the
    /// answer no longer than a log that is well takes for it. Retry rule: after a throw, here or of `write`, hand all
    /// of them over again; a letter may then stand twice, with the same position.
    mutating func areSafe() throws(Trouble) -> Bool
}
