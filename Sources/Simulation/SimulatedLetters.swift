package import Pipeline

/// A log of dead letters in memory that fails like a real one.
package struct SimulatedLetters: DeadLetterSink, ~Copyable {
    package private(set) var letters: [DeadLetter] = []
    package var faults: Faults

    package init(faults: Faults) {
        self.faults = faults
    }

    package mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        if faults.strike(.lettersFail) { throw Trouble(.tryAgain, "The simulated dead letters are away.") }
        self.letters += letters
        if faults.strike(.lettersAnswerLost) {
            throw Trouble(.tryAgain, "The simulated dead letters did not answer.")
        }
    }
}
