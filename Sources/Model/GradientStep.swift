import CKernels

/// One step of stochastic gradient descent on a (user, item) pair, in place:
///
///     e = y − p·q        p ← p + η_p (e·q − λp)        q ← q + η_q (e·p − λq)        both from the old p and q
///
/// Source: Koren, Bell & Volinsky, IEEE Computer 42(8), 2009, doi:10.1109/MC.2009.263.
package enum GradientStep {
    /// Takes the step; `false` where the miss e is `missMax` or more, or no number: then nothing has changed.
    ///
    /// - Parameters:
    ///   - p: the user's row of a `FactorTable`, `stride` floats; `q`: the item's.
    ///   - y: what the product should be; `decay`: λ.
    /// - Complexity: O(stride); allocates nothing.
    @inline(__always)
    package static func take(
        _ p: UnsafeMutablePointer<Float>, _ q: UnsafeMutablePointer<Float>, stride: Int, towards y: Float,
        missMax: Float, decay: Float, userStep: Float, itemStep: Float
    ) -> Bool {
        abs(freshet_sgd_step(p, q, y, missMax, decay, userStep, itemStep, stride)) < missMax
    }
}
