package import Model

/// Distributions from dice, by plain arithmetic: the same seed gives the same numbers on every machine.
extension Dice {
    /// Uniform in `0 ..< 1`, in steps of 2⁻⁵³.
    package mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// `true` with this probability.
    package mutating func isHit(_ share: Double) -> Bool {
        share > 0 && unit() < share
    }

    /// The time to the next event of a Poisson process of rate 1, by inversion.
    package mutating func exponential() -> Double {
        -Curves.log(1 - unit())
    }

    /// Mean 0, standard deviation 1. Source: the polar method, Marsaglia & Bray, SIAM Review 6(3), 1964,
    /// doi:10.1137/1006063.
    package mutating func normal() -> Double {
        while true {
            let (x, y) = (2 * unit() - 1, 2 * unit() - 1)
            let square = x * x + y * y
            guard square > 0, square < 1 else { continue }
            return x * (-2 * Curves.log(square) / square).squareRoot()
        }
    }
}
