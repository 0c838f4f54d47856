import Events
import Model
import State

/// A model and what it needs to learn; a class, because the closure of a case can keep no model.
final class BenchModel {
    private(set) var model: Model
    private var recorder = StateRecorder()

    /// One that knows the catalog and has learned nothing.
    init(_ options: ModelOptions, catalog: [CatalogItem]) {
        model = Model(options: options)
        for item in catalog { _ = model.describe(item, recorder: &recorder) }
    }

    func learn(_ interactions: [Interaction]) {
        for interaction in interactions {
            _ = model.learn(interaction, judges: false, recorder: &recorder)
        }
    }
}
