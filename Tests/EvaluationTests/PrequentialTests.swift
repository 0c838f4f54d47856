import Events
import Glibc
import State
import Testing

@testable import Evaluation
@testable import Model

@Suite struct PrequentialTests {
    /// What is reported is what a slow judge finds who keeps a journal of his own and sorts all items each time.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func agreesWithASlowJudge(seed: UInt64) throws {
        let events = Self.events(900, seed: seed)
        var model = Model(options: ModelOptions())
        var recorder = StateRecorder()
        var trial = Prequential(options: TrialOptions(rows: events.count))
        var slow = SlowJudge(lastFifthFrom: events.count - events.count / 5)
        for (row, event) in events.enumerated() {
            slow.judge(event, row: row, model: model)
            trial.willLearn(
                event, at: .init(lane: .init(topic: .ratings, partition: 0), offset: Int64(row)), model: model
            )
            let lesson = model.learn(event, judges: false, recorder: &recorder)
            trial.learned(lesson, from: event)
        }
        for (span, journal) in [(trial.whole, slow.whole), (trial.lastFifth, slow.lastFifth)] {
            let card = span[.freshet]
            #expect(span.events == journal.events && card.all.errors.count == UInt64(journal.events))
            #expect(
                Self.isClose(card.all.errors.rmse, (journal.squares / Double(journal.events)).squareRoot()))
            #expect(card.all.rankings.count == UInt64(journal.ranks.count) && journal.ranks.count > 20)
            for cutoff in RankingFigures.cutoffs {
                let hits = journal.ranks.filter { $0 < cutoff }
                let gain = hits.reduce(0) { $0 + 1 / log2(Double($1 + 2)) }
                #expect(
                    Self.isClose(
                        card.all.rankings.hitRatio(at: cutoff),
                        Double(hits.count) / Double(journal.ranks.count)))
                #expect(Self.isClose(card.all.rankings.ndcg(at: cutoff), gain / Double(journal.ranks.count)))
            }
            #expect(card.withUnseen.count == UInt64(journal.ranks.count + journal.unseen))
            let ranks = journal.popularRanks
            #expect(
                Self.isClose(
                    span[.popularity].all.rankings.hitRatio(at: 10),
                    Double(ranks.count { $0 < 10 }) / Double(ranks.count)))
            #expect(span.itemsSeen == slow.counts.count)
        }
        #expect(trial.bands.reduce(0) { $0 + $1.freshet.count } >= UInt64(slow.whole.ranks.count))
        #expect(trial.curve.reduce(0) { $0 + $1.freshet.rankings.count } == UInt64(slow.whole.ranks.count))
        #expect(trial.calibration.bins.reduce(0) { $0 + $1.count } == UInt64(events.count))
    }

    @Test func everySoManyPositivesAreJudged() {
        let events = Self.events(900, seed: 4)
        let counts = [1, 3].map { every in
            var options = TrialOptions(rows: events.count)
            options.judgedEvery = every
            return Self.run(events, options).whole[.freshet].withUnseen.count
        }
        #expect(counts[1] > 0 && abs(Int(counts[0]) - 3 * Int(counts[1])) < 60)
    }

    @Test func whatIsExpectedIsToldInTheOrderOfTheEvents() {
        let events = Self.events(300, seed: 5)
        var told: [Evaluation.Expectation] = []
        var options = TrialOptions(rows: events.count)
        options.onExpectation = { told.append($0) }
        _ = Self.run(events, options)
        #expect(told.map(\.row) == Array(0..<300))
        #expect(told[0].top.isEmpty && told[0].rating != nil)
        var known: Set<Identifier> = []
        for (event, expectation) in zip(events, told) {
            #expect(known.contains(event.user) || expectation.top.isEmpty)
            #expect(Set(expectation.top).count == expectation.top.count && expectation.top.count <= 10)
            known.insert(event.user)
        }
    }

    /// `(events, whole)` of a run over these events.
    private static func run(_ events: [Interaction], _ options: TrialOptions) -> (whole: Span, fifth: Span) {
        var model = Model(options: ModelOptions())
        var recorder = StateRecorder()
        var trial = Prequential(options: options)
        for (row, event) in events.enumerated() {
            trial.willLearn(
                event, at: .init(lane: .init(topic: .ratings, partition: 0), offset: Int64(row)), model: model
            )
            let lesson = model.learn(event, judges: false, recorder: &recorder)
            trial.learned(lesson, from: event)
        }
        return (trial.whole, trial.lastFifth)
    }

    /// Ratings by a few users of a few items, some of them again.
    private static func events(_ count: Int, seed: UInt64) -> [Interaction] {
        var dice = Dice(seed: seed)
        return (0..<count).map { row in
            // Low numbers come more often, so that there is something to be popular.
            let item = min(dice.below(120), dice.below(120))
            return interaction(
                user: "u\(dice.below(25))", item: "i\(item)", Float(1 + dice.below(9)) / 2 + 0.5,
                atMs: Int64(row))
        }
    }

    private static func interaction(user: String, item: String, _ rating: Float, atMs: Int64) -> Interaction {
        guard let user = Identifier(user), let item = Identifier(item) else {
            preconditionFailure("these are ids")
        }
        let timestampMs = 1_000_000_000_000 + atMs * 5_000
        return Interaction(
            action: .rating, user: user, item: item, value: rating, timestampMs: timestampMs,
            identity: EventIdentity(
                topic: .ratings, action: .rating, user: user, item: item, timestampMs: timestampMs,
                value: rating))
    }

    private static func isClose(_ figure: Double?, _ expected: Double) -> Bool {
        abs((figure ?? .nan) - expected) < 1e-6
    }
}

