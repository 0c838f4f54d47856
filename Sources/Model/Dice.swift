/// The model's own random numbers: 64 bits of state that are part of what is saved, so that a restart goes on with
/// the very next number.
///
/// Source: SplitMix64, Steele, Lea & Flood, OOPSLA 2014, doi:10.1145/2660193.2660195.
package struct Dice: Equatable, Sendable {
    package var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in `0 ..< bound` by a widening product; the bias is below bound / 2⁶⁴.
    package mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0)
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Uniform in `-reach ... reach`, in steps of reach / 2²³.
    package mutating func around(_ reach: Float) -> Float {
        let steps = Int32(truncatingIfNeeded: next() >> 40) - (1 << 23)
        return Float(steps) * (reach / Float(1 << 23))
    }
}
