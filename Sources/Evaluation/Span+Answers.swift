extension Span {
    /// Notes what all contenders answered, in the order of `Contender.allCases`.
    mutating func note(_ answers: [Answer], to question: Question, isJudged: Bool) {
        events += 1
        for contender in Contender.allCases {
            // Whoever makes no lists is not asked for any.
            cards[contender.rawValue].note(
                answers[contender.rawValue], to: question, isJudged: isJudged && contender.makesLists)
        }
    }
}
