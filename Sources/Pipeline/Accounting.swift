package import Events
import State

/// What became of every event that was read: each ends as exactly one of learned, duplicate, late or rejected.
package struct Accounting: Equatable, Sendable {
    package internal(set) var read: UInt64 = 0
    package internal(set) var learned: UInt64 = 0
    package internal(set) var duplicate: UInt64 = 0
    package internal(set) var late: UInt64 = 0
    /// By rule, in the order of `Rule.allCases`.
    private var rejectedByRule = [UInt64](repeating: 0, count: Rule.allCases.count)

    /// Of the learned: those that replaced an earlier rating of the same item by the same user.
    package internal(set) var updates: UInt64 = 0

    package init() {}

    package var rejected: UInt64 { rejectedByRule.reduce(0, +) }

    /// Whether the sum holds. It is checked at the end of every run and printed.
    package var isBalanced: Bool { read == learned + duplicate + late + rejected }

    package func rejected(by rule: Rule) -> UInt64 {
        rejectedByRule[rule.ordinal]
    }

    /// The rules that refused anything, with their counts.
    package var rejections: [(rule: Rule, count: UInt64)] {
        Rule.allCases.compactMap { rule in
            let count = rejected(by: rule)
            return count == 0 ? nil : (rule, count)
        }
    }

    func write(to bytes: inout [UInt8]) {
        for count in [read, learned, duplicate, late, updates] { bytes.put(count) }
        // By name: the order of the rules may change from one version to the next.
        bytes.put(UInt32(rejections.count))
        for rejection in rejections {
            bytes.put(rejection.rule.rawValue)
            bytes.put(rejection.count)
        }
    }

    init(from bytes: inout StateBytes) throws(StateDamage) {
        read = try bytes.take()
        learned = try bytes.take()
        duplicate = try bytes.take()
        late = try bytes.take()
        updates = try bytes.take()
        for _ in 0..<(try bytes.takeCount(bytesEach: 12)) {
            guard let rule = Rule(rawValue: try bytes.takeText()) else { throw .unexpected }
            rejectedByRule[rule.ordinal] = try bytes.take()
        }
    }

    mutating func reject(_ rule: Rule) {
        rejectedByRule[rule.ordinal] += 1
    }
}

extension Rule {
    /// Its place in `allCases`.
    var ordinal: Int {
        Self.ordinals[self] ?? 0
    }

    private static let ordinals = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
