import Pipeline
import Settings

extension BenchCase {
    /// Both heads, from nothing to the end of the file.
    static let learn = BenchCase(
        name: "learn", unit: "ns", purpose: "Learn one real rating, both heads", runs: 5
    ) { (input) throws(CommandFailure) in
        let interactions = try input.interactions()
        let catalog = try input.ratings().catalog
        return { () throws(CommandFailure) in
            let model = BenchModel(Wiring(settings: Settings()).core.model, catalog: catalog)
            let stopwatch = Stopwatch()
            model.learn(interactions)
            return stopwatch.seconds / Double(interactions.count) * 1e9
        }
    }
}
