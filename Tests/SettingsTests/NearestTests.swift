import Settings
import Testing

struct NearestTests {
    static let commands = ["run", "replay", "recommend", "topics", "lint", "config", "doctor", "demo"]

    @Test(arguments: [
        ("replya", "replay"), ("Replay", "replay"), ("recomend", "recommend"), ("dmeo", "demo"),
        ("lnt", "lint"),
        ("rnu", "run"), ("docotr", "doctor"), ("run", "run"), ("topcis", "topics"),
    ])
    func findsWhatWasMeant(typed: String, meant: String) {
        #expect(nearest(typed, among: Self.commands) == meant)
    }

    @Test(arguments: ["", "x", "xyz", "bootstrap", "--", "r", String(repeating: "replay", count: 40), "🙂🙂"])
    func findsNothingFarAway(typed: String) {
        #expect(nearest(typed, among: Self.commands) == nil)
    }

    @Test func takesTheFirstOfEquallyNear() {
        #expect(nearest("cat", among: ["car", "cap"]) == "car")
        #expect(nearest("caps", among: ["car", "cap"]) == "cap")
        #expect(nearest("cat", among: []) == nil)
    }
}
