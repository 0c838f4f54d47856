import Model
package import Pipeline

/// A log of dead letters in memory that fails like a real one.
package struct SimulatedLetters: DeadLetterSink, ~Copyable {
    package private(set) var letters: [DeadLetter] = []
    private var underWay: [DeadLetter] = []
    /// Questions that go by until it answers.
    private var silence = 0
    package var faults: Faults

    package init(letters: [DeadLetter] = [], faults: Faults) {
        self.letters = letters
        self.faults = faults
    }

    package mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        try faults.mayDie()
        if faults.isAway(.lettersFail) { throw Trouble(.tryAgain, "The simulated dead letters are away.") }
        (underWay, silence) = (letters, faults.dice.below(4))
    }

    package mutating func areSafe() throws(Trouble) -> Bool {
        guard silence == 0 else {
            silence -= 1
            return false
        }
        for letter in underWay {
            letters.append(letter)
            try faults.mayDie()
        }
        if faults.strike(.lettersAnswerLost) {
            throw Trouble(.tryAgain, "The simulated dead letters did not answer.")
        }
        return true
    }
}
