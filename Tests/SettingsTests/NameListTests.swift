import Settings
import Testing

/// Keys whose value is a list.
struct NameListTests {
    @Test(arguments: [
        ("lists: {deny: []}", []), ("lists: {deny: [318, \"296\"]}", ["318", "296"]),
        ("lists:\n  deny:\n    - a, b\n    - c\n    - c", ["a, b", "c"]),
        ("lists: {deny: \"318, 296\"}", ["318", "296"]), ("lists: {deny: 318}", ["318"]),
        ("lists:\n  deny: ${DENIED}", ["x", "y"]), ("lists: {deny: [\"${DENIED}\", z]}", ["x,y", "z"]),
    ])
    func readsListsAndTexts(yaml: String, names: [String]) {
        let loaded = Settings.load(yaml: yaml, source: "a.yaml", environment: ["DENIED": "x,y"])
        #expect(loaded.findings == [])
        #expect(loaded.settings.lists.deny == names)
        #expect(loaded.settings.lists.allow == [])
    }

    @Test(arguments: [
        ("lists: {deny: {a: b}}", "a.yaml:1: error: lists.deny is a group of keys. Write a list of item ids"),
        (
            "lists: {deny: [[a]]}",
            "a.yaml:1: error: lists.deny has an entry that is not a single value. Write a list of item ids"
        ),
        (
            "lists: {deny: [a, ~]}",
            "a.yaml:1: error: lists.deny has an entry that is not a single value. Write a list of item ids"
        ),
        ("lists: {deny: [a, \"\"]}", "a.yaml:1: error: lists.deny has an empty entry."),
        ("lists: {deny: }", "a.yaml:1: error: lists.deny is empty."),
        ("lists: {denny: [a]}", "a.yaml:1: error: lists.denny is not a known key. Did you mean lists.deny?"),
        ("lists: {size: [5]}", "a.yaml:1: error: lists.size is a list."),
    ])
    func findsTheMistake(yaml: String, message: String) {
        let loaded = Settings.load(yaml: yaml, source: "a.yaml")
        #expect(loaded.findings.count == 1)
        #expect(loaded.findings.first?.description.hasPrefix(message) == true, "\(loaded.findings)")
    }

    @Test func showsThemAsTheyAreWritten() {
        let loaded = Settings.load(
            yaml: "lists: {deny_genres: [Horror, War]}", source: "a.yaml", overrides: ["lists.allow=1,2"])
        let lines = loaded.explain().split(separator: "\n").filter { $0.contains("lists.") }
        #expect(lines.contains { $0.hasPrefix("lists.deny_genres ") && $0.contains("[Horror, War]") })
        #expect(lines.contains { $0.hasPrefix("lists.allow ") && $0.contains("[1, 2]") })
    }
}
