/// The limits of a task's window. Which events pass depends on these and on the order of the log alone.
package struct WindowRules: Equatable, Sendable {
    /// How far behind the watermark an event may be and still count, in milliseconds.
    package var latenessMs: Int64
    /// How far behind the watermark an event is remembered, in milliseconds: at least `latenessMs`.
    package var dedupeMs: Int64
    /// The most identities that are remembered at once: 32 to 80 bytes each.
    package var entriesMax: Int

    /// - Precondition: 0 ≤ `latenessMs` ≤ `dedupeMs` ≤ `dedupeMsMax`, and `entriesMax` is 1 to 2³⁰.
    package init(latenessMs: Int64 = 600_000, dedupeMs: Int64 = 3_600_000, entriesMax: Int = 1_000_000) {
        precondition(0 <= latenessMs && latenessMs <= dedupeMs, "what is not late must still be remembered")
        precondition(dedupeMs <= Self.dedupeMsMax)
        precondition(1...(1 << 30) ~= entriesMax)
        self.latenessMs = latenessMs
        self.dedupeMs = dedupeMs
        self.entriesMax = entriesMax
    }

    /// A thousand years.
    package static let dedupeMsMax: Int64 = 31_557_600_000_000
}
