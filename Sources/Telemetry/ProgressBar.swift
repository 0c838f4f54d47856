/// A progress bar as text: how much is done, how fast, and how long it will take.
///
///     [=============>              ]  47 %  47,392 of 100,836  52,310/s  0:01 left
package struct ProgressBar: Equatable, Sendable {
    package var done: UInt64
    /// `nil` where nobody knows: then there is no bar and no time left.
    package var total: UInt64?
    package var elapsedSeconds: Double

    package init(done: UInt64, total: UInt64?, elapsedSeconds: Double) {
        self.done = done
        self.total = total
        self.elapsedSeconds = elapsedSeconds
    }

    /// Finished things per second since the start; 0 before any time has passed.
    package var rate: Double {
        elapsedSeconds > 0 ? Double(done) / elapsedSeconds : 0
    }

    /// Seconds left at the rate so far; `nil` while it cannot be told.
    package var secondsLeft: Double? {
        guard let total, rate > 0 else { return nil }
        return total > done ? Double(total - done) / rate : 0
    }

    /// The line, at most `width` columns. What does not fit is left out: first the bar, then the end.
    package func text(width: Int) -> String {
        let facts = self.facts
        let room = min(width - facts.count - 4, 40)
        guard let share, room >= 10 else { return String(facts.prefix(max(width, 0))) }
        let full = Int(share * Double(room))
        let bar = String(repeating: "=", count: full) + (full < room ? ">" : "")
        return "[\(bar)\(String(repeating: " ", count: room - bar.count))]  \(facts)"
    }

    /// The line without a bar, for logs.
    package var facts: String {
        var facts: [String] = []
        if let total, let share {
            let percent = String(Int(share * 100))
            facts.append("\(String(repeating: " ", count: 3 - percent.count))\(percent) %")
            facts.append("\(grouped(done)) of \(grouped(total))")
        } else {
            facts.append(grouped(done))
        }
        facts.append("\(rate < 10 ? oneDecimal(rate) : grouped(UInt64(nearest: rate)))/s")
        if let secondsLeft, done < total ?? 0 { facts.append("\(clock(secondsLeft)) left") }
        return facts.joined(separator: "  ")
    }

    /// 0 to 1, even when more was done than was announced; `nil` without a total.
    private var share: Double? {
        guard let total else { return nil }
        return total == 0 ? 1 : min(Double(done) / Double(total), 1)
    }

    private func oneDecimal(_ value: Double) -> String {
        let tenths = UInt64(nearest: value * 10)
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `0:07`, `12:34`, `1:02:03`.
    private func clock(_ seconds: Double) -> String {
        let whole = UInt64(nearest: seconds.rounded(.up))
        let twoDigits: (UInt64) -> String = { $0 < 10 ? "0\($0)" : "\($0)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        let head = hours > 0 ? "\(hours):\(twoDigits(minutes))" : "\(minutes)"
        return "\(head):\(twoDigits(whole % 60))"
    }
}

/// `100,836` for 100836.
package func grouped(_ value: UInt64) -> String {
    let digits = String(value)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0 && (digits.count - index).isMultiple(of: 3) { text += "," }
        text.append(digit)
    }
    return text
}

extension UInt64 {
    /// The nearest whole number that fits; not-a-number is 0.
    fileprivate init(nearest value: Double) {
        self = value.isNaN || value <= 0 ? 0 : UInt64(exactly: value.rounded()) ?? .max
    }
}
