import Model
import Pipeline
import Settings
import State

extension BenchCase {
    /// Both heads, from nothing to the end of the file.
    static let learn = BenchCase(
        name: "learn", unit: "ns", purpose: "Learn one real rating, both heads", runs: 7
    ) { (input) throws(CommandFailure) in
        let interactions = try input.interactions()
        let catalog = try input.ratings().catalog
        return { () throws(CommandFailure) in
            var model = Model(options: Wiring(settings: Settings()).core.model)
            var recorder = StateRecorder()
            for item in catalog { _ = model.describe(item, recorder: &recorder) }
            let lap = Lap()
            for interaction in interactions {
                _ = model.learn(interaction, judges: false, recorder: &recorder)
            }
            return lap.each(of: interactions.count)
        }
    }
}
