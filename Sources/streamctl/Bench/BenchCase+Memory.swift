import Model
import Pipeline

extension BenchCase {
    /// What a million users and 50,000 items take, as the system counts it, beside the numbers that the model learned for
    /// them: the vectors of both heads, and each user's regression.
    static let memory = BenchCase(
        name: "memory_over_raw", unit: "x",
        purpose: "Memory of a million users and 50,000 items, beside their raw floats", runs: 7
    ) { (_) throws(CommandFailure) in
        { () throws(CommandFailure) in
            let (users, items) = (1_000_000, 50_000)
            let bench = BenchState(users: users, items: items, events: 1_500_000, checkpointMs: nil)
            let bytes = try bench.residentBytes()
            let raw =
                users * Model.floatsOfUser(CoreOptions().model) + items
                * Model.floatsOfItem(CoreOptions().model)
            return BenchRun(
                value: bytes / Double(4 * raw),
                details: [
                    ("bytes_per_user", bytes / Double(users)),
                    ("raw_per_user", Double(4 * raw) / Double(users)),
                ])
        }
    }
}
