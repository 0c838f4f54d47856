package import Model
package import Pipeline

/// Which faults strike, and how often: seeded, so that a failing run can be run again.
package struct Faults: Sendable {
    package enum Kind: CaseIterable, Sendable {
        /// A poll throws and brings nothing.
        case pollFails
        /// All lanes go away and come back.
        case rebalance
        case storeFails
        /// The list store is away: some writes in a row throw and have done nothing.
        case writeFails
        /// A write throws although all of it, or its first part, is in place: the answer was lost.
        case answerLost
        /// The list store comes back without what was in it.
        case storeEmptied
        /// The log of dead letters is away, likewise.
        case lettersFail
        /// The letters are in the log, but the answer was lost: they will stand there twice.
        case lettersAnswerLost
        /// The process is killed where it stands.
        case death
    }

    /// What is thrown where the process is killed.
    package static let death = Trouble(.stop, "The simulated process was killed.")

    package var dice: Dice
    /// Strikes per thousand chances, for each kind.
    private let perMille: Int
    private let deathPerMille: Int
    /// How often any of them struck.
    package private(set) var strikes = 0
    private var isCalm = false
    /// Tries that an outage under way will still spoil.
    private var awayTries = 0

    package init(seed: UInt64, perMille: Int, deathPerMille: Int = 0) {
        dice = Dice(seed: seed)
        self.perMille = perMille
        self.deathPerMille = deathPerMille
    }

    /// No faults at all; the order of delivery is still by chance.
    package static func none(seed: UInt64) -> Faults {
        Faults(seed: seed, perMille: 0)
    }

    /// Faults of the same kind, struck by other dice.
    package func again(seed: UInt64) -> Faults {
        Faults(seed: seed, perMille: perMille, deathPerMille: deathPerMille)
    }

    /// From here on nothing strikes.
    package mutating func calm() {
        isCalm = true
    }

    /// Stands before, within and after every effect: the process may be killed there.
    mutating func mayDie() throws(Trouble) {
        guard !isCalm, dice.below(1_000) < deathPerMille else { return }
        strikes += 1
        throw Self.death
    }

    /// Whether a server is away: once that strikes, it stays so for some tries.
    mutating func isAway(_ kind: Kind) -> Bool {
        guard !isCalm else { return false }
        if awayTries > 0 {
            awayTries -= 1
            return true
        }
        guard strike(kind) else { return false }
        awayTries = dice.below(6)
        return true
    }

    mutating func strike(_ kind: Kind) -> Bool {
        let strikes = !isCalm && dice.below(1_000) < perMille
        if strikes { self.strikes += 1 }
        return strikes
    }
}
