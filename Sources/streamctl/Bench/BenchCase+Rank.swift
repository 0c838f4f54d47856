import Model
import Pipeline
import Ranking
import Settings

extension BenchCase {
    /// Scored are all items, for each user once.
    static let rank = BenchCase(
        name: "rank", unit: "µs", purpose: "Make one user's list from a model of the whole file"
    ) { (input) throws(CommandFailure) in
        let options = Wiring(settings: Settings()).core
        let taught = BenchModel(options.model, catalog: try input.ratings().catalog)
        taught.learn(try input.interactions())
        return { () throws(CommandFailure) in
            var ranker = Ranker(options: options.ranking)
            let users = UInt32(taught.model.users.count)
            var entries = 0
            let stopwatch = Stopwatch()
            for user in 0..<users { entries += ranker.entries(user: user, model: taught.model).count }
            let seconds = stopwatch.seconds
            guard entries > 0 else { throw CommandFailure(.failed, "all lists are empty") }
            return seconds / Double(users) * 1e6
        }
    }
}
