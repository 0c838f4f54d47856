package import Events
import Model

/// What may stand on a list, by id and by genre. What is denied stays out even where it is allowed too.
package struct ListFilter: Equatable, Sendable {
    /// If there are any, no other items are listed.
    package var allow: Set<Identifier> = []
    package var deny: Set<Identifier> = []
    /// If there are any, only items of one of these genres are listed. Upper and lower case are the same.
    package var allowGenres: Set<String> = []
    /// Items of any of these are not listed.
    package var denyGenres: Set<String> = []

    /// Why an item is not listed.
    package enum Rule: CaseIterable, Sendable {
        case denied, notAllowed, genreDenied, genreNotAllowed
    }

    package init() {}

    package var isEmpty: Bool { allow.isEmpty && deny.isEmpty && !asksForGenres }

    /// Whether what the catalog says can change what it keeps out.
    var asksForGenres: Bool { !allowGenres.isEmpty || !denyGenres.isEmpty }

    /// What keeps an item out; `nil` for one that may be listed. Cost: O(genres of the item).
    func rule(against row: UInt32, _ model: borrowing Model, genres: Genres) -> Rule? {
        if !deny.isEmpty || !allow.isEmpty {
            let name = model.items.name(of: row)
            if deny.contains(name) { return .denied }
            if !allow.isEmpty, !allow.contains(name) { return .notAllowed }
        }
        return asksForGenres ? genreRule(against: row, model, genres: genres) : nil
    }

    func genreRule(against row: UInt32, _ model: borrowing Model, genres: Genres) -> Rule? {
        let own = model.catalog[row].genres
        if own.contains(where: { genres.denied[Int($0)] }) { return .genreDenied }
        let isAllowed = allowGenres.isEmpty || own.contains { genres.allowed[Int($0)] }
        return isAllowed ? nil : .genreNotAllowed
    }

    /// The genres of the filter as the catalog numbers them.
    struct Genres {
        fileprivate var allowed: [Bool] = []
        fileprivate var denied: [Bool] = []

        init(_ filter: ListFilter, names: [String]) {
            guard filter.asksForGenres else { return }
            let allow = Set(filter.allowGenres.map { $0.lowercased() })
            let deny = Set(filter.denyGenres.map { $0.lowercased() })
            for name in names {
                allowed.append(allow.contains(name.lowercased()))
                denied.append(deny.contains(name.lowercased()))
            }
        }
    }
}
