import Pipeline

/// Takes letters and keeps none.
struct BenchLetters: DeadLetterSink, ~Copyable {
    mutating func write(_ letters: [DeadLetter]) throws(Trouble) {}
    mutating func areSafe() throws(Trouble) -> Bool { true }
}
