/// How a rating file is written: found out from its first lines, never asked for.
package struct RatingFormat: Equatable, Sendable {
    /// The raw values are what reports call the format.
    package enum Family: String, Sendable, CaseIterable {
        case movieLensCSV = "MovieLens ratings.csv"
        case movieLensTab = "MovieLens u.data"
        case movieLensDoubleColon = "MovieLens ratings.dat"
        case bookCrossing = "Book-Crossing Ratings.csv"
        case recBole = "RecBole .inter"
        case headed = "rating columns under a header"
        case headerless = "rating columns without a header"
        case headedFeedback = "feedback columns under a header"
        case headerlessFeedback = "feedback columns without a header"
    }

    /// Where each field stands, counted from 0.
    package struct Columns: Equatable, Sendable {
        package var user: Int
        package var item: Int
        /// The rating, or how strong the feedback was; `nil` where neither is told.
        package var rating: Int?
        /// What was done; `nil` where all rows are ratings, or the file does not say.
        package var action: Int?
        /// `nil` where the file has no times: made-up ones take their place.
        package var timestamp: Int?
        package var count: Int

        /// Whether each row says by itself what was done.
        var sayWhatWasDone: Bool { rating != nil || action != nil }
    }

    package var family: Family
    package var separator: Separator
    package var columns: Columns
    package var hasHeader: Bool

    /// Where a rating of 0 says that the user has only looked.
    var zeroIsView: Bool { family == .bookCrossing }
    /// Whether ids that are not valid UTF-8 are Latin-1.
    var mayBeLatin1: Bool { family == .bookCrossing }

    /// What to offer instead of a file of unknown format.
    static let accepted = """
        MovieLens ratings.csv, u.data or ratings.dat; Book-Crossing Ratings.csv; RecBole .inter; any CSV with the \
        columns user, item, rating or action, and perhaps timestamp in its header; or rows \
        'user,item,rating,timestamp' or 'user,item,action,timestamp' without a header; plain or gzip
        """
}
