import KafkaLog
import Testing

@Suite struct NoticeBoardTests {
    private let start = ContinuousClock.now

    @Test func whatCanHealIsToldOnceUntilItHas() {
        var board = NoticeBoard()
        let later = start + .seconds(1_000_000)
        let answers = [
            board.raise(.brokersAway, at: start), board.raise(.brokersAway, at: later),
            board.raise(.topicMissing("a"), at: start), board.raise(.topicMissing("b"), at: start),
            board.heal(.brokersAway), board.heal(.brokersAway), board.isUp(.brokersAway),
            board.raise(.brokersAway, at: later),
        ]
        #expect(answers == [true, false, true, true, true, false, false, true])
    }

    @Test func whatCannotHealIsToldNowAndThen() {
        var board = NoticeBoard()
        let times = [0, 599, 600, 700, 1_200].map { start + .seconds($0) }
        #expect(times.map { board.raise(.code(7), at: $0) } == [true, false, true, false, true])
    }

    @Test func linesWithoutEndAreForgottenButNotWhatIsStillUp() {
        var board = NoticeBoard()
        _ = board.raise(.brokersAway, at: start)
        for number in 0..<10_000 {
            let isNews = board.raise(.line("\(number)"), at: start)
            #expect(isNews)
        }
        #expect(board.isUp(.brokersAway))
        let isForgotten = board.raise(.line("0"), at: start)
        #expect(isForgotten)
    }
}
