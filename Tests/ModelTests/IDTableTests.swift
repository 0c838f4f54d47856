import Events
import State
import Testing

@testable import Model

@Suite struct IDTableTests {
    @Test func aRowWhoseNameIsRemovedGoesToTheNextNewName() throws {
        var table = IDTable()
        for name in ["a", "b", "c", "d"] { _ = table.add(try id(name)) }
        table.remove(3)
        table.remove(1)
        #expect(table.count == 2 && table.rowCount == 4)
        #expect(table.row(of: try id("b")) == nil)
        let rows = [table.add(try id("e")), table.add(try id("b")), table.add(try id("f"))]
        #expect(rows == [3, 1, 4], "the highest first, whichever became free first")
        #expect(table.name(of: 1) == (try id("b")))
    }

    /// Which row comes next depends on the rows alone, so that a restart changes nothing.
    @Test func comesBackWithItsHoles() throws {
        var table = IDTable()
        for name in ["a", "b", "c", "d", "e"] { _ = table.add(try id(name)) }
        for row in [4, 0, 2] as [UInt32] { table.remove(row) }
        var bytes: [UInt8] = []
        for row in 0..<5 as Range<UInt32> { table.write(row, to: &bytes) }
        var restored = try Self.read(bytes, rows: 5)
        for name in ["x", "y", "z", "w"] {
            let rows = [table.add(try id(name)), restored.add(try id(name))]
            #expect(rows[0] == rows[1])
        }
        #expect(restored.count == 6)
    }

    @Test func aNameThatStandsTwiceIsDamage() {
        var bytes: [UInt8] = []
        bytes.put("a")
        bytes.put("a")
        #expect(throws: StateDamage.unexpected) { try Self.read(bytes, rows: 2) }
    }

    /// Against a dictionary, through many names that come and go.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func agreesWithADictionary(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        var table = IDTable()
        var known: [String: UInt32] = [:]
        for _ in 0..<3_000 {
            let text = "n\(dice.below(400))"
            let name = try id(text)
            #expect(table.row(of: name) == known[text])
            if let row = known[text] {
                guard dice.below(3) == 0 else { continue }
                table.remove(row)
                known[text] = nil
            } else {
                known[text] = table.add(name)
            }
            #expect(table.count == known.count)
        }
        for (text, row) in known { #expect(table.name(of: row) == (try id(text))) }
    }

    private static func read(_ bytes: [UInt8], rows: Int) throws -> IDTable {
        var table = IDTable()
        try bytes.withUnsafeBytes { raw in
            var source = StateBytes(raw)
            for _ in 0..<rows { try table.readRow(from: &source) }
        }
        return table
    }

    private func id(_ text: String) throws -> Identifier { try #require(Identifier(text)) }
}
