package import Events

/// What one user has done: every item once, and decayed statistics of it all.
package struct UserProfile: Sendable {
    /// The latest thing the user did with an item.
    package struct Act: Equatable, Sendable {
        package var item: UInt32
        package var action: Action
        /// The rating, or the strength of the feedback.
        package var value: Float
        package var timestampMs: Int64
        /// Whether it says "more of this".
        package var isPositive: Bool
    }

    /// One per item, in the order of the last act on each: the newest stands last. Memory: 24 bytes an item.
    package private(set) var acts: [Act] = []
    /// How much of each genre the user takes in and likes, by genre number, decayed by the count of acts.
    package private(set) var genres: [Float] = []
    package private(set) var ratings: UInt32 = 0
    package private(set) var positives: UInt32 = 0
    private var ratingSum: Double = 0
    package private(set) var lastActiveMs: Int64 = .min

    /// What a genre's weight keeps from one act to the next: half is gone after 34.
    private static let genreMemory: Float = 0.98

    package var meanRating: Float { ratings == 0 ? 0 : Float(ratingSum / Double(ratings)) }

    /// The act on this item, if there was one. Cost: O(acts), from the newest on.
    package func act(on item: UInt32) -> Act? {
        acts.last { $0.item == item }
    }

    /// Notes an act. A newer act on the same item replaces the older; an older one that arrives late changes
    /// nothing, and the answer is `false`.
    mutating func note(_ act: Act) -> Bool {
        if let place = acts.lastIndex(where: { $0.item == act.item }) {
            guard acts[place].timestampMs <= act.timestampMs else { return false }
            count(acts.remove(at: place), by: -1)
        }
        acts.append(act)
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

    private mutating func count(_ act: Act, by sign: Int) {
        if act.isPositive { positives = UInt32(Int(positives) + sign) }
        guard act.action == .rating else { return }
        ratings = UInt32(Int(ratings) + sign)
        ratingSum += Double(act.value) * Double(sign)
    }
}
