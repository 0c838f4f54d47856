package import Events
package import Model
import Pipeline

/// Test, then learn: every event is judged by what was known before it, for all contenders on the same terms.
///
/// A rating is predicted. A positive's item is looked up among all items seen so far that the user has not acted
/// on, in the order of the scores as of the event's time; of equal scores the item that the model came to know first
/// stands first. What is judged is told in `Scorecard`.
package struct Prequential: Witness, ~Copyable {
    private let options: TrialOptions
    package private(set) var whole = Span()
    package private(set) var lastFifth = Span()
    package private(set) var bands = EventBand.all
    package private(set) var curve: [CurvePoint]
    package private(set) var calibration: Calibration
    /// What judging took, by the clock that was given.
    package private(set) var judgingNs: UInt64 = 0
    private var background: Background
    private var maker: ListMaker
    private var answers = [Answer](repeating: Answer(), count: Contender.allCases.count)
    private var positives = 0
    /// The first row of the last fifth.
    private let lastFifthFrom: Int

    package init(options: TrialOptions) {
        self.options = options
        maker = ListMaker(options)
        lastFifthFrom = options.rows - options.rows / 5
        curve = CurvePoint.points(rows: options.rows)
        calibration = Calibration(scale: options.scale)
        background = Background(startRating: options.startRating)
    }

    package mutating func willLearn(
        _ interaction: Interaction, at position: Position, model: borrowing Model
    ) {
        let startNs = options.steadyNs()
        let row = Int(position.offset)
        let question = Question(interaction, model: model, background: background)
        for index in answers.indices { answers[index] = Answer() }
        if question.rating != nil { predict(question, model: model) }
        if question.asksForList { positives += 1 }
        let isJudged = question.asksForList && positives % options.judgedEvery == 0
        if isJudged { rank(question, model: model) }
        note(question, isJudged: isJudged, row: row)
        if let onExpectation = options.onExpectation {
            let top = isJudged && question.isSeen ? answers[0].list.items : listNow(question, model: model)
            onExpectation(
                Expectation(
                    row: row, rating: answers[0].expected,
                    top: question.user == nil ? [] : top.map { model.items.name(of: $0) }))
        }
        judgingNs += options.steadyNs() - startNs
    }

    package mutating func learned(_ lesson: Lesson, from interaction: Interaction) {
        let startNs = options.steadyNs()
        background.learn(lesson, from: interaction)
        whole.itemsSeen = background.counts.itemsSeen
        lastFifth.itemsSeen = background.counts.itemsSeen
        judgingNs += options.steadyNs() - startNs
    }

    private mutating func predict(_ question: Question, model: borrowing Model) {
        for contender in Contender.raters {
            answers[contender.rawValue].expected =
                contender == .freshet
                ? model.predictRating(
                    user: question.user, item: question.item, timestampMs: question.timestampMs)
                : background.predict(contender, user: question.user, item: question.item)
        }
    }

    private mutating func rank(_ question: Question, model: borrowing Model) {
        // Nothing can find an item that is not there, so no list is made to look for it.
        guard let item = question.item else { return }
        background.beginLists()
        for contender in Contender.listers(diversity: options.diversity) {
            maker.score(
                contender, user: question.user, timestampMs: question.timestampMs, model: model,
                counts: background.counts)
            if question.isFresh {
                maker.arrange(contender, user: question.user, model)
                answers[contender.rawValue].freshRank = maker.rank(of: item)
            }
            guard question.isSeen else { continue }
            maker.hideUnseen(model)
            maker.arrange(contender, user: question.user, model)
            answers[contender.rawValue].rank = maker.rank(of: item)
            answers[contender.rawValue].list = background.describe(maker.top())
        }
    }

    /// The list of an event that asked for none, or for an item that is not there.
    private mutating func listNow(_ question: Question, model: borrowing Model) -> [UInt32] {
        guard question.user != nil else { return [] }
        maker.score(
            .freshet, user: question.user, timestampMs: question.timestampMs, model: model,
            counts: background.counts)
        maker.hideUnseen(model)
        maker.arrange(.freshet, user: question.user, model)
        return maker.top()
    }

    private mutating func note(_ question: Question, isJudged: Bool, row: Int) {
        whole.note(answers, to: question, isJudged: isJudged)
        if row >= lastFifthFrom { lastFifth.note(answers, to: question, isJudged: isJudged) }
        let (freshet, popularity) = (answers[0], answers[Contender.popularity.rawValue])
        if let rating = question.rating, let expected = freshet.expected {
            calibration.note(rating: rating, expected: expected)
        }
        if let point = curve.firstIndex(where: { $0.rows.contains(row) }) {
            curve[point].note(answers, to: question, isJudged: isJudged)
        }
        guard isJudged, question.isSeen,
            let band = bands.firstIndex(where: { $0.events.contains(question.userEvents) })
        else { return }
        bands[band].freshet.note(rank: freshet.rank)
        bands[band].popularity.note(rank: popularity.rank)
    }
}
