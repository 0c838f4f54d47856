import Events
import State
import Testing

@testable import Model

/// Who leaves memory, and that everything comes back.
@Suite struct EvictionTests {
    private static let users = 12
    private static let items = 15

    @Test(arguments: 0..<8 as Range<UInt64>)
    func usersComeBackWithTheSameValues(seed: UInt64) throws {
        var model = Self.taught(seed: seed, events: 300)
        let names = (0..<UInt32(model.users.count)).map { model.users.name(of: $0) }
        let before = Self.views(names, model)
        var recorder = StateRecorder()
        var dice = Dice(seed: seed)
        var away: [(name: Identifier, bytes: [UInt8])] = []
        for _ in 0..<60 {
            if away.count == names.count || (!away.isEmpty && dice.below(2) == 0) {
                // In another order than they went, so that they get other rows.
                let back = away.remove(at: dice.below(away.count))
                let row = try Self.restore(back.name, back.bytes, &model, &recorder)
                #expect(model.users.name(of: row) == back.name)
            } else {
                let present = names.filter { model.users.row(of: $0) != nil }
                let name = present[dice.below(present.count)]
                var bytes: [UInt8] = []
                let row = try #require(model.users.row(of: name))
                model.evict(row, to: &bytes, recorder: &recorder)
                #expect(
                    model.users.row(of: name) == nil && !model.ratingHead.reservoir.hasSamples(ofUser: row))
                away.append((name, bytes))
            }
        }
        for back in away { _ = try Self.restore(back.name, back.bytes, &model, &recorder) }
        #expect(model.users.rowCount == names.count, "rows are used again")
        #expect(Self.views(names, model) == before)
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func itemsComeBackWithTheSameValues(seed: UInt64) throws {
        var model = Self.taught(seed: seed, events: 300)
        let names = (0..<UInt32(model.users.count)).map { model.users.name(of: $0) }
        let before = Self.views(names, model)
        let titles = (0..<UInt32(model.items.count)).map { model.catalog[$0].title }
        var recorder = StateRecorder()
        for row in 0..<UInt32(model.items.count) {
            let name = model.items.name(of: row)
            var (bytes, again): ([UInt8], [UInt8]) = ([], [])
            model.evict(item: row, to: &bytes, recorder: &recorder)
            #expect(model.items.row(of: name) == nil && !model.ratingHead.reservoir.hasSamples(ofItem: row))
            for user in names {
                let acts = model.actsByRow(of: try #require(model.users.row(of: user)))
                #expect(!acts.contains { $0.item == row })
            }
            try Self.restore(item: name, bytes, &model, &recorder)
            model.evict(item: row, to: &again, recorder: &recorder)
            #expect(again == bytes)
            try Self.restore(item: name, again, &model, &recorder)
        }
        #expect((0..<UInt32(model.items.count)).map { model.catalog[$0].title } == titles)
        #expect(Self.views(names, model) == before)
    }

    /// Two items change places: everything that refers to them finds them there.
    @Test func anItemIsFoundInAnotherRow() throws {
        var model = Self.taught(seed: 3, events: 300)
        let names = (0..<UInt32(model.users.count)).map { model.users.name(of: $0) }
        let (one, other) = (model.items.name(of: 2), model.items.name(of: 9))
        let before = Self.views(names, model)
        var recorder = StateRecorder()
        var (bytesOfOne, bytesOfOther): ([UInt8], [UInt8]) = ([], [])
        model.evict(item: 2, to: &bytesOfOne, recorder: &recorder)
        // No lesson comes in between, so that the row may be without a name for a moment.
        model.evict(item: 9, to: &bytesOfOther, recorder: &recorder)
        try Self.restore(item: one, bytesOfOne, &model, &recorder)
        try Self.restore(item: other, bytesOfOther, &model, &recorder)
        #expect(model.items.row(of: one) == 9 && model.items.row(of: other) == 2)

        var moved = Self.views(names, model)
        for index in moved.indices { moved[index].swapItems(2, 9) }
        #expect(moved == before)
        let history = model.withProfile(of: 0) { $0.acts.count }
        #expect(model.actsByRow(of: 0).count == history)
    }

    /// An item that was away for a long time is wanted as much as if it had been here, to the last bit.
    @Test(arguments: [10.0, 100])
    func whatIsWantedFadesWhileItIsAway(halfLife: Double) throws {
        var recorder = StateRecorder()
        var away = Popularity(halfLifeEvents: halfLife)
        var here = Popularity(halfLifeEvents: halfLife)
        var bytes: [UInt8] = []
        for event in 0..<12_000 {
            if event == 0 {
                for _ in 0..<3 {
                    away.addItem(recorder: &recorder)
                    here.addItem(recorder: &recorder)
                }
            }
            let item: UInt32 = event < 50 ? UInt32(event % 3) : 2
            away.note(item, weight: 1, recorder: &recorder)
            here.note(item, weight: 1, recorder: &recorder)
            if event == 60 {
                away.write(item: 1, to: &bytes)
                away.clear(1, recorder: &recorder)
            }
        }
        #expect(here.eras > 1)
        try bytes.withUnsafeBytes { raw in
            var source = StateBytes(raw)
            try away.readItem(1, from: &source)
        }
        #expect(away.inflated[1].bitPattern == here.inflated[1].bitPattern)
        #expect(away.counts == here.counts)
    }

    /// The coldest is who was learned from first of those who are there, as a list would have it.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func theColdestIsWhoWasLearnedFromLongestAgo(seed: UInt64) throws {
        var model = Model(options: ModelOptions())
        var recorder = StateRecorder()
        var dice = Dice(seed: seed)
        var order: [Identifier] = []
        for time in 0..<600 {
            let name = Self.id("u\(dice.below(40))")
            switch dice.below(10) {
            case 0 where !order.isEmpty:
                let gone = order.remove(at: dice.below(order.count))
                model.forget(try #require(model.users.row(of: gone)), recorder: &recorder)
            case 1...4 where order.count > 3:
                let coldest = model.coldestUser()
                #expect(model.users.name(of: coldest) == order.removeFirst())
                var bytes: [UInt8] = []
                model.evict(coldest, to: &bytes, recorder: &recorder)
            default:
                order.removeAll { $0 == name }
                order.append(name)
                _ = model.learn(Self.rate(name, "i\(dice.below(9))", 3, at: time), judges: false)
            }
        }
    }

    @Test func theColdestItemIsThatWhichIsWantedLeast() throws {
        var model = Model(options: ModelOptions())
        for time in 0..<90 {
            let item = ["often", "now", "once"][time < 60 ? 0 : time < 61 ? 2 : 1]
            _ = model.learn(Self.rate(Self.id("u\(time)"), item, 5, at: time), judges: false)
        }
        _ = model.describe(CatalogItem(item: Self.id("untouched")))
        let first = model.coldestItem()
        #expect(model.items.name(of: first).text == "untouched")
        _ = model.learn(Self.rate(Self.id("a"), "untouched", 5, at: 100), judges: false)
        _ = model.learn(Self.rate(Self.id("b"), "untouched", 5, at: 101), judges: false)
        let second = model.coldestItem()
        #expect(model.items.name(of: second).text == "once")
    }

    // MARK: - What a reader sees

    /// Everything that can be asked of a user, item by item.
    private struct View: Equatable {
        var scores: [UInt32]
        var ratings: [UInt32]
        var because: [UInt32?]
        var neighbours: [[UInt32: UInt32]]

        mutating func swapItems(_ one: Int, _ other: Int) {
            scores.swapAt(one, other)
            ratings.swapAt(one, other)
            because.swapAt(one, other)
            neighbours.swapAt(one, other)
            func moved(_ row: UInt32) -> UInt32 {
                row == UInt32(one) ? UInt32(other) : row == UInt32(other) ? UInt32(one) : row
            }
            because = because.map { $0.map(moved) }
            neighbours = neighbours.map { row in
                Dictionary(uniqueKeysWithValues: row.map { (moved($0.key), $0.value) })
            }
        }
    }

    private static func views(_ users: [Identifier], _ model: borrowing Model) -> [View] {
        var views: [View] = []
        for name in users {
            guard let user = model.users.row(of: name) else { preconditionFailure("all are back") }
            var view = View(
                scores: model.scores(user: user).map(\.bitPattern), ratings: [], because: [], neighbours: [])
            for item in 0..<UInt32(model.items.count) {
                let rating = model.predictRating(user: user, item: item, timestampMs: 2_000_000)
                view.ratings.append(rating.bitPattern)
                view.because.append(model.because(user: user, item: item, by: .hybrid))
                let neighbours = model.neighbours(of: item)
                view.neighbours.append(
                    Dictionary(uniqueKeysWithValues: neighbours.map { ($0.item, $0.weight.bitPattern) }))
            }
            views.append(view)
        }
        return views
    }

    private static func taught(seed: UInt64, events: Int) -> Model {
        var options = ModelOptions()
        options.factors = 16
        var model = Model(options: options)
        var dice = Dice(seed: seed)
        for item in 0..<items {
            _ = model.describe(
                CatalogItem(
                    item: id("i\(item)"), title: "Item \(item)", genres: ["g\(item % 4)"],
                    available: item % 7 != 0))
        }
        for time in 0..<events {
            let user = id("u\(dice.below(users))")
            _ = model.learn(
                rate(user, "i\(dice.below(items))", Float(1 + dice.below(5)), at: time), judges: false)
        }
        return model
    }

    private static func restore(
        _ name: Identifier, _ bytes: [UInt8], _ model: inout Model, _ recorder: inout StateRecorder
    ) throws -> UInt32 {
        try bytes.withUnsafeBytes { raw in
            var source = StateBytes(raw)
            let row = try model.restore(name, from: &source, recorder: &recorder)
            #expect(source.isAtEnd)
            return row
        }
    }

    private static func restore(
        item name: Identifier, _ bytes: [UInt8], _ model: inout Model, _ recorder: inout StateRecorder
    ) throws {
        try bytes.withUnsafeBytes { raw in
            var source = StateBytes(raw)
            try model.restore(item: name, from: &source, recorder: &recorder)
            #expect(source.isAtEnd)
        }
    }

    private static func rate(_ user: Identifier, _ item: String, _ value: Float, at seconds: Int)
        -> Interaction
    {
        Interaction(
            action: .rating, user: user, item: id(item), value: value, timestampMs: Int64(seconds) * 1_000,
            identity: EventIdentity(high: 0, low: UInt64(seconds)))
    }

    private static func id(_ text: String) -> Identifier {
        guard let id = Identifier(text) else { preconditionFailure("a short id is an id") }
        return id
    }
}

extension Reservoir {
    fileprivate func hasSamples(ofUser user: UInt32) -> Bool { samples.contains { $0.user == user } }
    fileprivate func hasSamples(ofItem item: UInt32) -> Bool { samples.contains { $0.item == item } }
}
