import Events
import Testing

@testable import RatingFiles

@Suite struct IDPoolTests {
    @Test func numbersIDsInOrderAndFindsThemAgain() throws {
        var dice = SeededGenerator(seed: 5)
        var pool = IDPool()
        var known: [String: UInt32] = [:]
        for _ in 0..<10_000 {
            let number = Int.random(in: 0..<9_000_000, using: &dice) >> Int.random(in: 0..<20, using: &dice)
            let kinds = [
                "\(number)", "u\(number)", "0\(number)", "long-enough-for-two-words-\(number)", "é\(number)",
            ]
            var text = kinds.randomElement(using: &dice) ?? ""
            let entry = text.withUTF8 { pool.intern($0) }
            #expect(entry == known[text, default: UInt32(known.count)])
            known[text] = entry
        }
        #expect(pool.count == known.count)
        for (text, entry) in known {
            let identifier = try #require(Identifier(text))
            #expect(pool.id(entry) == identifier)
            #expect(pool.number(of: identifier) == entry)
        }
        #expect(pool.number(of: try #require(Identifier("never seen"))) == nil)
        #expect(pool.number(of: try #require(Identifier("8999999999"))) == nil)
    }

    @Test func tellsComposedFromDecomposed() throws {
        var pool = IDPool()
        var composed = "\u{E9}"
        var decomposed = "e\u{301}"
        let first = composed.withUTF8 { pool.intern($0) }
        let second = decomposed.withUTF8 { pool.intern($0) }
        #expect(first == 0 && second == 1)
    }
}
