import Events
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["", String(repeating: "x", count: 129), String(repeating: "é", count: 65)])
    func refusesIdsOfTheWrongLength(text: String) {
        #expect(Identifier(text) == nil)
        Array(text.utf8).withUnsafeBytes { #expect(Identifier(copying: $0) == nil) }
    }

    @Test(arguments: [
        "4", "fifteen bytes..", "sixteen bytes: 16", String(repeating: "x", count: 128), "\0", "e\u{301}",
    ])
    func bothWaysMakeTheSameID(text: String) throws {
        let made = try #require(Identifier(text))
        let copied = try #require(Array(text.utf8).withUnsafeBytes { Identifier(copying: $0) })
        #expect(made == copied)
        #expect(made.fingerprint == copied.fingerprint)
        #expect(copied.text.utf8.elementsEqual(text.utf8))
    }

    @Test(arguments: [[0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]] as [[UInt8]])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) {
        bytes.withUnsafeBytes { #expect(Identifier(copying: $0) == nil) }
    }

    @Test func comparesBytesWhereStringComparesCharacters() throws {
        let composed = try #require(Identifier("\u{e9}"))
        let decomposed = try #require(Identifier("e\u{301}"))
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(decomposed < composed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    /// The fingerprint may steer what is stored, so it may not move.
    @Test func theFingerprintStaysWhatItIs() throws {
        #expect(try #require(Identifier("42")).fingerprint == 0x1d97_a272_7bea_b79b)
    }
}
