/// Draws a `ProgressBar` as the work goes on: in place on a terminal, at most ten times a second; elsewhere a line
/// every five seconds.
///
/// The time comes in with every call, in nanoseconds of any steady clock.
package struct ProgressMeter {
    package enum Surface: Equatable, Sendable {
        /// The bar is drawn over itself.
        case terminal(width: Int)
        /// Each drawing is a line of its own.
        case lines
    }

    /// Stands before the bar: what is being done.
    private let label: String
    private let total: UInt64?
    private let surface: Surface
    private let startNs: UInt64
    private let write: (String) -> Void
    private var drawnNs: UInt64

    /// - Parameters:
    ///   - total: `nil` where nobody knows.
    ///   - write: gets what is to be drawn, to be sent in one piece to standard error.
    package init(
        label: String, total: UInt64?, surface: Surface, nowNs: UInt64, write: @escaping (String) -> Void
    ) {
        self.label = label
        self.total = total
        self.surface = surface
        self.startNs = nowNs
        self.write = write
        self.drawnNs = nowNs
    }

    /// Cheap enough to be called for every batch: draws only when it is time.
    package mutating func update(done: UInt64, nowNs: UInt64) {
        let pauseNs: UInt64 = surface == .lines ? 5_000_000_000 : 100_000_000
        guard nowNs >= drawnNs, nowNs - drawnNs >= pauseNs else { return }
        drawnNs = nowNs
        draw(done: done, nowNs: nowNs)
    }

    /// Takes the bar off the terminal, so that something else can be written there.
    package func clear() {
        if surface != .lines { write("\r\u{1B}[K") }
    }

    /// The last drawing, with its line break.
    package func finish(done: UInt64, nowNs: UInt64) {
        draw(done: done, nowNs: nowNs)
        if surface != .lines { write("\n") }
    }

    private func draw(done: UInt64, nowNs: UInt64) {
        let elapsedNs = nowNs >= startNs ? nowNs - startNs : 0
        let bar = ProgressBar(done: done, total: total, elapsedSeconds: Double(elapsedNs) / 1e9)
        switch surface {
        case .terminal(let width):
            // One column stays free: a full line would wrap, and the next drawing would begin below it.
            let line = "\(label) \(bar.text(width: max(width - label.count - 2, 0)))"
            write("\r\(line.prefix(max(width - 1, 0)))\u{1B}[K")
        case .lines:
            write("\(label) \(bar.facts)\n")
        }
    }
}
