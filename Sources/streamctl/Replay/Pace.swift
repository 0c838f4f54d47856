/// How fast rows are published.
enum Pace: Equatable, Sendable {
    /// As fast as Kafka takes them.
    case fast
    /// Rows a second, evenly spread. What a stall held up is caught up, so that it holds over the whole run.
    case rate(Double)
    /// Times faster than the rows' own times. Gaps are kept, however long: a night is a night at 1x.
    case speed(Double)

    /// When a row is due, in seconds from the first row.
    ///
    /// - Parameters:
    ///   - row: counted from the first row, 0.
    ///   - eventMs: how much later than the first row it happened, by event time.
    func dueSeconds(row: Int, eventMs: Int64) -> Double {
        switch self {
        case .fast: 0
        case .rate(let perSecond): Double(row) / perSecond
        case .speed(let factor): Double(eventMs) / 1000 / factor
        }
    }
}
