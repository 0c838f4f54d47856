package import Model

/// Which faults strike, and how often: seeded, so that a failing run can be run again.
package struct Faults: Sendable {
    package enum Kind: CaseIterable, Sendable {
        /// A poll throws and brings nothing.
        case pollFails
        /// All lanes go away and come back at the stored offsets.
        case rebalance
        case storeFails
        /// A write throws and has done nothing.
        case writeFails
        /// A write throws although all of it, or its first part, is in place: the answer was lost.
        case answerLost
        /// The list store comes back without what was in it.
        case storeEmptied
        case lettersFail
        /// The letters are in the log, but the answer was lost: they will stand there twice.
        case lettersAnswerLost
    }

    package var dice: Dice
    /// Strikes per thousand chances, for each kind.
    private var perMille: Int
    /// How often any of them struck.
    package private(set) var strikes = 0

    package init(seed: UInt64, perMille: Int) {
        dice = Dice(seed: seed)
        self.perMille = perMille
    }

    /// No faults at all; the order of delivery is still by chance.
    package static func none(seed: UInt64) -> Faults {
        Faults(seed: seed, perMille: 0)
    }

    /// From here on nothing strikes.
    package mutating func calm() {
        perMille = 0
    }

    mutating func strike(_ kind: Kind) -> Bool {
        let strikes = dice.below(1_000) < perMille
        if strikes { self.strikes += 1 }
        return strikes
    }
}
