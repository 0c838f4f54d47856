import Pipeline

/// The fields of the hash `reco:v1:{u:<user>}:profile`. The raw values are public and never renamed.
package enum ProfileField: String, CaseIterable, Sendable {
    /// Interactions that count, a whole number.
    case events
    /// Of these, ratings, a whole number.
    case ratings
    /// At most four decimals.
    case meanRating = "mean_rating"
    /// Epoch milliseconds.
    case lastActiveMs = "last_active_ms"
    /// Names, best first, with commas in between; within a name `,` is written `%2C` and `%` is written `%25`.
    case topGenres = "top_genres"

    /// Appends the field's value, in a form that `features(from:)` reads back.
    func append(of features: ProfileFeatures, to text: inout ByteBuffer) {
        switch self {
        case .events: text.append(decimal: UInt64(features.events))
        case .ratings: text.append(decimal: UInt64(features.ratings))
        case .meanRating: text.append(score: features.meanRating)
        case .lastActiveMs: text.append(decimal: features.lastActiveMs)
        case .topGenres:
            for (index, genre) in features.topGenres.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                for byte in genre.utf8 {
                    switch byte {
                    case UInt8(ascii: ","): text.append("%2C")
                    case UInt8(ascii: "%"): text.append("%25")
                    default: text.append(byte)
                    }
                }
            }
        }
    }

    /// Reads the values of `allCases`, in that order; `nil` where one is missing or is not what we write.
    static func features(from values: [String?]) -> ProfileFeatures? {
        guard values.count == allCases.count, let events = values[0].flatMap(UInt32.init),
            let ratings = values[1].flatMap(UInt32.init), let meanRating = values[2].flatMap(Float.init),
            let lastActiveMs = values[3].flatMap(Int64.init), let genres = values[4]
        else { return nil }
        return ProfileFeatures(
            events: events, ratings: ratings, meanRating: meanRating, lastActiveMs: lastActiveMs,
            topGenres: genres.split(separator: ",").compactMap(PercentCoding.decode))
    }
}
