/// `merge`: how the partitions of a task become one stream in the order of event time.
package struct MergeSettings: Equatable, Sendable {
    package var maxIdleMs = 5_000
    package var laneRecordsMax = 8_192

    package init() {}

    static let keys: [Key] = [
        Key(
            "merge.max_idle_ms", \.merge.maxIdleMs, WholeNumber(0...60_000), unit: "ms",
            "How long a silent partition may hold up the merge by event time: order against freshness."),
        Key(
            "merge.lane_records_max", \.merge.laneRecordsMax, WholeNumber(16...1_048_576), unit: "records",
            "Bound of one partition's buffer; at it fetching pauses, so memory stays flat."),
    ]
}
