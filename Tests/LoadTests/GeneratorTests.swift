import Events
import Load
import Model
import State
import Testing

struct GeneratorTests {
    private struct Made {
        var event: LoadEvent
        var key: [UInt8]
        var value: [UInt8]
    }

    private func make(_ count: Int, _ change: (inout TrafficOptions) -> Void = { _ in }) -> [Made] {
        var options = TrafficOptions()
        options.users = 200
        options.items = 100
        options.openSessions = 20
        change(&options)
        var generator = Generator(options)
        return (0..<count).map { number in
            let event = generator.next(nowMs: 1_700_000_000_000 + Int64(number))
            return Made(event: event, key: generator.key, value: generator.value)
        }
    }

    private func decoded(_ made: Made) -> Result<Event, Refusal> {
        var decoder = EventDecoder(rules: FieldRules())
        let position = Position(
            lane: Lane(topic: made.event.topic == .ratings ? .ratings : .feedback, partition: 0), offset: 0)
        return made.key.withUnsafeBytes { key in
            made.value.withUnsafeBytes { value in
                Result { () throws(Refusal) in
                    try decoder.decode(
                        Record(position: position, arrivedMs: nil, key: key, value: value))
                }
            }
        }
    }

    @Test func theSameSeedGivesTheSameBytes() {
        let mixed: (inout TrafficOptions) -> Void = {
            ($0.duplicateShare, $0.lateShare, $0.malformedShare) = (0.1, 0.1, 0.1)
        }
        let (one, again) = (make(2_000, mixed), make(2_000, mixed))
        #expect(one.map(\.value) == again.map(\.value))
        #expect(one.map(\.key) == again.map(\.key))
        let other = make(2_000) {
            mixed(&$0); $0.seed = 2
        }
        #expect(one.map(\.value) != other.map(\.value))
    }

    @Test func theMixHasItsShares() {
        let made = make(40_000) {
            ($0.duplicateShare, $0.lateShare, $0.malformedShare, $0.feedbackShare) = (0.2, 0.05, 0.1, 0.4)
        }
        func share(_ isOne: (LoadEvent) -> Bool) -> Double { Double(made.count { isOne($0.event) }) / 40_000 }
        #expect(abs(share { $0.fate == .duplicate } - 0.2) < 0.01)
        #expect(abs(share { $0.fate == .late } - 0.05) < 0.01)
        #expect(abs(share { $0.fate == .rejected } - 0.1) < 0.01)
        let fresh = made.filter { $0.event.fate == .learned }
        let feedback = Double(fresh.count { $0.event.topic == .feedback }) / Double(fresh.count)
        #expect(abs(feedback - 0.4) < 0.02)
    }

    @Test func whatIsLearnableIsTakenAndWhatIsMalformedIsRefused() throws {
        for made in make(3_000, { ($0.malformedShare, $0.lateShare) = (0.3, 0.1) }) {
            switch (decoded(made), made.event.fate) {
            case (.failure, .rejected): break
            case (.success(.interaction(let interaction)), .learned),
                (.success(.interaction(let interaction)), .late):
                #expect(interaction.user.text == Generator.userID(made.event.user))
                #expect(interaction.timestampMs == made.event.timestampMs)
                #expect(made.key == Array(interaction.user.text.utf8))
            default: Issue.record("\(made.event.fate): \(String(decoding: made.value, as: UTF8.self))")
            }
        }
    }

    /// What makes each fate certain: the order within a key.
    @Test func duplicatesAndLateEventsFollowWhatMakesThemSo() {
        var seen: Set<[UInt8]> = []
        var newest: [[UInt8]: Int64] = [:]
        for made in make(5_000, { ($0.duplicateShare, $0.lateShare, $0.duplicateWithin) = (0.2, 0.2, 50) }) {
            let lane = made.key + [made.event.topic == .ratings ? 0 : 1]
            switch made.event.fate {
            case .duplicate: #expect(seen.contains(made.key + made.value))
            case .late: #expect((newest[lane] ?? 0) - made.event.timestampMs >= 3_599_000)
            default:
                #expect(seen.insert(made.key + made.value).inserted, "every id is new")
                newest[lane] = made.event.timestampMs
            }
        }
    }

    @Test func theHotOnesHaveTheirShare() {
        let user = make(10_000) { $0.hotUserShare = 0.5 }.count { $0.event.user == 0 }
        #expect(abs(Double(user) / 10_000 - 0.5) < 0.05)
        let item = make(10_000) { $0.hotItemShare = 0.5 }.count {
            String(decoding: $0.value, as: UTF8.self).contains(#""item_id":"load-i0""#)
        }
        #expect((0.5..<0.65).contains(Double(item) / 10_000))
    }

    @Test func activityIsSpread() {
        func busiest(_ sigma: Double) -> Int {
            let made = make(20_000) { $0.activitySigma = sigma }
            return Dictionary(grouping: made) { $0.event.user }.values.map(\.count).max() ?? 0
        }
        #expect(busiest(0) < 400 && busiest(2) > 500)
    }

    /// Sessions: a user's events come in a row that others interleave, not spread over all time.
    @Test func usersComeForSessions() {
        let made = make(20_000) { ($0.users, $0.openSessions, $0.sessionEvents) = (5_000, 10, 20) }
        var last: [UInt32: Int] = [:]
        var near = 0
        for (place, one) in made.enumerated() {
            if let before = last[one.event.user], place - before < 100 { near += 1 }
            last[one.event.user] = place
        }
        #expect(Double(near) / 20_000 > 0.9)
    }

    /// With turnover users leave for good and others come, under new names; the crowd stays as large.
    @Test func usersComeAndGo() {
        let made = make(40_000) {
            ($0.users, $0.openSessions, $0.sessionEvents, $0.turnoverShare) = (200, 20, 10, 0.25)
            ($0.lateShare, $0.hotUserShare) = (0.1, 0.1)
        }
        var last: [UInt32: Int] = [:]
        for (place, one) in made.enumerated() { last[one.event.user] = place }
        let newest = Int(last.keys.max() ?? 0)
        #expect((700..<1_100).contains(newest), "of some 2,900 sessions a quarter were a user's last")
        #expect(last.values.count { $0 < 20_000 } > 300, "who left does not come again")
        #expect(last[0] ?? 0 > 39_900, "the hot one stays")
        #expect(Set(make(40_000).map(\.event.user)).count <= 200)
    }

    /// Tastes are there to be found: a model that learns predicts better than the mean does.
    @Test func aModelLearnsTheTastes() throws {
        var model = Model(options: ModelOptions())
        var recorder = StateRecorder()
        var ratings: [Double] = []
        for made in make(30_000, { ($0.feedbackShare, $0.noise) = (0, 0.2) }) {
            guard case .success(.interaction(let interaction)) = decoded(made) else { continue }
            _ = model.learn(interaction, judges: false, recorder: &recorder)
            ratings.append(Double(interaction.value))
        }
        let mean = ratings.reduce(0, +) / Double(ratings.count)
        let spread = (ratings.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(ratings.count))
            .squareRoot()
        let rmse = try #require(model.quality.rmse)
        #expect(rmse < 0.8 * spread, "RMSE \(rmse) of a spread of \(spread)")
    }
}
