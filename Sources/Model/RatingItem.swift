/// What the rating head knows of an item besides the factor row and its traits; standardised units.
///
/// It is kept as it lies in memory, so the fields stand in an order that leaves no gaps.
struct RatingItem: Equatable, BitwiseCopyable {
    var bias: Float = 0
    var variance: Float = 0.2
    var count: Float = 0
    /// ln(1 + count).
    var logCount: Float = 0
    /// What predictions of this item missed lately.
    var recentMiss: Float = 0
    /// The mean bias of those who rated it.
    var raters: Float = 0

    /// What the users' regressions look at: constant, bias and popularity, then five latent features, which are learned
    /// and kept by whoever asks.
    func features(latent: SIMD8<Float>) -> SIMD8<Float> {
        var features = latent
        features[0] = 1
        features[1] = bias
        features[2] = 0.5 * logCount - 1
        return features
    }

    /// The features of an item of which nothing is known.
    static let unknownFeatures = RatingItem().features(latent: .zero)
}
