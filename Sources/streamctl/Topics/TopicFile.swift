import KafkaLog
import Settings

/// One file of the topics folder: a topic as it should be, and what is wrong with the file.
///
///     name: ratings.v1
///     key: user_id              # or item_id, or any
///     partitions: 6
///     replication_factor: 1     # 1 where it is left out
///     schema: schemas/rating.json
///     configs:                  # Kafka's topic configs by their own names
///       retention.ms: 7776000000
struct TopicFile: Sendable {
    let path: String
    /// `nil` where the findings leave no topic to speak of.
    private(set) var definition: TopicDefinition?
    private(set) var findings: [Finding]
    /// The line of each top key, from 1.
    private(set) var lines: [String: Int] = [:]

    static let keys = ["name", "key", "partitions", "replication_factor", "schema", "configs"]
    private static let partitionsMax = 10_000
    private static let replicasMax = 100
    private static let recordKeys = [TopicDefinition.userKey, "item_id", "any"]

    init(path: String, document: YAMLDocument) {
        self.path = path
        findings = document.findings
        guard let root = document.root else {
            if findings.isEmpty { report("", "The file is empty", "Write name, key and partitions.") }
            return
        }
        guard let entries = root.entries else {
            report(
                "", "The file is \(root.noun), not a group of keys", "Write name, key and partitions.",
                line: root.line)
            return
        }
        for entry in entries {
            lines[entry.key] = entry.keyLine
            guard !Self.keys.contains(entry.key) else { continue }
            let meant = nearest(entry.key, among: Self.keys).map { "Did you mean \($0)?" }
            report(
                entry.key, "is not a known key",
                meant ?? "Remove it; the keys are \(Self.keys.joined(separator: ", ")).")
        }
        let name = take(root, "name", "a Kafka topic name", isNeeded: true) {
            $0.text.flatMap(Reading<String>.topic.parse)
        }
        let key = take(root, "key", Self.recordKeys.joined(separator: ", "), isNeeded: true) {
            $0.text.flatMap { Self.recordKeys.contains($0) ? $0 : nil }
        }
        let partitions = take(root, "partitions", in: 1...Self.partitionsMax, isNeeded: true)
        let replicas = take(root, "replication_factor", in: 1...Self.replicasMax, isNeeded: false)
        let schema = take(root, "schema", "the path of a JSON Schema beside this file", isNeeded: false) {
            $0.isNull ? nil : $0.text
        }
        let configs = configs(root["configs"])
        guard let name, let key, let partitions else { return }
        definition = TopicDefinition(
            name: name, partitions: partitions, replicationFactor: replicas ?? 1, configs: configs, key: key,
            schema: schema)
    }

    mutating func report(
        _ key: String, _ problem: String, _ mend: String, line: Int? = nil, level: Finding.Level = .error
    ) {
        findings.append(
            Finding(
                level: level, source: path, line: line ?? lines[key], path: key, problem: problem, mend: mend)
        )
    }

    /// The value of a key; what is wrong with it is reported.
    private mutating func take<Value>(
        _ root: YAMLNode, _ key: String, _ expectation: String, isNeeded: Bool,
        _ read: (YAMLNode) -> Value?
    ) -> Value? {
        guard let node = root[key] else {
            if isNeeded { report(key, "is missing", "Write \(expectation).", line: root.line) }
            return nil
        }
        if let value = read(node) { return value }
        report(key, "is not what it should be", "Write \(expectation).")
        return nil
    }

    private mutating func take(
        _ root: YAMLNode, _ key: String, in bounds: ClosedRange<Int>, isNeeded: Bool
    ) -> Int? {
        let expectation = "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
        return take(root, key, expectation, isNeeded: isNeeded) {
            $0.wholeNumber.flatMap { bounds.contains($0) ? $0 : nil }
        }
    }

    private mutating func configs(_ node: YAMLNode?) -> [String: String] {
        guard let node, !node.isNull else { return [:] }
        guard let entries = node.entries else {
            report("configs", "is \(node.noun), not a group of keys", "Put Kafka's topic configs below it.")
            return [:]
        }
        var configs: [String: String] = [:]
        for entry in entries {
            guard let text = entry.value.text, !entry.value.isNull else {
                report(
                    "configs.\(entry.key)", "is \(entry.value.noun)", "Write one value.", line: entry.keyLine)
                continue
            }
            configs[entry.key] = text
            if !TopicConfigs.names.contains(entry.key) {
                let meant = nearest(entry.key, among: TopicConfigs.names).map { " Did you mean \($0)?" } ?? ""
                report(
                    "configs.\(entry.key)", "is not a topic config that we know",
                    "A newer Kafka may know it; an older one refuses it.\(meant)", line: entry.keyLine,
                    level: .warning)
            }
        }
        return configs
    }
}
