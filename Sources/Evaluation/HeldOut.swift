package import Events
package import Model
import Pipeline

/// Judges a model that learns no more on events that were kept from it.
///
/// Ratings are predicted one by one. Lists are judged per user, as is usual for such splits: one list each, as a
/// reader would find it after training; wanted are all positives that were held out; candidates are all items of the
/// training that the user has not acted on in it. Items that training never saw are wanted all the same, and not
/// found.
package struct HeldOut: Witness, ~Copyable {
    private let options: TrialOptions
    package private(set) var span = Span()
    package private(set) var calibration: Calibration
    private var background: Background
    private var maker: ListMaker

    package init(options: TrialOptions) {
        self.options = options
        maker = ListMaker(options)
        calibration = Calibration(scale: options.scale)
        background = Background(startRating: options.startRating)
    }

    package mutating func willLearn(
        _ interaction: Interaction, at position: Position, model: borrowing Model
    ) {}

    package mutating func learned(_ lesson: Lesson, from interaction: Interaction) {
        background.learn(lesson, from: interaction)
        span.itemsSeen = background.counts.itemsSeen
    }

    /// Judges the events that were held out, in the order of time.
    ///
    /// - Parameters:
    ///   - rows: where each event stands in the table.
    ///   - predict: the rating that is expected from a user for an item at a time; `nil` for unknown ones.
    package mutating func judge(
        _ events: [Interaction], rows: [Int], model: borrowing Model,
        predict: (_ user: UInt32?, _ item: UInt32?, _ timestampMs: Int64) -> Float
    ) {
        precondition(events.count == rows.count)
        // Users by their first event, so that the order does not hang on a dictionary.
        var users: [(name: Identifier, wanted: Set<Identifier>)] = []
        var places: [Identifier: Int] = [:]
        for (event, row) in zip(events, rows) {
            let question = Question(event, model: model, background: background)
            let expected = judgeRating(question, predict)
            if options.onExpectation != nil { expect(row, expected, question, model: model) }
            guard question.asksForList else { continue }
            let place = places[event.user] ?? users.count
            if place == users.count {
                places[event.user] = place
                users.append((event.user, []))
            }
            users[place].wanted.insert(event.item)
        }
        span.events += events.count
        for user in users { judgeList(of: model.users.row(of: user.name), user.wanted, model: model) }
    }

    private mutating func judgeRating(
        _ question: Question, _ predict: (UInt32?, UInt32?, Int64) -> Float
    ) -> Float? {
        guard let rating = question.rating else { return nil }
        var answer: Float?
        for contender in Contender.raters {
            let expected =
                contender == .freshet
                ? predict(question.user, question.item, question.timestampMs)
                : background.predict(contender, user: question.user, item: question.item)
            span.cards[contender.rawValue].note(
                rating: rating, expected: expected, userEvents: question.userEvents,
                itemEvents: question.itemEvents)
            guard contender == .freshet else { continue }
            calibration.note(rating: rating, expected: expected)
            answer = expected
        }
        return answer
    }

    private mutating func judgeList(of user: UInt32?, _ wanted: Set<Identifier>, model: borrowing Model) {
        let known = wanted.compactMap { model.items.row(of: $0) }.filter { background.counts[$0] > 0 }
        background.beginLists()
        for contender in Contender.listers(diversity: options.diversity) {
            score(contender, user: user, model: model)
            let ranks = known.map { maker.rank(of: $0) }.sorted()
            span.cards[contender.rawValue].withUnseen.note(ranks: ranks, wanted: wanted.count)
            guard let user else { continue }
            span.cards[contender.rawValue].all.rankings.note(ranks: ranks, wanted: wanted.count)
            span.cards[contender.rawValue].lists.note(background.describe(maker.top()))
            if model.withProfile(of: user, { $0.acts.count }) < Scorecard.coldEvents {
                span.cards[contender.rawValue].coldUsers.rankings.note(ranks: ranks, wanted: wanted.count)
            }
        }
    }

    private mutating func score(_ contender: Contender, user: UInt32?, model: borrowing Model) {
        let nowMs = user.map { user in model.withProfile(of: user) { $0.lastActiveMs } } ?? 0
        maker.score(
            contender, user: user, timestampMs: nowMs, model: model, counts: background.counts)
        maker.hideUnseen(model)
        maker.arrange(contender, user: user, model)
    }

    private mutating func expect(_ row: Int, _ expected: Float?, _ question: Question, model: borrowing Model)
    {
        var top: [UInt32] = []
        if let user = question.user {
            score(.freshet, user: user, model: model)
            top = maker.top()
        }
        options.onExpectation?(
            Expectation(row: row, rating: expected, top: top.map { model.items.name(of: $0) }))
    }
}
