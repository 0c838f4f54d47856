import Events
import Model
import Ranking
import Telemetry

/// What an option or a setting names, and nothing is called: mostly a typing error, which would else do nothing unseen.
struct UnknownNames: Equatable, Sendable {
    /// The option or the key.
    let source: String
    let areGenres: Bool
    /// In their order, never none.
    let names: [String]

    private static let shownMax = 3

    /// One for each source that has any.
    ///
    /// - Parameters:
    ///   - request: of one question; its genres are checked before.
    ///   - filter: of the settings.
    static func find(_ request: ListFilter, _ filter: ListFilter, in model: borrowing Model) -> [UnknownNames]
    {
        let genres = Set(model.catalog.genreNames.map { $0.lowercased() })
        var found: [UnknownNames] = []
        for (source, ids) in [
            ("--exclude", request.deny), ("lists.deny", filter.deny), ("lists.allow", filter.allow),
        ] {
            let names = ids.map(\.text).sorted().filter { name in
                Identifier(name).flatMap { model.items.row(of: $0) } == nil
            }
            found.append(UnknownNames(source: source, areGenres: false, names: names))
        }
        for (source, wanted) in [
            ("lists.deny_genres", filter.denyGenres), ("lists.allow_genres", filter.allowGenres),
        ] {
            let names = wanted.sorted().filter { !genres.contains($0.lowercased()) }
            found.append(UnknownNames(source: source, areGenres: true, names: names))
        }
        return found.filter { !$0.names.isEmpty }
    }

    var text: String {
        let shown = names.prefix(Self.shownMax).map { printable($0) }.joined(separator: ", ")
        return "\(source) names \(counted(names.count, areGenres ? "genre" : "item")) that "
            + (areGenres ? "no item has" : "no list could hold") + ": \(shown)"
            + (names.count > Self.shownMax ? ", …" : "")
    }

    var json: JSON { ["source": .text(source), "names": .list(names.map(JSON.text))] }
}
