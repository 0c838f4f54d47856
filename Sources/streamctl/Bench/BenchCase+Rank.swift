import Model
import Pipeline
import Ranking
import Settings
import State

extension BenchCase {
    /// Scored are all items, for each user once.
    static let rank = BenchCase(
        name: "rank", unit: "µs", purpose: "Make one user's list from a model of the whole file"
    ) { (input) throws(CommandFailure) in
        let options = Wiring(settings: Settings()).core
        let taught = TaughtModel(options.model)
        var recorder = StateRecorder()
        for item in try input.ratings().catalog { _ = taught.model.describe(item, recorder: &recorder) }
        for interaction in try input.interactions() {
            _ = taught.model.learn(interaction, judges: false, recorder: &recorder)
        }
        return { () throws(CommandFailure) in
            var ranker = Ranker(options: options.ranking, factors: options.model.factors)
            let users = UInt32(taught.model.users.count)
            let rows = Array(0..<users)
            var entries = 0
            let lap = Lap()
            ranker.forEach(rows[...], model: taught.model) { entries += $1.count }
            let run = lap.end(events: Int(users)) { $0 / Double(users) * 1e6 }
            guard entries > 0 else { throw CommandFailure(.failed, "all lists are empty") }
            return run
        }
    }
}

/// A closure can keep a class, but no model.
private final class TaughtModel {
    var model: Model

    init(_ options: ModelOptions) {
        model = Model(options: options)
    }
}
