import Testing

@testable import Telemetry

@Suite struct HistogramTests {
    @Test func anEmptyOneHasNoSurprises() {
        let values = Histogram()
        #expect(
            values.count == 0 && values.sum == 0 && values.max == 0 && values.min == 0 && values.mean == 0)
        #expect([0, 50, 100].allSatisfy { values.value(atPercentile: $0) == 0 })
        #expect(values.count(atMost: .max) == 0)
    }

    @Test func smallValuesAreExact() {
        var values = Histogram()
        for value in UInt64(0)..<128 { values.record(value) }
        #expect(values.value(atPercentile: 50) == 63)
        #expect(values.value(atPercentile: 100) == 127)
        for limit in UInt64(0)..<128 { #expect(values.count(atMost: limit) == limit + 1) }
    }

    /// Every size of value, alone and between two others, so that neither the least nor the largest value can
    /// stand in for the bucket.
    @Test(arguments: 0..<64)
    func theErrorIsBelowOnePercent(bit: Int) {
        for offset in [0, 1, 2, 3, 5, 7, 11, 13].map({ UInt64($0) }) {
            let value = (UInt64(1) << UInt64(bit)) | (offset << UInt64(max(bit - 4, 0)))
            var values = Histogram()
            values.record(0)
            values.record(value)
            values.record(.max)
            let shown = values.value(atPercentile: 50)
            let error = shown > value ? shown - value : value - shown
            #expect(Double(error) <= Double(value) / 128, "\(value) is shown as \(shown)")
        }
    }

    /// Against the sorted values themselves.
    @Test(arguments: [1, 2, 3, 10, 1000, 20_000])
    func percentilesAgreeWithTheSlowWay(count: Int) {
        var dice = Dice(state: UInt64(count))
        var values = Histogram()
        var all: [UInt64] = []
        for _ in 0..<count {
            let value = dice.next() >> (dice.next() % 60)
            values.record(value)
            all.append(value)
        }
        all.sort()
        for percent in [0.1, 1, 25, 50, 75, 90, 99, 99.9, 99.99] {
            let rank = max(Int((percent / 100 * Double(count)).rounded(.up)), 1)
            let (exact, shown) = (Double(all[rank - 1]), Double(values.value(atPercentile: percent)))
            #expect(abs(shown - exact) <= exact / 100, "p\(percent): \(shown), not \(exact)")
        }
        #expect(values.min == all.first && values.max == all.last && values.count == UInt64(count))
        #expect(values.value(atPercentile: 0) == all.first && values.value(atPercentile: 100) == all.last)
    }

    @Test func mergingIsRecordingTogether() {
        var dice = Dice(state: 7)
        var (left, right, both) = (Histogram(), Histogram(), Histogram())
        for turn in 0..<5000 {
            let value = dice.next() >> (dice.next() % 60)
            both.record(value)
            if turn.isMultiple(of: 3) { left.record(value) } else { right.record(value) }
        }
        var merged = left
        merged.merge(right)
        #expect(merged == both)
        merged.merge(Histogram())
        #expect(merged == both)
        var fromEmpty = Histogram()
        fromEmpty.merge(both)
        #expect(fromEmpty == both)
    }

    @Test func theSumStopsInsteadOfWrapping() {
        var values = Histogram()
        values.record(.max)
        values.record(.max, times: 3)
        #expect(values.sum == .max && values.count == 4 && values.max == .max)
        values.record(5, times: 0)
        #expect(values.count == 4)
    }

    @Test func countsNeverFallAsTheLimitRises() {
        var dice = Dice(state: 3)
        var values = Histogram()
        for _ in 0..<2000 { values.record(dice.next() >> (dice.next() % 50)) }
        var last: UInt64 = 0
        for bit in 0..<64 {
            let count = values.count(atMost: UInt64(1) << UInt64(bit))
            #expect(count >= last)
            last = count
        }
        #expect(values.count(atMost: .max) == 2000)
    }
}

/// SplitMix64 of Steele, Lea and Flood (2014): the same numbers in every run.
struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
