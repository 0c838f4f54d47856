import CKernels
import Glibc
import Model
import Testing

/// Every variant of a loop gives the bits of the plain Swift one: the fixed order of the sums is the contract.
@Suite(.serialized) struct KernelTests {
    private static let variants = ["baseline", "avx2", "avx512"]

    @Test(arguments: variants, [16, 32, 64, 80, 512])
    func dotAgreesToTheBit(variant: String, count: Int) {
        guard choose(variant) else { return }
        let (a, b) = (Row(count, seed: 1), Row(count, seed: 2))
        #expect(freshet_dot(a.start, b.start, count) == plainDot(a, b))
    }

    @Test(arguments: variants, [16, 64, 80])
    func stepsAgreeToTheBit(variant: String, count: Int) {
        guard choose(variant) else { return }
        let (p, q, sum) = (Row(count, seed: 3), Row(count, seed: 4), Row(count, seed: 5))
        let (oldP, oldQ, oldSum) = (p.values, q.values, sum.values)
        freshet_add_scaled(sum.start, p.start, 0.37, count)
        let miss = freshet_sgd_step(p.start, q.start, 0.3, 1e3, 0.04, 0.1, 0.2, count)
        #expect(miss == 0.3 - plainDot(Row(oldP), Row(oldQ)))
        let (keepP, keepQ): (Float, Float) = (1 - 0.04 * 0.1, 1 - 0.04 * 0.2)
        for index in 0..<count {
            let added = oldSum[index] + 0.37 * oldP[index]
            let stepP = keepP * oldP[index] + (0.1 * miss) * oldQ[index]
            let stepQ = keepQ * oldQ[index] + (0.2 * miss) * oldP[index]
            #expect(sum.start[index] == added && p.start[index] == stepP && q.start[index] == stepQ)
        }
    }

    @Test(arguments: variants, [Float.nan, .infinity, -1e4, 1e4])
    func aStepOfAnEnormousMissChangesNothing(variant: String, rest: Float) {
        guard choose(variant) else { return }
        let (p, q) = (Row(64, seed: 3), Row(64, seed: 4))
        let (oldP, oldQ) = (p.values, q.values)
        _ = freshet_sgd_step(p.start, q.start, rest, 1e3, 0.04, 0.1, 0.2, 64)
        #expect(p.values == oldP && q.values == oldQ)
    }

    /// The dots of a block are those of one user at a time, whatever of the rows fills a tile.
    @Test(arguments: variants, [0, 1, 2, 3, 64, 65])
    func blocksAgreeToTheBit(variant: String, rows: Int) {
        guard choose(variant) else { return }
        for count in [16, 64, 80] { compareBlock(rows: rows, of: count, stride: count) }
        for count in [16, 48] { compareBlock(rows: rows, of: count, stride: 64) }
    }

    private func compareBlock(rows: Int, of count: Int, stride: Int) {
        let users = Int(FRESHET_BLOCK_USERS)
        let table = Row(max(1, rows) * stride, seed: 8)
        let queries = (0..<users).map { Row(count, seed: UInt64(10 + $0)) }
        let (block, scores) = (Row(count * users, seed: 1), Row(max(1, rows) * users, seed: 2))
        for k in 0..<count {
            for user in 0..<users { block.start[k * users + user] = queries[user].start[k] }
        }
        freshet_block_scores(block.start, table.start, rows, count, stride, scores.start)
        for row in 0..<rows {
            for user in 0..<users {
                let alone = freshet_dot(queries[user].start, table.start + row * stride, count)
                #expect(scores.start[row * users + user].bitPattern == alone.bitPattern)
            }
        }
    }

    /// Products that are all negative zeros make a zero, as in a sum that starts with one.
    @Test(arguments: variants)
    func aBlockOfZerosIsZero(variant: String) {
        guard choose(variant) else { return }
        let users = Int(FRESHET_BLOCK_USERS)
        let (table, block, scores) = (Row(64, seed: 1), Row(64 * users, seed: 1), Row(users, seed: 1))
        for k in 0..<64 { table.start[k] = -1 }
        for k in 0..<64 * users { block.start[k] = 0 }
        freshet_block_scores(block.start, table.start, 1, 64, 64, scores.start)
        #expect((0..<users).allSatisfy { scores.start[$0].bitPattern == 0 })
    }

    @Test(arguments: variants, [0, 1, 3, 4, 5, 9])
    func scoresAreTheDotsOfTheRows(variant: String, rows: Int) {
        guard choose(variant) else { return }
        let count = 64
        let (query, table) = (Row(count, seed: 6), Row(max(1, rows) * count, seed: 7))
        var scores = [Float](repeating: -1, count: rows)
        freshet_scores(query.start, table.start, rows, count, &scores)
        for row in 0..<rows {
            #expect(scores[row] == freshet_dot(query.start, table.start + row * count, count))
        }
    }

