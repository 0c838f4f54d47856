import Testing

@testable import Telemetry

@Suite struct ProgressTests {
    @Test(
        arguments: [
            (0, 100, 0, "  0 %  0 of 100  0.0/s"),
            (50, 100, 5, " 50 %  50 of 100  10/s  0:05 left"),
            (100, 100, 8, "100 %  100 of 100  13/s"),
            (120, 100, 8, "100 %  120 of 100  15/s"),
            (47_392, 100_836, 0.906, " 46 %  47,392 of 100,836  52,309/s  0:02 left"),
            (1, 1_000_000, 1, "  0 %  1 of 1,000,000  1.0/s  277:46:39 left"),
            (5, nil, 2, "5  2.5/s"),
            (0, 0, 0, "100 %  0 of 0  0.0/s"),
        ] as [(UInt64, UInt64?, Double, String)])
    func factsAreRight(done: UInt64, total: UInt64?, elapsed: Double, expected: String) {
        #expect(ProgressBar(done: done, total: total, elapsedSeconds: elapsed).facts == expected)
    }

    @Test func theBarGrows() {
        let bars = [0, 25, 50, 99, 100].map {
            ProgressBar(done: $0, total: 100, elapsedSeconds: 0).text(width: 40).prefix { $0 != "%" }
        }
        #expect(bars[0].hasPrefix("[>") && bars[4].hasPrefix("[=") && !bars[4].contains(">"))
        #expect(
            bars.map { $0.filter { $0 == "=" }.count } == bars.map { $0.filter { $0 == "=" }.count }.sorted())
    }

    /// Odd numbers and narrow terminals neither trap nor overflow the line.
    @Test func everythingFits() {
        for width in [-1, 0, 1, 5, 20, 40, 80, 1000] {
            for (done, total) in [(0, 0), (UInt64.max, 1), (1, UInt64.max), (.max, .max), (3, nil)]
                as [(UInt64, UInt64?)]
            {
                for elapsed in [0, -1, 1e-300, 1e300, .infinity, .nan] {
                    let bar = ProgressBar(done: done, total: total, elapsedSeconds: elapsed)
                    #expect(bar.text(width: width).count <= max(width, 0))
                }
            }
        }
    }

    @Test func aTerminalIsDrawnAtMostTenTimesASecond() {
        var drawn: [String] = []
        var meter = ProgressMeter(label: "reading", total: 1000, surface: .terminal(width: 80), nowNs: 0) {
            drawn.append($0)
        }
        for ms in UInt64(1)...1000 { meter.update(done: ms, nowNs: ms * 1_000_000) }
        #expect(drawn.count == 10)
        #expect(
            drawn.allSatisfy { $0.hasPrefix("\rreading ") && $0.hasSuffix("\u{1B}[K") && !$0.contains("\n") })
        meter.finish(done: 1000, nowNs: 1_000_500_000)
        #expect(drawn.last == "\n")
        #expect(drawn.suffix(2).first?.contains("100 %  1,000 of 1,000") == true)
    }

    @Test func aFileGetsALineEveryFiveSeconds() {
        var drawn: [String] = []
        var meter = ProgressMeter(label: "reading", total: nil, surface: .lines, nowNs: 0) {
            drawn.append($0)
        }
        for ms in UInt64(1)...12_000 { meter.update(done: ms, nowNs: ms * 1_000_000) }
        meter.clear()
        meter.finish(done: 12_000, nowNs: 12_000_000_000)
        #expect(
            drawn == ["reading 5,000  1,000/s\n", "reading 10,000  1,000/s\n", "reading 12,000  1,000/s\n"])
    }

    @Test func aClockThatGoesBackIsBorne() {
        var drawn: [String] = []
        var meter = ProgressMeter(label: "x", total: 10, surface: .lines, nowNs: 1_000) { drawn.append($0) }
        meter.update(done: 1, nowNs: 0)
        meter.finish(done: 2, nowNs: 0)
        #expect(drawn == ["x  20 %  2 of 10  0.0/s\n"])
    }
}
