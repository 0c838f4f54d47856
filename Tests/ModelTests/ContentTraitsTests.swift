import Testing

@testable import Model

@Suite struct ContentTraitsTests {
    @Test(arguments: [
        Catalog.Entry(genres: [0]), Catalog.Entry(genres: [1, 2, 30]), Catalog.Entry(year: 1_989),
        Catalog.Entry(year: -4), Catalog.Entry(year: .max, genres: [900], people: ["Ida Lupino"]),
    ])
    func hasLengthOne(entry: Catalog.Entry) {
        let row = Self.row(entry)
        #expect(abs(Self.product(row, row) - 1) < 1e-6)
    }

    @Test func nothingSaidIsNothing() {
        #expect(Self.row(Catalog.Entry(title: "Untitled")).allSatisfy { $0 == 0 })
    }

    /// The cosine counts what two items share.
    @Test func whatIsAlikeIsNear() {
        let item = Self.row(Catalog.Entry(year: 1_989, genres: [3, 5]))
        let (twin, cousin, stranger) = (
            Self.row(Catalog.Entry(year: 1_987, genres: [5, 3])),
            Self.row(Catalog.Entry(year: 1_991, genres: [3])),
            Self.row(Catalog.Entry(year: 1_950, genres: [4]))
        )
        #expect(abs(Self.product(item, twin) - 1) < 1e-6)
        #expect((0.1..<0.9).contains(Self.product(item, cousin)) && Self.product(item, stranger) == 0)
    }

    @Test func theFirstGenresShareNoPlace() {
        for one in 0..<24 as Range<UInt16> {
            for other in 0..<one {
                let rows = (Self.row(Catalog.Entry(genres: [one])), Self.row(Catalog.Entry(genres: [other])))
                #expect(Self.product(rows.0, rows.1) == 0)
            }
        }
    }

    /// Two people meet by chance alone, and as often against each other as with each other.
    @Test func peopleCancelOut() {
        let names = (0..<200).map { "Person \($0)" }
        let rows = names.map { Self.row(Catalog.Entry(people: [$0])) }
        let others = rows.dropFirst().map { Self.product(rows[0], $0) }
        #expect(abs(others.reduce(0, +)) < 20 && others.contains(1) && others.contains(-1))
    }

    private static func row(_ entry: Catalog.Entry) -> [Float] {
        [Float](unsafeUninitializedCapacity: ContentTraits.floats) { room, count in
            guard let start = room.baseAddress else { return }
            start.initialize(repeating: 7, count: ContentTraits.floats)
            ContentTraits.write(entry, length: 1, into: start)
            count = ContentTraits.floats
        }
    }

    private static func product(_ one: [Float], _ other: [Float]) -> Float {
        zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
