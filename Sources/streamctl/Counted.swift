import Telemetry

/// `1 row`, `100,836 rows`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(UInt64(clamping: count))) \(noun)\(count == 1 ? "" : "s")"
}
