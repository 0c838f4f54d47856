import Events
import Model
import Pipeline
import Ranking
import Settings
import StateStore
import Telemetry

/// A list that is worked out from the state, as `run` would make it now, for whoever asks for more than what is in
/// Redis: another algorithm, reasons, exclusions.
struct StateRecommendation {
    let user: Identifier
    let explanation: Explanation
    /// Whether the list is the user's own, and not what is wanted by all.
    let isPersonal: Bool
    let folder: String
    let mark: CheckpointMark
    /// `nil` where nothing is known of the user.
    let newest: (source: String, timeMs: Int64)?
    let diversity: Float
    /// Items that are known at all, listed or not.
    let itemsInAll: Int
    /// Of the request and the settings.
    let unknownNames: [UnknownNames]
    /// By row, what the catalogue calls the items that are shown, and their ids.
    private let titles: [UInt32: String]
    private let ids: [UInt32: String]

    /// - Complexity: O(state): everything that was learned is read, about 100 MB a second.
    init(
        of user: Identifier, request: ListFilter, count: Int, wiring: Wiring
    ) throws(CommandFailure) {
        var options = wiring.core
        options.ranking.size = count
        let folder = StateFolder(wiring.settings.state.folder)
        var snapshot = try Self.snapshot(of: folder, options.model)
        do throws(Trouble) {
            var core = try Core(options: options, restoring: snapshot)
            guard core.model.items.count > 0 else {
                throw Trouble(
                    .stop,
                    "State at '\(folder.path)' holds nothing yet. Let 'streamctl run' learn some events first."
                )
            }
            try Self.check(request, core.model.catalog.genreNames)
            explanation = try core.explain(user, request: request, recalling: &snapshot)
            newest = core.newestEvent(of: user).map { newest in
                let topic = wiring.topics[newest.source.lane.topic] ?? "\(newest.source.lane.topic)"
                let source = "\(topic)/\(newest.source.lane.partition)/\(newest.source.offset)"
                return (source, newest.timeMs)
            }
            itemsInAll = core.model.items.count
            unknownNames = UnknownNames.find(request, options.ranking.filter, in: core.model)
            let rows = explanation.items.map(\.row) + explanation.omissions.flatMap(\.examples)
            let reasons = explanation.items.compactMap { item in
                item.entry.because.flatMap { core.model.items.row(of: $0) }
            }
            var (titles, ids): ([UInt32: String], [UInt32: String]) = ([:], [:])
            for row in rows + reasons {
                ids[row] = core.model.items.name(of: row).text
                titles[row] = core.model.catalog[row].title
            }
            (self.titles, self.ids) = (titles, ids)
        } catch {
            throw CommandFailure(.failed, printable(error.message))
        }
        (self.user, self.folder, mark) = (user, folder.path, snapshot.mark)
        isPersonal = newest != nil && (explanation.algorithm == options.ranking.algorithm)
        diversity = options.ranking.diversity
    }

    private static func snapshot(
        of folder: StateFolder, _ options: ModelOptions
    ) throws(CommandFailure) -> StateSnapshot {
        do throws(StateError) {
            let snapshot = try folder.snapshot()
            let (was, now) = (snapshot.description.model, options.fingerprint)
            guard snapshot.mark.number == 0 || was == now else {
                throw StateError(.learnedOtherwise(was: was, now: now), at: folder.path)
            }
            return snapshot
        } catch {
            throw CommandFailure(.failed, printable(error.description))
        }
    }

    func id(of row: UInt32) -> String { ids[row] ?? "" }

    /// What the catalogue calls an item; `nil` where it says nothing.
    func title(of row: UInt32) -> String? { titles[row].flatMap { $0.isEmpty ? nil : $0 } }

    /// The same by id.
    func title(of id: String) -> String? {
        ids.first { $0.value == id }.flatMap { title(of: $0.key) }
    }

    /// A genre that no item has would leave an empty list, or a full one, and the typing error unseen.
    private static func check(_ request: ListFilter, _ names: [String]) throws(Trouble) {
        let asked = (request.allowGenres.union(request.denyGenres)).sorted()
        let known = Set(names.map { $0.lowercased() })
        guard let unknown = asked.first(where: { !known.contains($0.lowercased()) }) else { return }
        guard !names.isEmpty else {
            throw Trouble(
                .stop,
                "The state knows no genres: no catalogue was read. Publish one to the catalogue's topic first."
            )
        }
        let mend =
            nearestName(to: unknown, among: names).map { "Did you mean '\($0)'?" }
            ?? "There are \(names.sorted().prefix(30).joined(separator: ", "))."
        throw Trouble(.stop, "no item is of the genre '\(unknown)'. \(mend)")
    }
}
