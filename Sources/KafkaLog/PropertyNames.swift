import CRdkafka
import Glibc

/// What is known of librdkafka's property names beyond what it says itself.
enum PropertyNames {
    /// Properties that Freshet's promises depend on: the value they keep, if saying it is harmless, and the mend.
    static let reserved: [String: (kept: String?, mend: String)] = [
        "bootstrap.servers": (nil, "It has a key of its own: set kafka.brokers"),
        "metadata.broker.list": (nil, "It has a key of its own: set kafka.brokers"),
        "group.id": (nil, "It has a key of its own: set kafka.group"),
        "log.queue": ("true", "Remove it: the client's log goes through Freshet's own"),
        "enable.auto.offset.store": (
            "false", "Remove it: offsets are stored after their output is written, and only then"
        ),
        "enable.auto.commit": ("true", "Remove it: stored offsets are committed in the background"),
        "auto.commit.enable": ("true", "Remove it: stored offsets are committed in the background"),
        "enable.partition.eof": ("true", "Remove it: the merge of the partitions needs to see their ends"),
        "partition.assignment.strategy": (
            "cooperative-sticky", "Remove it: partitions move one by one, with as little lost as possible"
        ),
        "partitioner": (
            "murmur2_random", "Remove it: a user's events must be where JVM producers put them"
        ),
        "enable.idempotence": ("true", "Remove it: a retry must never double a record"),
        "delivery.report.only.error": ("false", "Remove it: what has arrived is counted"),
    ]

    /// The known name that is nearest to a wrong one, if one is near enough to be meant.
    static func nearest(to name: String) -> String? {
        let limit = max(1, name.utf8.count / 4)
        return all().map { (distance(name, $0), $0) }.filter { $0.0 <= limit }.min { $0 < $1 }?.1
    }

    /// Every name, from the table that librdkafka prints as its documentation: a property per line, the name first.
    private static func all() -> [String] {
        var text: UnsafeMutablePointer<CChar>?
        var count = 0
        guard let file = open_memstream(&text, &count) else { return [] }
        rd_kafka_conf_properties_show(file)
        fclose(file)
        defer { free(text) }
        guard let text else { return [] }
        return String(cString: text).split(separator: "\n").compactMap { line in
            let columns = line.split(separator: "|", maxSplits: 1)
            guard columns.count == 2, let name = columns[0].split(separator: " ").first else { return nil }
            return String(name)
        }
    }

    /// How many single-byte edits lie between two names (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let target = Array(right.utf8)
        var row = Array(0...target.count)
        for (index, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in target.indices {
                let substituted = diagonal + (target[column] == byte ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
        }
        return row[target.count]
    }
}
