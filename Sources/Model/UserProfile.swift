package import Events
import State

/// What one user has done: every item once, and decayed statistics of it all.
package struct UserProfile: Sendable {
    /// The latest thing the user did with an item.
    package struct Act: Equatable, Sendable {
        package var timestampMs: Int64
        /// By number: see `ItemNumbers`.
        package var item: UInt32
        /// The rating, or the strength of the feedback.
        package var value: Float
        package var action: Action
        /// Whether it says "more of this".
        package var isPositive: Bool

        package init(item: UInt32, action: Action, value: Float, timestampMs: Int64, isPositive: Bool) {
            self.item = item
            self.action = action
            self.value = value
            self.timestampMs = timestampMs
            self.isPositive = isPositive
        }
    }

    /// One per item, in the order of the last act on each: the newest stands last. Memory: 24 bytes an item.
    package private(set) var acts: [Act] = []
    /// The items of the acts, once these are many: most acts are on new items, and to find that out by looking
    /// through all of them would make a long history slow.
    private var items: Set<UInt32> = []
    /// How much of each genre the user takes in and likes, by genre number, decayed by the count of acts.
    package private(set) var genres: [Float] = []
    package private(set) var ratings: UInt32 = 0
    package private(set) var positives: UInt32 = 0
    private var ratingSum: Double = 0
    package private(set) var lastActiveMs: Int64 = .min
    /// The model's age when it last learned from the user: whoever has the lowest is the coldest.
    var learnedAtAge: UInt64 = 0

    /// What a genre's weight keeps from one act to the next: half is gone after 34.
    private static let genreMemory: Float = 0.98
    /// As many acts are looked through faster than a set is asked.
    private static let scannedMax = 64

    package var meanRating: Float { ratings == 0 ? 0 : Float(ratingSum / Double(ratings)) }

    /// The act on the item of this number, if there was one. Cost: O(acts), from the newest on; O(1) where there was
    /// none.
    package func act(on item: UInt32) -> Act? {
        place(of: item).map { acts[$0] }
    }

    /// Notes an act. A newer act on the same item replaces the older; an older one that arrives late changes
    /// nothing, and the answer is `false`.
    mutating func note(_ act: Act) -> Bool {
        if let place = place(of: act.item) {
            guard acts[place].timestampMs <= act.timestampMs else { return false }
            count(acts.remove(at: place), by: -1)
        }
        acts.append(act)
        index(act.item)
        count(act, by: 1)
        lastActiveMs = max(lastActiveMs, act.timestampMs)
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

    private func place(of item: UInt32) -> Int? {
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

    private mutating func count(_ act: Act, by sign: Int) {
        if act.isPositive { positives = UInt32(Int(positives) + sign) }
        guard act.action == .rating else { return }
        ratings = UInt32(Int(ratings) + sign)
        ratingSum += Double(act.value) * Double(sign)
    }

    init() {}

    init(from bytes: inout StateBytes) throws(StateDamage) {
        lastActiveMs = try bytes.take()
        ratingSum = try bytes.take()
        ratings = try bytes.take()
        positives = try bytes.take()
        genres = try bytes.takeList()
        let count = try bytes.takeCount(bytesEach: Act.bytes)
        acts.reserveCapacity(count)
        for _ in 0..<count { acts.append(try Act(from: &bytes)) }
        if count > Self.scannedMax { items = Set(acts.map(\.item)) }
    }

    func write(to bytes: inout [UInt8]) {
        bytes.put(lastActiveMs)
        bytes.put(ratingSum)
        bytes.put(ratings)
        bytes.put(positives)
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
        item = try bytes.take()
        value = try bytes.take()
        timestampMs = try bytes.take()
        let code = try bytes.take(UInt8.self)
        guard let action = Action(code: code) else { throw .unexpected }
        self.action = action
        isPositive = try bytes.take(UInt8.self) != 0
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
