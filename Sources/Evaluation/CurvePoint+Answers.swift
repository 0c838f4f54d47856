import Model

extension CurvePoint {
    /// Notes what the contenders answered: ratings, and positives as the table counts them.
    mutating func note(_ answers: [Answer], to question: Question, isJudged: Bool) {
        if let rating = question.rating {
            if let expected = answers[Contender.freshet.rawValue].expected {
                freshet.errors.note(rating: rating, expected: expected)
            }
            if let expected = answers[Contender.biasOnly.rawValue].expected {
                biasOnly.note(rating: rating, expected: expected)
            }
        }
        guard isJudged, question.isSeen, question.hasLiked else { return }
        freshet.rankings.note(rank: answers[Contender.freshet.rawValue].rank)
        popularity.note(rank: answers[Contender.popularity.rawValue].rank)
    }
}
