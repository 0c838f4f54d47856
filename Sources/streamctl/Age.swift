/// How long ago something was, for people.
enum Age {
    /// `3.2 s`, `12 min`, `5 h`, `8 d`; what is still to come is 0.0 s.
    static func text(ms: Int64) -> String {
        switch max(ms, 0) {
        case ..<60_000: "\(max(ms, 0) / 100 / 10).\(max(ms, 0) / 100 % 10) s"
        case ..<3_600_000: "\(ms / 60_000) min"
        case ..<172_800_000: "\(ms / 3_600_000) h"
        default: "\(ms / 86_400_000) d"
        }
    }

    /// The same with "ago"; nothing where nobody knows.
    static func text(since epochMs: Int64?, nowMs: Int64) -> String {
        guard let epochMs else { return "" }
        let (ms, overflow) = nowMs.subtractingReportingOverflow(epochMs)
        return "\(text(ms: overflow ? .max : ms)) ago"
    }
}
