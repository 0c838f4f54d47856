import Telemetry

/// How many heap allocations an event may take, by case: lines of a name and a number, `#` begins a comment.
struct AllocationLimits: Equatable, Sendable {
    /// In the order of the file.
    private(set) var limits: [(name: String, limit: Double)] = []

    init(reading path: String) throws(CommandFailure) {
        let bytes: [UInt8]
        do throws(SmallFile.Problem) {
            bytes = try SmallFile.read(path, bytesMax: 65_536)
        } catch {
            throw CommandFailure(.wrongUsage, "the file '\(printable(path))' \(error.problem). \(error.mend)")
        }
        try self.init(text: String(decoding: bytes, as: UTF8.self), path: path)
    }

    init(text: String, path: String) throws(CommandFailure) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(separator: " ")
            if words.isEmpty { continue }
            guard words.count == 2, let limit = Double(words[1]), limit >= 0, limit.isFinite else {
                throw CommandFailure(
                    .badConfiguration,
                    "\(printable(path)):\(number + 1) is no name and number. Write, for example, 'decode 0'.")
            }
            limits.append((String(words[0]), limit))
        }
    }

    /// What is wrong with a result; `nil` when it keeps its limit, or has none.
    func excess(of result: BenchResult) -> String? {
        guard let limit = limits.first(where: { $0.name == result.name })?.limit else { return nil }
        guard let allocations = result.allocations else { return "\(result.name) was not counted" }
        return allocations <= limit
            ? nil
            : "\(result.name) makes \(Figures.decimals(allocations, 3)) allocations an event, not \(limit)"
    }

    static func == (left: Self, right: Self) -> Bool {
        left.limits.elementsEqual(right.limits) { $0 == $1 }
    }
}
