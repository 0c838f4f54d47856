import Testing

@testable import RatingFiles

/// Compares the reader with a slow and obvious one, and throws dirt at it.
@Suite struct RandomRowTests {
    @Test(arguments: 0..<24 as Range<UInt64>)
    func agreesWithASlowReader(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        let separator = [",", "\t", ";", "::"].randomElement(using: &dice) ?? ","
        var text = "1\(separator)2\(separator)3\(separator)1260759144\n"
        var expected = [PlainRow("1", "2", 3, 1_260_759_144_000)]
        var refused = 0
        for _ in 0..<1000 {
            let fields = (0..<4).map { Self.field($0, &dice) }
            let line = fields.joined(separator: separator)
            text += line + (["\n", "\n", "\r\n", " \n"].randomElement(using: &dice) ?? "\n")
            if let row = Self.slowRow(fields) { expected.append(row) } else { refused += 1 }
        }
        let (file, table) = try read(text.utf8)
        let rows = table.plainRows
        #expect(rows.count == expected.count)
        let odd = zip(rows, expected).first { $0 != $1 }
        #expect(odd == nil, "the first row that differs, read and expected")
        #expect(file.refusals.total == refused)
        #expect(table.users.count == Set(expected.map(\.user)).count)
        #expect(table.items.count == Set(expected.map(\.item)).count)
    }

    @Test(arguments: 0..<32 as Range<UInt64>)
    func survivesDirt(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        var bytes = Array("1,2,3,1260759144\n".utf8)
        let pieces = [
            "1,2,3.5,1260759144\n", "\"", ",", "\n", "::", "\r\n", "9", ".", "é", "\\", " ", "\t", "-", "1e9",
        ]
        for _ in 0..<Int.random(in: 0..<4000, using: &dice) {
            if Bool.random(using: &dice) {
                bytes.append(UInt8.random(in: 0...255, using: &dice))
            } else {
                bytes += (pieces.randomElement(using: &dice) ?? "").utf8
            }
        }
        let (file, _) = try read(bytes)
        let lines = bytes.split(separator: 10).filter { !$0.allSatisfy { $0 == 32 || $0 == 13 } }
        #expect(file.rowsRead == lines.count)
        // Any outcome will do for bytes that begin with dirt, but a crash.
        bytes.removeFirst(Int.random(in: 1..<17, using: &dice))
        let source = try TemporaryFile(bytes)
        var table = RatingTable()
        _ = try? RatingFileReader().read(source.path, into: &table)
        _ = try? MovieCatalogReader.read(source.path)
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func survivesDirtInGzip(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        let rows = (0..<2000).map { "\($0 % 50),\($0),3,\(1_260_759_144 + $0)\n" }.joined()
        var packed = gzip(Array(rows.utf8))
        for _ in 0..<3 {
            packed[Int.random(in: 2..<packed.count, using: &dice)] ^= UInt8.random(in: 1...255, using: &dice)
        }
        let source = try TemporaryFile(packed)
        var table = RatingTable()
        #expect(throws: RatingFileError.self) { try RatingFileReader().read(source.path, into: &table) }
    }

    @Test(arguments: [1, 8, 21, 100])
    func agreesAcrossBlockBounds(width: Int) throws {
        // Rows of one width, so that blocks of 256 KiB end at every place of a row.
        let user = String(repeating: "u", count: width)
        let text = (0..<20_000).map { "\(user)\($0 % 7),\($0),4.5,\(1_260_759_144 + $0)\n" }.joined()
        let (file, table) = try read(text.utf8)
        #expect(file.rowsDecoded == 20_000)
        #expect(table.users.count == 7 && table.items.count == 20_000)
        #expect(table.columns.timestampsMs.last == 1_260_779_143_000)
    }

    private static func field(_ column: Int, _ dice: inout SeededGenerator) -> String {
        let plain: [[String]] = [
            [
                "1", "42", "4194303", "4194304", "9999999", "12345678", "0", "007", "u1", "é", "a b",
                "\u{1F600}",
            ],
            ["1", "42", "4194303", "4194304", "9999999", "12345678", "0", "00", "B00", "ß", "x-y", "+5"],
            [
                "5", "4.5", "0.5", "10", "3.75", "-1", "+2", "1e1", "5.", ".5", "4.0000001", "16777217",
                "0.1234567",
                "123456.7", "1234567.8", "00.50", "1e-3",
            ],
            [
                "1260759144", "789652009", "1260759144123", "1260759144123456", "1260759144.25", "1.26E9",
                "999999999", "2009-02-13T23:31:30.5Z", "99999999999", "100000000000", "631152000",
                "4102444799",
            ],
        ]
        let broken = ["", "x", "1e999", "nan", "4.5.6", "1260759144x", "12607591441260759144", "- 1", "0x1"]
        if Int.random(in: 0..<40, using: &dice) == 0 { return broken.randomElement(using: &dice) ?? "" }
        if Bool.random(using: &dice) {
            switch column {
            case 0, 1: return String(Int.random(in: 0..<5_000_000, using: &dice))
            case 2: return "\(Int.random(in: 0..<10, using: &dice)).\(Int.random(in: 0..<10, using: &dice))"
            default: return String(Int.random(in: 600_000_000..<4_200_000_000, using: &dice))
            }
        }
        return plain[column].randomElement(using: &dice) ?? ""
    }

    private static func slowRow(_ fields: [String]) -> PlainRow? {
        guard !fields[0].isEmpty, !fields[1].isEmpty, isDecimal(fields[2]), let rating = Float(fields[2]),
            rating.isFinite
        else { return nil }
        if fields[3] == "2009-02-13T23:31:30.5Z" {
            return PlainRow(fields[0], fields[1], rating, 1_234_567_890_500)
        }
        guard isDecimal(fields[3]), let number = Double(fields[3]), number >= 0, number < 1e17 else {
            return nil
        }
        let milliseconds =
            number < 1e11 ? number * 1000 : number < 1e14 ? number : (number / 1000).rounded(.down)
        guard milliseconds >= 631_152_000_000, milliseconds < 4_102_444_800_000 else { return nil }
        return PlainRow(fields[0], fields[1], rating, Int64(milliseconds))
    }

    /// A sign or none; digits with at most one point among them; perhaps an e with a whole number.
    private static func isDecimal(_ text: String) -> Bool {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        func digits(_ text: Substring, points: Int) -> Bool {
            let bare = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text
            let numbers = bare.split(separator: ".", omittingEmptySubsequences: false)
            return numbers.count <= points + 1 && numbers.contains { !$0.isEmpty }
                && numbers.joined().utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        return parts.count <= 2 && digits(parts[0], points: 1)
            && parts.dropFirst().allSatisfy { digits($0, points: 0) }
    }
}
