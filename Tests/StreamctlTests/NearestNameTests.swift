import Testing

@testable import streamctl

@Suite struct NearestNameTests {
    @Test(
        arguments: [
            ("limt", "limit"), ("lmiit", "limit"), ("limits", "limit"), ("lim", "limit"), ("Limit", "limit"),
            ("topik", "topic"),
            ("ratr", "rate"), ("jsno", "json"), ("l", nil), ("", nil), ("xyzzy", nil), ("to", "to"),
            ("tp", "to"), ("limitless", nil),
            (String(repeating: "l", count: 10_000), nil),
        ] as [(String, String?)])
    func findsWhatWasMeant(word: String, expected: String?) {
        #expect(nearestName(to: word, among: ["limit", "topic", "rate", "json", "to"]) == expected)
    }

    @Test func knowsNothingAmongNothing() {
        #expect(nearestName(to: "limit", among: []) == nil)
    }
}