    @Test(arguments: variants, [16, 64, 80])
    func fittingAgreesToTheBit(variant: String, count: Int) {
        guard choose(variant) else { return }
        let (rows, samples) = (5, 40)
        let (p, q) = (Row(rows * count, seed: 8), Row(rows * count, seed: 9))
        let (users, items) = (Row(rows * 2, seed: 10), Row(rows * 2, seed: 11))
        var plain = PlainFit(
            factors: count, p: p.values, q: q.values, users: users.values, items: items.values)
        var dice = Dice(seed: 12)
        let given = (0..<samples).map { number in
            freshet_sample(
                user: UInt32(dice.below(rows)), item: UInt32(dice.below(rows)),
                rating: number == 7 ? 1e9 : number == 8 ? .nan : dice.around(2))
        }
        let rates = freshet_fit_rates(step: 0.01, bias_step: 0.003, bias_decay: 0.01, miss_max: 1_000)
        let sums = freshet_fit(
            given, samples, p.start, q.start, users.start, items.start, count, rates)
        plain.learn(given, rates)
        #expect(p.values == plain.p && q.values == plain.q)
        #expect(users.values == plain.users && items.values == plain.items)
        #expect(sums.squares == plain.squares && sums.refused == 2)
    }

    @Test(arguments: variants)
    func findsTheFirstPlaceOfAKey(variant: String) {
        guard choose(variant) else { return }
        for count in 0..<50 {
            let ids = (0..<count).map { UInt32($0) * 3 }
            for key in 0..<UInt32(3 * count + 2) {
                #expect(freshet_find(ids, count, key) == ids.firstIndex(of: key) ?? count)
            }
        }
    }

    @Test(arguments: variants, 1..<20 as Range<UInt64>)
    func theSmallestIsThatOfSorting(variant: String, seed: UInt64) {
        guard choose(variant) else { return }
        var dice = Dice(seed: seed)
        let numbers = (0..<1 + dice.below(300)).map { _ in Float(dice.below(40)) / 3 }
        let rank = 1 + dice.below(numbers.count)
        #expect(freshet_smallest(numbers, numbers.count, rank) == numbers.sorted()[rank - 1])
    }

    @Test(arguments: variants, [16, 64, 80])
    func lessonsAgreeToTheBit(variant: String, count: Int) {
        guard choose(variant) else { return }
        let rows = (0..<5).map { Row(count, seed: 20 + UInt64($0)) }
        let weights = Row(16, seed: 30)
        let (sum, query, gradient) = (Row(count, seed: 31), Row(count, seed: 32), Row(count, seed: 33))
        var pointers = rows.map { Optional($0.start) }
        var wanted = sum.values
        for (row, weight) in zip(rows, weights.values) {
            for index in 0..<count { wanted[index] += weight * row.values[index] }
        }
        freshet_gather(sum.start, &pointers, weights.start, rows.count, count)
        #expect(sum.values == wanted)

        let (oldRow, oldGradient) = (rows[0].values, gradient.values)
        freshet_pull(rows[0].start, query.start, gradient.start, 0.3, -0.2, count)
        for index in 0..<count {
            #expect(gradient.values[index] == oldGradient[index] + 0.3 * oldRow[index])
            #expect(rows[0].values[index] == oldRow[index] + -0.2 * query.values[index])
        }
        let oldRows = rows.map(\.values)
        freshet_scatter(&pointers, weights.start, 0.5, query.start, rows.count, count)
        for (place, row) in rows.enumerated() {
            let scaled = 0.5 * weights.values[place]
            for index in 0..<count {
                #expect(row.values[index] == oldRows[place][index] + scaled * query.values[index])
            }
        }
    }

    @Test(arguments: variants, [1, 5, 17])
    func theSoftmaxIsThatOfTheProducts(variant: String, count: Int) {
        guard choose(variant) else { return }
        let rows = (0..<count).map { Row(64, seed: 40 + UInt64($0)) }
        let (query, shares) = (Row(64, seed: 60), Row(32, seed: 61))
        let products = (0..<count).map { place in
            exp(Double(shares.values[place] + freshet_dot(query.start, rows[place].start, 64)))
        }
        var pointers = rows.map { Optional($0.start) }
        let isFinite = freshet_soften(query.start, &pointers, count, 64, shares.start)
        #expect(isFinite == 1)
        for place in 0..<count {
            let wanted = products[place] / products.reduce(0, +)
            #expect(abs(Double(shares.values[place]) - wanted) < 2e-6)
        }
        query.start[3] = .infinity
        #expect(freshet_soften(query.start, &pointers, count, 64, shares.start) == 0)
    }

    @Test func refusesAVariantThatThereIsNot() {
        #expect(freshet_kernels_choose("quantum") == 0)
    }

    /// `false` where this machine lacks the instruction set: then there is nothing to compare.
    private func choose(_ variant: String) -> Bool {
        freshet_kernels_choose(variant) == 1
    }

    private func plainDot(_ a: Row, _ b: Row) -> Float {
        foldedDot(a.values[...], b.values[...])
    }
}

/// The sum of the products in 16 lanes, folded as every variant folds them.
func foldedDot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    var lanes = [Float](repeating: 0, count: 16)
    for (index, (left, right)) in zip(a, b).enumerated() { lanes[index % 16] += left * right }
    var width = 8
    while width > 0 {
        for lane in 0..<width { lanes[lane] += lanes[lane + width] }
        width /= 2
    }
    return lanes[0]
}

/// Aligned floats of a seed.
private final class Row {
    let start: UnsafeMutablePointer<Float>
    private let count: Int

    init(_ count: Int, seed: UInt64) {
        var dice = Dice(seed: seed)
        self.count = count
        start = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: count)
        for index in 0..<count { (start + index).initialize(to: dice.around(2)) }
    }

    convenience init(_ values: [Float]) {
        self.init(values.count, seed: 0)
        for index in values.indices { start[index] = values[index] }
    }

    deinit { start.deallocate() }

    var values: [Float] { (0..<count).map { start[$0] } }
}
