package import Model

/// Ranks 1 to `count` by Zipf's law: rank k has a probability proportional to k^−exponent.
///
/// Rejection-inversion: the histogram of the law lies under the curve h(x) = x^−s over half-open unit intervals, so a
/// point under the curve is drawn by inverting its integral, rounded to a rank, and refused where it lies above that
/// rank's bar; fewer than one in five is. No table, and O(1) for any count and exponent.
/// Source: Hörmann & Derflinger, ACM TOMACS 6(3), 1996, doi:10.1145/235025.235029.
package struct Zipf: Sendable {
    private let count: Double
    private let exponent: Double
    /// The integral up to the left end, moved so that rank 1 is never refused, and to the right end.
    private let low: Double
    private let high: Double
    /// Points at most this far left of their rank lie under its bar: no further test.
    private let squeeze: Double

    package init(count: Int, exponent: Double) {
        precondition(count >= 1 && exponent >= 0)
        self.count = Double(count)
        // Beside 1 the power's integral loses its digits, and the logarithm is as good.
        self.exponent = abs(exponent - 1) < 1e-6 ? 1 : exponent
        let law = Law(exponent: self.exponent)
        low = law.integral(1.5) - 1
        high = law.integral(self.count + 0.5)
        squeeze = 2 - law.inverse(law.integral(2.5) - law.height(2))
    }

    /// A rank, from 0: the most frequent one.
    package func draw(_ dice: inout Dice) -> Int {
        if count == 1 { return 0 }
        let law = Law(exponent: exponent)
        while true {
            let area = high + dice.unit() * (low - high)
            let x = law.inverse(area)
            let rank = min(max(x.rounded(), 1), count)
            if rank - x <= squeeze || area >= law.integral(rank + 0.5) - law.height(rank) {
                return Int(rank) - 1
            }
        }
    }

    /// The curve x^−s, its integral from 1, and the inverse of that.
    private struct Law {
        let exponent: Double

        func height(_ x: Double) -> Double {
            Curves.exp2(-exponent * Curves.log2(x))
        }

        func integral(_ x: Double) -> Double {
            let rest = 1 - exponent
            if rest == 0 { return Curves.log(x) }
            return (Curves.exp2(rest * Curves.log2(x)) - 1) / rest
        }

        func inverse(_ area: Double) -> Double {
            let rest = 1 - exponent
            if rest == 0 { return Curves.exp2(area * 1.442_695_040_888_963_4) }
            let base = max(1 + rest * area, 1e-300)
            return Curves.exp2(Curves.log2(base) / rest)
        }
    }
}
