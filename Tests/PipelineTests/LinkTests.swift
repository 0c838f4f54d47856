import Testing

@testable import Pipeline

@Suite struct LinkTests {
    @Test func waitsTwiceAsLongAfterEachFailureAndNeverMoreThanTenSeconds() {
        var link = Link.up
        var waits: [Int64] = []
        for _ in 0..<10 {
            link.failed(nowMs: 1_000)
            guard case .down(_, let retryAtMs) = link else { return #expect(link != .up) }
            waits.append(retryAtMs - 1_000)
        }
        #expect(waits == [100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000])
    }

    @Test func allowsOneTryWhenItIsDue() {
        var link = Link.up
        #expect(link.allowsTry(nowMs: 0))
        link.failed(nowMs: 0)
        #expect(!link.allowsTry(nowMs: 99))
        #expect(link.allowsTry(nowMs: 100))
        link.succeeded()
        #expect(link.isUp)
    }
}