/// Judges as the page on the figures says, with nothing but dictionaries and sorting.
private struct SlowJudge {
    struct Journal {
        var events = 0
        var squares = 0.0
        var ranks: [Int] = []
        var popularRanks: [Int] = []
        var unseen = 0
    }

    let lastFifthFrom: Int
    var whole = Journal()
    var lastFifth = Journal()
    /// In the order in which they were first seen.
    var items: [Identifier] = []
    var counts: [Identifier: Int] = [:]
    /// Items by user, with whether the newest rating was positive.
    var rated: [Identifier: [Identifier: Bool]] = [:]

    init(lastFifthFrom: Int) {
        self.lastFifthFrom = lastFifthFrom
    }

    mutating func judge(_ event: Interaction, row: Int, model: borrowing Model) {
        let (user, item) = (model.users.row(of: event.user), model.items.row(of: event.item))
        let expected = model.predictRating(user: user, item: item, timestampMs: event.timestampMs)
        let past = rated[event.user] ?? [:]
        var rank: Int?
        var popularRank: Int?
        let isAsked = event.value >= 4 && past[event.item] == nil && past.values.contains(true)
        if isAsked, counts[event.item] != nil, let user {
            var sheet = ScoreSheet()
            model.scoreCandidates(user: user, timestampMs: event.timestampMs, on: &sheet)
            var scored: [(item: Identifier, score: Float)] = []
            for name in items where past[name] == nil {
                scored.append((name, model.items.row(of: name).map { sheet[$0] } ?? -.infinity))
            }
            // The sort is stable, so equals stay as they came.
            rank = scored.sorted { $0.score > $1.score }.firstIndex { $0.item == event.item }
            let popular = scored.map(\.item).sorted { (counts[$0] ?? 0) > (counts[$1] ?? 0) }
            popularRank = popular.firstIndex(of: event.item)
        }
        note(Double(event.value - expected), rank, popularRank, isAsked: isAsked, in: &whole)
        if row >= lastFifthFrom {
            note(Double(event.value - expected), rank, popularRank, isAsked: isAsked, in: &lastFifth)
        }
        if past[event.item] == nil {
            if counts[event.item] == nil { items.append(event.item) }
            counts[event.item, default: 0] += 1
        }
        rated[event.user, default: [:]][event.item] = event.value >= 4
    }

    private func note(_ miss: Double, _ rank: Int?, _ popular: Int?, isAsked: Bool, in journal: inout Journal)
    {
        journal.events += 1
        journal.squares += miss * miss
        if let rank, let popular {
            journal.ranks.append(rank)
            journal.popularRanks.append(popular)
        } else if isAsked {
            journal.unseen += 1
        }
    }
}
