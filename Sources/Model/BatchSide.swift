import CKernels

/// The users, or the items, of a batch: their factors and biases, in places that are cut into parts of about equal
/// numbers of ratings.
///
/// Only rows with ratings have a place. The places of a part lie side by side, so that a block of the grid works on
/// memory that fits a core's cache.
struct BatchSide: ~Copyable {
    /// Where rows that have no rating are.
    static let nowhere = UInt32.max

    /// By row.
    private(set) var places: [UInt32]
    /// By row, 0 where there is none.
    private(set) var parts: [UInt8]
    /// By row: its ratings.
    let counts: [UInt32]
    /// Rows with a place.
    let count: Int
    /// Floats from one place to the next.
    let stride: Int
    /// `stride` floats a place, 64-byte aligned, the padding zero.
    let factors: UnsafeMutablePointer<Float>
    /// Two floats a place: the bias, and the decay of the factors.
    let biases: UnsafeMutablePointer<Float>

    /// The decay of a row's factors: rows that are known little are held back more.
    private static func decay(ofCount count: UInt32) -> Float {
        0.055 * (1 + 3 / Float(count).squareRoot())
    }

    /// Cuts rows, in a random order, into parts; everything is zero but the decays.
    init(counts: [UInt32], ratings: Int, parts partCount: Int, stride: Int, dice: inout Dice) {
        precondition((1...Int(UInt8.max)).contains(partCount))
        var order = Array(counts.indices.lazy.filter { counts[$0] > 0 }.map { UInt32($0) })
        Self.mix(&order, &dice)
        places = Array(repeating: Self.nowhere, count: counts.count)
        parts = Array(repeating: 0, count: counts.count)
        (self.counts, self.stride, count) = (counts, stride, order.count)
        factors = Self.zeros(order.count * stride)
        biases = Self.zeros(order.count * 2)
        var before = 0
        for (place, row) in order.enumerated() {
            places[Int(row)] = UInt32(place)
            parts[Int(row)] = UInt8(min(partCount - 1, before * partCount / ratings))
            before += Int(counts[Int(row)])
            biases[2 * place + 1] = Self.decay(ofCount: counts[Int(row)])
        }
    }

    deinit {
        factors.deallocate()
        biases.deallocate()
    }

    /// The factors of a row; `nil` where it has no rating.
    func factors(of row: UInt32) -> UnsafeMutablePointer<Float>? {
        place(of: row).map { factors + $0 * stride }
    }

    /// The bias of a row; `nil` where it has no rating.
    func bias(of row: UInt32) -> UnsafeMutablePointer<Float>? {
        place(of: row).map { biases + $0 * 2 }
    }

    private func place(of row: UInt32) -> Int? {
        guard Int(row) < places.count, places[Int(row)] != Self.nowhere else { return nil }
        return Int(places[Int(row)])
    }

    private static func mix(_ order: inout [UInt32], _ dice: inout Dice) {
        for place in order.indices.reversed() { order.swapAt(place, dice.below(place + 1)) }
    }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
        let start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 16) * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: max(count, 16))
        start.initialize(repeating: 0, count: max(count, 16))
        return start
    }
}
