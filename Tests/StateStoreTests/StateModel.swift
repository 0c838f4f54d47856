import Pipeline
import State
import StateStore

/// A state as the slow and obvious thing: a dictionary.
struct StateModel: Equatable {
    struct Place: Hashable {
        var table: StateTable
        var key: Int64
    }

    var rows: [Place: [UInt8]] = [:]

    init() {}

    init(_ snapshot: borrowing StateSnapshot) throws {
        for table in StateTable.allCases {
            var last: Int64?
            try snapshot.read(table) { (key, bytes) throws(Trouble) in
                guard last.map({ $0 < key }) ?? true else { throw Trouble(.stop, "keys do not rise") }
                last = key
                rows[Place(table: table, key: key)] = Array(bytes)
            }
        }
    }

    mutating func apply(_ chunk: StateChunk) {
        for row in chunk.rows {
            rows[Place(table: row.table, key: row.key)] = row.range.map { Array(chunk.bytes[$0]) }
        }
    }

    /// Some rows, in no order, with repeats and removals.
    static func randomChunk(_ dice: inout Dice, rows: Int, keys: Int64 = 60, bytesMax: Int = 700)
        -> StateChunk
    {
        var chunk = StateChunk()
        for _ in 0..<rows {
            let table = StateTable.allCases[Int.random(in: 0..<StateTable.allCases.count, using: &dice)]
            let edges: [Int64] = [.min, -1, 0, 1, .max, 1 << 32, 3 << 32 | 7]
            let key =
                Int.random(in: 0..<10, using: &dice) == 0
                ? edges[Int.random(in: 0..<edges.count, using: &dice)] : .random(in: 0..<keys, using: &dice)
            if Int.random(in: 0..<6, using: &dice) == 0 {
                chunk.remove(table, key)
            } else {
                let count = Int.random(in: 0...bytesMax, using: &dice)
                let seed = dice.next()
                chunk.put(table, key) { bytes in
                    var filler = Dice(state: seed)
                    for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: filler.next())) }
                }
            }
        }
        return chunk
    }
}
