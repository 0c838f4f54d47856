import Events
import Pipeline
import Simulation

/// A simulated store of lists, or one that says that it has written what it has not.
struct BreakableLists: ListSink, ~Copyable {
    private(set) var store: SimulatedLists
    private let breakage: Breakage?

    init(_ store: consuming SimulatedLists, _ breakage: Breakage?) {
        self.store = store
        self.breakage = breakage
    }

    var faults: Faults {
        get { store.faults }
        set { store.faults = newValue }
    }

    mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64, meanwhile: () -> Void
    ) throws(Trouble) -> [Identifier] {
        do throws(Trouble) {
            return try store.write(batch, generatedAtMs: generatedAtMs, meanwhile: meanwhile)
        } catch {
            guard breakage == .listsForgotten, error.cure == .tryAgain else { throw error }
            return []
        }
    }

    mutating func remembersUs() throws(Trouble) -> Bool { try store.remembersUs() }
}
