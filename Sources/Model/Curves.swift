/// Logarithm and power to base two from plain arithmetic, because a C library may round them otherwise on another
/// machine, and state must not depend on that. Relative error below 1e-9, far inside a `Float`.
package enum Curves {
    /// log₂ x for normal `x > 0`: the exponent, plus the series of the inverse hyperbolic tangent of the fraction.
    package static func log2(_ x: Double) -> Double {
        var exponent = Double(x.exponent)
        var fraction = x.significand
        if fraction > 1.414_213_562_373_095 {
            fraction /= 2
            exponent += 1
        }
        let s = (fraction - 1) / (fraction + 1)
        let s2 = s * s
        let series = 1 + s2 * (1.0 / 3 + s2 * (1.0 / 5 + s2 * (1.0 / 7 + s2 * (1.0 / 9 + s2 / 11))))
        return exponent + 2.885_390_081_777_927 * s * series
    }

    /// ln x.
    package static func log(_ x: Double) -> Double {
        log2(x) * 0.693_147_180_559_945_3
    }

    /// 2ˣ; 0 below -1000 and capped above 1000.
    package static func exp2(_ x: Double) -> Double {
        guard x > -1000 else { return 0 }
        let bounded = min(x, 1000)
        let whole = bounded.rounded()
        let t = (bounded - whole) * 0.693_147_180_559_945_3
        let series =
            1 + t
            * (1 + t / 2 * (1 + t / 3 * (1 + t / 4 * (1 + t / 5 * (1 + t / 6 * (1 + t / 7 * (1 + t / 8)))))))
        return series * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }
}
