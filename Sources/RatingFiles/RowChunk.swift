import Events

/// A few thousand decoded rows on their way to the columns: small enough for the cache, and written through
/// plain pointers so that a row costs few stores.
struct RowChunk: ~Copyable {
    static let capacity = 4096

    let users: UnsafeMutablePointer<UInt32>
    let items: UnsafeMutablePointer<UInt32>
    let ratings: UnsafeMutablePointer<Float>
    let timestampsMs: UnsafeMutablePointer<Int64>
    /// Written only for formats whose rows may be something else than ratings.
    let actions: UnsafeMutablePointer<Action>
    /// At most `limit`.
    var count = 0
    /// How many rows may be taken before the chunk must be emptied: `capacity`, or fewer where rows are limited.
    var limit = capacity

    init() {
        users = .allocate(capacity: Self.capacity)
        items = .allocate(capacity: Self.capacity)
        ratings = .allocate(capacity: Self.capacity)
        timestampsMs = .allocate(capacity: Self.capacity)
        actions = .allocate(capacity: Self.capacity)
    }

    deinit {
        users.deallocate()
        items.deallocate()
        ratings.deallocate()
        timestampsMs.deallocate()
        actions.deallocate()
    }

    @inline(__always)
    mutating func append(user: UInt32, item: UInt32, rating: Float, timestampMs: Int64, action: Action) {
        assert(count < limit)
        users[count] = user
        items[count] = item
        ratings[count] = rating
        timestampsMs[count] = timestampMs
        actions[count] = action
        count += 1
    }

    /// Ratings of 0 say that there was none, but that the user has looked.
    func turnZerosIntoViews() {
        for row in 0..<count {
            actions[row] = ratings[row] == 0 ? .view : .rating
            if ratings[row] == 0 { ratings[row] = 1 }
        }
    }
}
