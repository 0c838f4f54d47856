package import Pipeline

/// A log of dead letters in memory that fails like a real one.
package struct SimulatedLetters: DeadLetterSink, ~Copyable {
    package private(set) var letters: [DeadLetter] = []
    package var faults: Faults

    package init(letters: [DeadLetter] = [], faults: Faults) {
        self.letters = letters
        self.faults = faults
    }

    package mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        try faults.mayDie()
        if faults.isAway(.lettersFail) { throw Trouble(.tryAgain, "The simulated dead letters are away.") }
        for letter in letters {
            self.letters.append(letter)
            try faults.mayDie()
        }
        if faults.strike(.lettersAnswerLost) {
            throw Trouble(.tryAgain, "The simulated dead letters did not answer.")
        }
    }
}
