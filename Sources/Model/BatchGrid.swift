import CKernels

/// The ratings of a batch, sorted into a grid of blocks: part x of the users by part y of the items.
///
/// Blocks on a diagonal, (x, x + step), share no row, so they may be worked on at the same time without a lock, and
/// whoever works on which changes nothing. The size of the grid depends on the ratings alone, and not on how many
/// threads there are. Source: Gemulla, Nijkamp, Haas & Sismanis, KDD 2011, doi:10.1145/2020408.2020426.
struct BatchGrid {
    /// By block, and within each in a random order that stays.
    private(set) var samples: [freshet_sample]
    /// Where each block begins, by part of the users and then of the items; one more at the end.
    private let starts: [Int]
    let parts: Int

    /// What the rows of one part of the users and one of the items may take, so that both stay in a core's cache.
    private static let blockBytes = 768 << 10
    /// On average; smaller ones are not worth the waiting for each other.
    private static let blockSamplesMin = 1_000
    private static let partsRange = 4...32

    /// How many parts each side is cut into.
    static func parts(ratings: Int, rowBytes: Int) -> Int {
        let fitting = rowBytes / blockBytes + 1
        let filling = Int(Double(ratings / blockSamplesMin).squareRoot())
        return min(max(min(fitting, filling), partsRange.lowerBound), partsRange.upperBound)
    }

    init(
        _ ratings: BatchRatings, users: borrowing BatchSide, items: borrowing BatchSide, parts: Int,
        scale: BatchScale, seed: UInt64, parallel: Parallel
    ) {
        self.parts = parts
        let blocks = ratings.users.indices.map { place in
            UInt16(users.parts[Int(ratings.users[place])]) * UInt16(parts)
                + UInt16(items.parts[Int(ratings.items[place])])
        }
        var starts = [Int](repeating: 0, count: parts * parts + 1)
        for block in blocks { starts[Int(block) + 1] += 1 }
        for block in 1..<starts.count { starts[block] += starts[block - 1] }
        var next = starts
        self.starts = starts
        samples = Array(unsafeUninitializedCapacity: ratings.count) { room, count in
            for place in 0..<ratings.count {
                let block = Int(blocks[place])
                room.initializeElement(
                    at: next[block],
                    to: freshet_sample(
                        user: users.places[Int(ratings.users[place])],
                        item: items.places[Int(ratings.items[place])],
                        rating: scale.standardised(ratings.ratings[place])))
                next[block] += 1
            }
            count = ratings.count
        }
        mix(seed: seed, parallel)
    }

    /// The samples of a block.
    func range(user: Int, item: Int) -> Range<Int> {
        let block = user * parts + item
        return starts[block]..<starts[block + 1]
    }

    /// Each block by dice of its own, so that the blocks need not wait for each other.
    private mutating func mix(seed: UInt64, _ parallel: Parallel) {
        let (starts, count) = (starts, parts * parts)
        samples.withUnsafeMutableBufferPointer { all in
            let all = Apart(all)
            parallel(count) { block in
                var dice = Dice(seed: seed &+ UInt64(block + 1) &* 0xD134_2543_DE82_EF95)
                let (first, last) = (starts[block], starts[block + 1])
                guard last > first else { return }
                for place in stride(from: last - 1, to: first, by: -1) {
                    all.memory.swapAt(place, first + dice.below(place + 1 - first))
                }
            }
        }
    }
}

/// Memory that several threads work on, each on a part of its own: that is what makes it safe to send.
struct Apart<Memory>: @unchecked Sendable {
    let memory: Memory

    init(_ memory: Memory) { self.memory = memory }
}
