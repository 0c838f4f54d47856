import Events
import Model
import Pipeline

/// A log that is made as it is read: ratings by many users of many items, in the order of time, without a broker.
/// Who rates what is by seeded dice; a few items are rated far more often than others.
struct BenchLog: EventSource, ~Copyable {
    private let users: Int
    private let items: Int
    private let count: Int64
    private var next: Int64 = 0
    private var dice: Dice
    private var isAssigned = false
    private let lane = Lane(topic: .ratings, partition: 0)

    /// - Parameter count: ratings in all.
    init(users: Int, items: Int, count: Int, seed: UInt64 = 1) {
        (self.users, self.items, self.count) = (users, items, Int64(count))
        dice = Dice(seed: seed)
    }

    mutating func begin(at positions: [Position]) {}
    mutating func setPaused(_ paused: Bool, lanes: [Lane]) throws(Trouble) {}
    mutating func store(_ next: [Position]) throws(Trouble) {}

    mutating func poll(limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void) throws(Trouble) {
        if !isAssigned {
            isAssigned = true
            take(.assigned([lane]))
        }
        for _ in 0..<min(Int64(limit), count - next) {
            // The square of a die makes low numbers frequent; every user comes once before any comes twice.
            let user = next < users ? Int(next) : dice.below(users)
            let item = dice.below(items) * dice.below(items) / items
            let value = Array(
                #"{"user_id":"\#(user)","item_id":"\#(item)","rating":\#(1 + dice.below(5)),"timestamp":\#(1_600_000_000 + next / 100)}"#
                    .utf8)
            value.withUnsafeBytes { bytes in
                take(
                    .record(
                        Record(
                            position: Position(lane: lane, offset: next), arrivedMs: nil, key: nil,
                            value: bytes)))
            }
            next += 1
        }
        if next == count { take(.reachedEnd(lane, next: next)) }
    }
}
