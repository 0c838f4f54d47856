import Events
import RatingFiles
import Telemetry

/// What the items are that were rated: from the file that was named, else from MovieLens' `movies.csv` beside ratings
/// of MovieLens.
///
/// Beside any other rating file a `movies.csv` is somebody else's: its ids would give items the genres of others.
struct CatalogFile: Sendable {
    /// `nil` where there is no catalogue.
    let path: String?
    let items: [CatalogItem]

    static let none = CatalogFile(path: nil, items: [])

    private init(path: String?, items: [CatalogItem]) {
        (self.path, self.items) = (path, items)
    }

    /// - Parameter named: by an option; it need not lie beside the ratings, and must be there.
    init(_ named: String?, beside ratings: RatingFile) throws(RatingFileError) {
        if let named {
            self.init(path: named, items: try MovieCatalogReader.read(named).items)
            return
        }
        // Nothing lies beside standard input.
        guard ratings.format.family == .movieLensCSV, ratings.path != "-" else {
            self = .none
            return
        }
        let folder = ratings.path.lastIndex(of: "/").map { ratings.path[...$0] } ?? ""
        let path = "\(folder)movies.csv"
        do throws(RatingFileError) {
            self.init(path: path, items: try MovieCatalogReader.read(path).items)
        } catch .missing {
            self = .none
        }
    }

    /// A line of a report.
    var text: String {
        guard let path else { return "catalogue     none" }
        return "catalogue     \(fileName(path)), \(counted(items.count, "item"))"
    }
}
