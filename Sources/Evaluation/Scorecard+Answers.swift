extension Scorecard {
    /// Notes an answer to a question; `isJudged` says whether lists were made for it.
    mutating func note(_ answer: Answer, to question: Question, isJudged: Bool) {
        if let rating = question.rating, let expected = answer.expected {
            note(
                rating: rating, expected: expected, userEvents: question.userEvents,
                itemEvents: question.itemEvents)
        }
        guard isJudged else { return }
        if question.isSeen, question.userEvents < Self.coldEvents {
            coldUsers.rankings.note(rank: answer.rank)
        }
        guard question.hasLiked else { return }
        withUnseen.note(rank: answer.rank)
        if question.isFresh { freshItems.note(rank: answer.freshRank) }
        guard question.isSeen else { return }
        all.rankings.note(rank: answer.rank)
        if question.itemEvents < Self.coldEvents { coldItems.rankings.note(rank: answer.rank) }
        lists.note(answer.list)
    }
}
