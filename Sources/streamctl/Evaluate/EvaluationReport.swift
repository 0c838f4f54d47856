import Evaluation
import Model
import Pipeline
import RatingFiles

/// What an evaluation found.
struct EvaluationReport: Sendable {
    /// A part of the events that was judged by itself.
    struct Part: Sendable {
        /// As it stands in JSON.
        var name: String
        var title: String
        var span: Span
    }

    var files: [RatingFile]
    /// `test-then-learn`, or the split.
    var protocolName: String
    /// Of the events that were given to the core.
    var accounting: Accounting
    /// What described the items.
    var catalog: CatalogFile
    /// What the settings' scales make of these files that hardly anybody wants.
    var warnings: [String]
    var epochs: Int?
    /// Rows that a split took no part of, as they would count twice or are refused.
    var leftOut = 0
    /// Of the pass over the events, judging included.
    var seconds: Double
    /// Of these, what judging took.
    var judgingSeconds: Double
    var judgedEvery: Int
    /// What made the lists of the model.
    var algorithm: Algorithm
    var diversity: Float
    var parts: [Part]
    var bands: [EventBand] = []
    var curve: [CurvePoint] = []
    var calibration: Calibration

    /// Of `undiversified` there is something to tell only where the lists are diversified.
    var contenders: [Contender] { Contender.allCases.filter { $0 != .undiversified || diversity > 0 } }

    var eventsPerSecond: Double { Self.rate(accounting.learned, seconds) }
    var learnedPerSecond: Double { Self.rate(accounting.learned, seconds - judgingSeconds) }

    private static func rate(_ events: UInt64, _ seconds: Double) -> Double {
        seconds > 0 ? min(Double(events) / seconds, 1e12) : 0
    }
}
