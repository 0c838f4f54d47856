package import Events
import State

/// What one user has done: every item once, and decayed statistics of it all.
package struct UserProfile: Sendable {
    /// The latest thing the user did with an item. 16 bytes.
    package struct Act: Equatable, Sendable {
        /// By number: see `ItemNumbers`.
        package var item: UInt32
        /// The rating, or the strength of the feedback.
        package var value: Float
        /// Its tag holds the action's code, and in the highest bit whether it is positive.
        private var done: TaggedTime

        private static let positive: UInt8 = 0x80

        package init(item: UInt32, action: Action, value: Float, timestampMs: Int64, isPositive: Bool) {
            self.item = item
            self.value = value
            done = TaggedTime(ms: timestampMs, tag: action.code | (isPositive ? Self.positive : 0))
        }

        package var timestampMs: Int64 { done.ms }

        package var action: Action {
            guard let action = Action(code: done.tag & ~Self.positive) else {
                preconditionFailure("only codes of actions are put there")
            }
            return action
        }

        /// Whether it says "more of this".
        package var isPositive: Bool { done.tag & Self.positive != 0 }
    }

    /// One per item, in the order of the last act on each: the newest stands last. Memory: 16 bytes an item.
    package private(set) var acts: [Act] = []
    /// The items of the acts, once these are many: most acts are on new items, and to find that out by looking
    /// through all of them would make a long history slow.
    private var items: Set<UInt32> = []
    /// How much of each genre the user takes in and likes, by genre number, decayed by the count of acts.
    package private(set) var genres: [Float] = []
    /// The model's age when it last learned from the user: whoever has the lowest is the coldest.
    var learnedAtAge: UInt64 = 0

    /// What a genre's weight keeps from one act to the next: half is gone after 34.
    private static let genreMemory: Float = 0.98
    /// As many acts are looked through faster than a set is asked.
    private static let scannedMax = 64

    /// What the acts add up to. Worked out when asked for, because there are millions of profiles and few questions.
    package struct Totals: Equatable, Sendable {
        package var ratings: UInt32 = 0
        package var positives: UInt32 = 0
        fileprivate var ratingSum: Double = 0

        package var meanRating: Float { ratings == 0 ? 0 : Float(ratingSum / Double(ratings)) }
    }

    /// Cost: O(acts).
    package var totals: Totals {
        var totals = Totals()
        for act in acts {
            if act.isPositive { totals.positives += 1 }
            guard act.action == .rating else { continue }
            totals.ratings += 1
            totals.ratingSum += Double(act.value)
        }
        return totals
    }

    /// The time of the latest act; `.min` without any. Cost: O(acts).
    package var lastActiveMs: Int64 { acts.reduce(.min) { max($0, $1.timestampMs) } }

    /// The act on the item of this number, if there was one. Cost: O(acts), from the newest on; O(1) where there was
    /// none.
    package func act(on item: UInt32) -> Act? {
        place(of: item).map { acts[$0] }
    }

    /// Notes an act. A newer act on the same item replaces the older; an older one that arrives late changes
    /// nothing, and the answer is `false`.
    ///
    /// - Parameter place: that of the earlier act on the item, if there is one.
    mutating func note(_ act: Act, inPlaceOf place: Int?) -> Bool {
        if let place {
            guard acts[place].timestampMs <= act.timestampMs else { return false }
            acts.remove(at: place)
        }
        acts.append(act)
        index(act.item)
        return true
    }

    /// Moves the weights of the genres towards those of an item; `liking` is from -1 to 1.
    mutating func taste(_ numbers: [UInt16], liking: Float) {
        for index in genres.indices { genres[index] *= Self.genreMemory }
        for number in numbers {
            while genres.count <= Int(number) { genres.append(0) }
            genres[Int(number)] += liking
        }
    }

    /// Where the act on the item of this number stands.
    func place(of item: UInt32) -> Int? {
        guard items.isEmpty || items.contains(item) else { return nil }
        return acts.lastIndex { $0.item == item }
    }

    /// Notes that there is an act on this item, if there are enough of them.
    private mutating func index(_ item: UInt32) {
        if !items.isEmpty {
            items.insert(item)
        } else if acts.count > Self.scannedMax {
            items = Set(acts.map(\.item))
        }
    }

    init() {}

    init(from bytes: inout StateBytes) throws(StateDamage) {
        // What is derived from the acts stands before them.
        _ = try bytes.skip(Self.derivedBytes)
        genres = try bytes.takeList()
        let count = try bytes.takeCount(bytesEach: Act.bytes)
        acts.reserveCapacity(count)
        for _ in 0..<count { acts.append(try Act(from: &bytes)) }
        if count > Self.scannedMax { items = Set(acts.map(\.item)) }
    }

    /// The latest time, the sum of the ratings, and the counts of ratings and of positives.
    private static let derivedBytes = 24

    func write(to bytes: inout [UInt8]) {
        let totals = totals
        bytes.put(lastActiveMs)
        bytes.put(totals.ratingSum)
        bytes.put(totals.ratings)
        bytes.put(totals.positives)
        bytes.put(genres)
        bytes.put(UInt32(acts.count))
        bytes.put(count: acts.count * Act.bytes) { out in
            var start = 0
            for act in acts {
                act.write(to: out, at: start)
                start += Act.bytes
            }
        }
    }
}

extension UserProfile.Act {
    /// What `write` appends.
    static let bytes = 18

    init(from bytes: inout StateBytes) throws(StateDamage) {
        let (item, value) = (try bytes.take(UInt32.self), try bytes.take(Float.self))
        let timestampMs = try bytes.take(Int64.self)
        guard let action = Action(code: try bytes.take()) else { throw .unexpected }
        self.init(
            item: item, action: action, value: value, timestampMs: timestampMs,
            isPositive: try bytes.take(UInt8.self) != 0)
        guard self.timestampMs == timestampMs else { throw .unexpected }
    }

    func write(to bytes: UnsafeMutableRawBufferPointer, at start: Int) {
        bytes.storeBytes(of: item, toByteOffset: start, as: UInt32.self)
        bytes.storeBytes(of: value, toByteOffset: start + 4, as: Float.self)
        bytes.storeBytes(of: timestampMs, toByteOffset: start + 8, as: Int64.self)
        bytes.storeBytes(of: action.code, toByteOffset: start + 16, as: UInt8.self)
        bytes.storeBytes(of: isPositive ? 1 : 0, toByteOffset: start + 17, as: UInt8.self)
    }
}

extension UserProfile.Act {
    /// How it moves what the user is known to like, from -1 to 1.
    var liking: Float {
        switch action {
        case .rating: isPositive ? 1 : 0.3
        case .like, .purchase: 1
        case .play, .click: 0.5
        case .view: 0.3
        case .impression: 0
        case .skip: -0.3
        case .dislike: -1
        }
    }
}
