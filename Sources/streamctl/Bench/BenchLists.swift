import Events
import Pipeline

/// A list store that is away, so that no list is ranked: what is measured is learning and keeping.
struct BenchLists: ListSink, ~Copyable {
    mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64, meanwhile: () -> Void
    ) throws(Trouble) -> [Identifier] {
        throw Trouble(.tryAgain, "The benchmark keeps no lists.")
    }

    mutating func remembersUs() throws(Trouble) -> Bool { true }
}
