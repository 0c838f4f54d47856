import Pipeline
import Telemetry

/// The sum that every command prints: events read, and what became of them.
enum AccountingText {
    static func sum(_ accounting: Accounting) -> String {
        "events read   \(grouped(accounting.read)) = \(grouped(accounting.learned)) learned"
            + " + \(grouped(accounting.duplicate)) duplicate + \(grouped(accounting.late)) late"
            + " + \(grouped(accounting.rejected)) rejected"
            + (accounting.isBalanced ? "  (the sum holds)" : "  (THE SUM DOES NOT HOLD)")
    }
}
