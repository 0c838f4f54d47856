import Events
import Foundation
import Model
import Pipeline
import StateStore
import Testing

@testable import streamctl

/// `streamctl recommend` where it works a list out from the state.
@Suite(.ownThread) struct StateRecommendationTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private var folder: String { "\(scratch.path)/state" }

    @Test(arguments: Algorithm.allCases)
    func makesAListByEach(algorithm: Algorithm) throws {
        try learn()
        let heard = try recommend("ann --algorithm \(algorithm.rawValue)")
        #expect(heard.code == .done && heard.diagnostics.isEmpty)
        let lines = heard.output.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("user ann, ") && lines[0].hasSuffix(" by \(algorithm.rawValue)"))
        #expect(lines[1].hasPrefix("worked out from the state in '\(folder)': checkpoint 1 of 20"))
        #expect(lines[2].hasPrefix("knows events up to 2001-09-09T01:48:"))
        #expect(lines[2].hasSuffix(" (ratings.v1/0/18)"))
        let items = try Self.items(of: recommend("ann --json --algorithm \(algorithm.rawValue)"))
        #expect(!items.isEmpty && Set(items).isDisjoint(with: ["a", "b", "gone"]))
    }

    @Test func explainsScoresAndWhatWasLeftOut() throws {
        try learn()
        let heard = try recommend("ann --explain --exclude c --not-genre War --set lists.deny=d")
        let lines = heard.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[3].hasPrefix("RANK  ITEM  SCORE  VECTORS  COUNTS  POPULARITY  TASTE  CONTENT  TITLE"))
        #expect(lines[4].hasPrefix("   1  e "))
        #expect(lines[4].contains("Item E"))
        let table = lines.drop { $0 != "" }.dropFirst()
        #expect(
            Array(table) == [
                "6 of 7 items were left out", "ITEMS  LEFT OUT BECAUSE                    SUCH AS",
                "    2  the user has rated or used them     Item B; Item A",
                "    1  they are not available              Gone",
                "    1  lists.deny names them               Item D",
                "    1  --exclude names them                Item C",
                "    1  they are of a genre in --not-genre  Item W", "",
            ])
    }

    /// A name that nothing has does nothing, which must be seen.
    @Test func namesThatNothingHasAreTold() throws {
        try learn()
        let options = "ann --exclude c --exclude nosuch --set lists.deny_genres=[drama,NoSuch]"
        let lines = try recommend(options).output.split(separator: "\n")
        #expect(lines.contains("--exclude names 1 item that no list could hold: nosuch"))
        #expect(lines.contains("lists.deny_genres names 1 genre that no item has: NoSuch"))
        let json = try recommend("\(options) --json").output
        #expect(
            json.contains(
                #""unknown":[{"source":"--exclude","names":["nosuch"]},{"source":"lists.deny_genres","names":["NoSuch"]}]"#
            ))
        #expect(try !recommend("ann --exclude c").output.contains(" names "))
    }

    @Test func explainsTheSameAsJSON() throws {
        try learn()
        let heard = try recommend("ann --explain --json --exclude c --genre drama")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
        #expect(json["from"] as? String == "state" && json["fallback"] == nil)
        #expect(json["algorithm"] as? String == "hybrid" && json["checkpoint"] as? Int == 1)
        let items = try #require(json["items"] as? [[String: Any]])
        #expect(
            items.map { $0["id"] as? String } == ["d", "e"]
                || items.map { $0["id"] as? String } == ["e", "d"])
        for item in items {
            let parts = try #require(item["parts"] as? [String: Double])
            let score = try #require(item["score"] as? Double)
            #expect(Set(parts.keys) == ["vectors", "counts", "popularity", "taste", "content"])
            #expect(abs(parts.values.reduce(0, +) - score) < 1e-5)
            #expect(["Item A", "Item B"].contains(item["because_title"] as? String))
        }
        let left = try #require(json["left_out"] as? [[String: Any]])
        #expect(left.map { $0["reason"] as? String } == ["known", "unavailable", "--exclude", "--genre"])
        #expect(left.compactMap { $0["items"] as? Int }.reduce(0, +) + items.count == 7)
    }

    @Test func diversityMovesItems() throws {
        try learn()
        let heard = try recommend("ann --diversity 0.9 --explain")
        #expect(heard.output.hasPrefix("user ann, 4 items by hybrid, diversity 0.9\n"))
        #expect(heard.output.contains("UNDIVERSIFIED"))
        let plain = try Self.items(of: recommend("ann --explain --json"))
        #expect(try Self.items(of: recommend("ann --diversity 0 --json")) == plain)
    }

    /// The list is the one that `run` would write.
    @Test func agreesWithTheSettings() throws {
        try learn()
        let one = try Self.items(of: recommend("ann --explain --json --set lists.algorithm=content"))
        #expect(try one == Self.items(of: recommend("ann --json --algorithm content")))
    }

    @Test func worksWhileAWriterHoldsTheFolder() throws {
        try learn()
        let file = try StateFile(StateFolder(folder))
        let heard = try recommend("ann --explain")
        #expect(heard.code == .done)
        #expect(file.mark.number == 1)
    }

    @Test(arguments: ["nobody --explain", "nobody --algorithm content"])
    func whoIsUnknownGetsWhatIsWantedNow(line: String) throws {
        try learn()
        let heard = try recommend(line)
        #expect(heard.code == .done)
        #expect(
            heard.output.hasPrefix(
                "user nobody has done nothing that is known yet; this is what is wanted now, 6 items\n"))
        #expect(!heard.output.contains("knows events up to"))
        let json = try recommend("\(line) --json").output
        #expect(json.contains(#""algorithm":"popular","fallback":"popular""#))
    }

    /// Somebody who left memory is looked up where they are.
    @Test func findsWhoLeftMemory() throws {
        var options = CoreOptions()
        options.model.usersMax = 2
        try learn(options)
        for user in ["ann", "bob", "cid"] {
            let heard = try recommend("\(user) --explain --set limits.users=2")
            #expect(heard.output.hasPrefix("user \(user), "))
        }
    }

    @Test func saysWhenThereIsNoState() throws {
        let heard = try recommend("ann --explain")
        #expect(heard.code == .failed && heard.output.isEmpty)
        #expect(
            heard.failure
                == "State at '\(folder)' does not exist yet. Check state.folder, or start 'streamctl run', "
                + "which makes it.")
    }

    @Test func saysWhenTheStateIsEmpty() throws {
        try LearnedState.make(in: folder, [])
        let heard = try recommend("ann --explain")
        #expect(heard.code == .failed)
        #expect(
            heard.failure
                == "State at '\(folder)' holds nothing yet. Let 'streamctl run' learn some events first.")
    }

    @Test func saysWhenTheStateIsOfOtherSettings() throws {
        try learn()
        let heard = try recommend("ann --explain --set model.factors=32")
        #expect(heard.code == .failed)
        #expect(heard.failure?.contains("was learned with factors=64") == true)
    }

    @Test func saysWhenNothingIsLeft() throws {
        try learn()
        let heard = try recommend("ann --genre War --exclude w")
        #expect(heard.code == .done)
        #expect(heard.output.hasSuffix("\nnothing is left to be listed\n"))
    }

    @Test(arguments: [
        ("ann --genre Drana", "no item is of the genre 'Drana'. Did you mean 'Drama'?"),
        ("ann --not-genre Zzzzzzz", "no item is of the genre 'Zzzzzzz'. There are Drama, War."),
    ])
    func knowsItsGenres(line: String, failure: String) throws {
        try learn()
        let heard = try recommend(line)
        #expect(heard.code == .failed)
        #expect(heard.failure == failure)
    }

    @Test func refusesAStrengthOutOfRange() throws {
        let heard = try recommend("ann --diversity 2")
        #expect(heard.code == .badConfiguration)
        #expect(
            heard.diagnostics.hasPrefix("--diversity: error: lists.diversity is '2', which is out of range."))
    }

    @Test(arguments: ["--algorithm hybird", "--algorithm HYBRID", "--exclude=", "--genre="])
    func refusesWhatItDoesNotKnow(words: String) {
        #expect(complaint("recommend ann \(words)") != nil)
    }

    @Test func takesTitlesFromAFileFirst() throws {
        try learn()
        let titles = try scratch.write("movies.csv", "movieId,title,genres\ne,\"Other, The\",Drama\n")
        let heard = try recommend("ann --algorithm popular --titles \(titles)")
        #expect(heard.output.contains("Other, The") && heard.output.contains("Item C"))
    }

    @Test func steersNoTerminal() throws {
        try LearnedState.make(
            in: folder,
            [
                LearnedState.item("a", #"\u001b[2J"#, [#"\u001b[0m"#]),
                LearnedState.rating("x", "a", 5, at: 1),
                LearnedState.rating("y", "b", 5, at: 2),
            ].map { (topic: $0.0, value: $0.1) })
        #expect(try !recommend("y --explain").output.contains("\u{1B}"))
        #expect(try recommend("y --genre zzzzzzzzzz").failure?.contains("\u{1B}") == false)
    }

    /// Ann rated a and b; bob and cid the same and more; w is of war, and 'gone' is not available.
    private func learn(_ options: CoreOptions = CoreOptions()) throws {
        var messages = ["a", "b", "c", "d", "e"].map {
            LearnedState.item($0, "Item \($0.uppercased())", ["Drama"])
        }
        messages.append(LearnedState.item("w", "Item W", ["War"]))
        messages.append(LearnedState.item("gone", "Gone", ["Drama"], isAvailable: false))
        let acts = [
            ("bob", "a", 5), ("bob", "c", 5), ("cid", "b", 5), ("cid", "d", 4), ("cid", "gone", 4),
            ("dan", "a", 5),
            ("dan", "e", 5), ("dan", "b", 5), ("dan", "w", 5), ("dan", "c", 4), ("ann", "a", 5),
            ("ann", "b", 4.5),
        ]
        for (place, act) in acts.enumerated() {
            messages.append(LearnedState.rating(act.0, act.1, act.2, at: 10 * place))
        }
        try LearnedState.make(in: folder, messages.map { (topic: $0.0, value: $0.1) }, options: options)
    }

    private func recommend(_ line: String) throws -> Heard {
        try hear("recommend \(line) --set state.folder=\(folder)") {
            (arguments, console) throws(CommandFailure) in
            try RecommendCommand.run(arguments, console: console)
        }
    }

    private static func items(of heard: Heard) throws -> [String] {
        let json = try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any]
        let items = try #require(json?["items"] as? [[String: Any]])
        return items.compactMap { $0["id"] as? String }
    }
}
