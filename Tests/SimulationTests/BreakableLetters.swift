import Pipeline
import Simulation

/// A simulated log of dead letters, or one that says that it has written what it has not.
struct BreakableLetters: DeadLetterSink, ~Copyable {
    private(set) var log: SimulatedLetters
    private let breakage: Breakage?

    init(_ log: consuming SimulatedLetters, _ breakage: Breakage?) {
        self.log = log
        self.breakage = breakage
    }

    var faults: Faults {
        get { log.faults }
        set { log.faults = newValue }
    }

    mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        do throws(Trouble) {
            try log.write(letters)
        } catch {
            guard breakage == .lettersForgotten, error.cure == .tryAgain else { throw error }
        }
    }

    mutating func areSafe() throws(Trouble) -> Bool {
        do throws(Trouble) {
            return try log.areSafe()
        } catch {
            guard breakage == .lettersForgotten, error.cure == .tryAgain else { throw error }
            return true
        }
    }
}
