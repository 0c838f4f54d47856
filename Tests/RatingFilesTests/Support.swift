import Events
import Testing

@testable import RatingFiles

/// A row in words, for comparing.
struct PlainRow: Equatable {
    var user: String
    var item: String
    var rating: Float
    var timestampMs: Int64
    var isView = false

    init(_ user: String, _ item: String, _ rating: Float, _ timestampMs: Int64, isView: Bool = false) {
        self.user = user
        self.item = item
        self.rating = rating
        self.timestampMs = timestampMs
        self.isView = isView
    }
}

extension RatingTable {
    var plainRows: [PlainRow] {
        (0..<columns.count).map { row in
            PlainRow(
                users.id(columns.users[row]).text, items.id(columns.items[row]).text, columns.ratings[row],
                columns.timestampsMs[row], isView: columns.action(row) == .view)
        }
    }
}

/// Reads the bytes as a file and checks the sum that must always hold.
func read(
    _ bytes: some Sequence<UInt8>, limit: Int = .max, times: Range<Int64> = .min ..< .max
) throws -> (file: RatingFile, table: RatingTable) {
    let source = try TemporaryFile(bytes)
    var table = RatingTable()
    let file = try RatingFileReader().read(source.path, into: &table, limit: limit, times: times)
    #expect(file.rowsRead == file.rowsDecoded + file.rowsOutside + file.refusals.total)
    #expect(file.rowsDecoded == table.columns.count)
    return (file, table)
}

/// Linear congruences with their high bits mixed (SplitMix64): the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// A gzip member whose data is stored, not packed (RFC 1952, RFC 1951 section 3.2.4).
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    func little(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
        let count = min(0xFFFF, bytes.count - start)
        member.append(start + count == bytes.count ? 1 : 0)
        member += little(UInt32(count), 2) + little(~UInt32(count), 2)
        member += bytes[start..<start + count]
        start += count
    } while start < bytes.count
    var check: UInt32 = .max
    for byte in bytes {
        check ^= UInt32(byte)
        for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    }
    return member + little(~check, 4) + little(UInt32(truncatingIfNeeded: bytes.count), 4)
}

/// A file that came with the tests.
func dataPath(_ name: String) -> String {
    let folders = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(folders)/Data/\(name)"
}
