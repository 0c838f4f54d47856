import Settings
import Testing

/// Odd files: what is refused is refused with its line, and nothing crashes or hangs.
struct YAMLDocumentTests {
    private func read(_ text: String) -> YAMLDocument { YAMLDocument(parsing: text, source: "a.yaml") }

    @Test func keepsPlacesAndOrder() throws {
        let document = read("# first\nname: x\nlist:\n  - 1\n  - 'two'\nmore: {b: 2, a: [true, ~]}\n")
        let root = try #require(document.root)
        #expect(document.findings.isEmpty)
        #expect(root.entries?.map(\.key) == ["name", "list", "more"])
        #expect(root.entries?.map(\.keyLine) == [2, 3, 6])
        #expect(root["list"]?.items?.map(\.line) == [4, 5])
        #expect(root["list"]?.items?.map(\.column) == [5, 5])
        #expect(root["list"]?.items?.first?.wholeNumber == 1)
        #expect(root["list"]?.items?.last?.content == .scalar("two", isPlain: false))
        #expect(root["more"]?.entries?.map(\.key) == ["b", "a"])
        #expect(root["more"]?["a"]?.items?.first?.flag == true)
        #expect(root["more"]?["a"]?.items?.last?.isNull == true)
        #expect(root["nothing"] == nil)
        #expect(root.text == nil)
    }

    @Test(arguments: ["", "\n\n", "# only\n# comments\n", "---\n", "\u{FEFF}", "\u{FEFF}# comment\n"])
    func seesNothingInEmptyFiles(text: String) {
        let document = read(text)
        #expect(document.findings.isEmpty)
        #expect(document.root?.isNull ?? true)
    }

    @Test(arguments: [
        "a: 1\r\nb: 2\r\n", "\u{FEFF}a: 1\nb: 2\n", "---\na: 1\nb: 2\n...\n", "%YAML 1.1\n---\na: 1\nb: 2",
        "{a: 1, b: 2}",
        "\"a\": 1\n'b': 2", "a: &anchor 1\nb: 2",
    ])
    func readsTheSameFromEveryDress(text: String) {
        let document = read(text)
        #expect(document.findings.isEmpty)
        #expect(document.root?["a"]?.wholeNumber == 1)
        #expect(document.root?["b"]?.wholeNumber == 2)
    }

    @Test(arguments: [
        ("a: 1\n\tb: 2\n", 2, "not YAML"), ("a: [1, 2\n", 2, "not YAML"), ("a: 'x\n\n", 3, "not YAML"),
        ("a: b: c\n", 1, "not YAML"), ("a: *x\n", 1, "alias"), ("x: &x 1\na: *x\n", 2, "alias"),
        ("a: 1\nb: !!python/object x\n", 2, "tag"), ("a: !!seq []\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [a]\n: 1\n", 1, "not a text"), ("? {a: b}\n: 1\n", 1, "not a text"), (": 1\n", 1, "not YAML"),
        ("a: 1\nb: \u{0}\n", 2, "not UTF-8"), ("a: 1\nb: \u{1B}[0m\n", 2, "not UTF-8"),
        (String(repeating: "[", count: 100), 1, "64 levels"),
        (String(repeating: "- ", count: 100), 1, "64 levels"),
        (String(repeating: "{a: ", count: 100), 1, "64 levels"), ("@", 1, "not YAML"),
        ("%FOO\n", 1, "not YAML"),
    ])
    func refusesWithTheLine(text: String, line: Int, words: String) {
        let document = read(text)
        #expect(document.root == nil)
        #expect(document.findings.map(\.line) == [line])
        #expect(document.findings.first?.problem.contains(words) == true, "\(document.findings)")
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], 1), ([0x0A, 0x0A, 0xC3, 0x28], 3), ([0xC0, 0x80], 1),
            ([0xED, 0xA0, 0x80], 1),
            ([0xF4, 0x90, 0x80, 0x80], 1), ([0x61, 0x0A, 0xE2, 0x82], 2), ([0xFF, 0xFE, 0x61, 0x00], 1),
        ] as [([UInt8], Int)])
    func refusesIllFormedUTF8(bytes: [UInt8], line: Int) {
        let document = YAMLDocument(parsing: bytes, source: "a.yaml")
        #expect(document.root == nil)
        #expect(document.findings.map(\.line) == [line])
        #expect(document.findings.first?.problem.hasPrefix("This is not UTF-8") == true)
    }

    @Test func refusesWhatIsTooLarge() {
        let fits = [UInt8](repeating: UInt8(ascii: "#"), count: YAMLDocument.bytesMax)
        #expect(YAMLDocument(parsing: fits, source: "a").findings.isEmpty)
        #expect(
            YAMLDocument(parsing: fits + fits.prefix(1), source: "a").findings.map(\.description) == [
                "a: error: The file has 1048577 bytes; at most 1048576 are read. Check that it is the right file."
            ])
    }

    /// A megabyte that opens and never closes must cost as little as the first levels of it.
    @Test(arguments: ["[", "{", "- ", "? ", "[{", "a: [", "'a ", "\"a ", "&x [", "{a: "])
    func staysQuickOnMegabytesOfOpening(piece: String) {
        let text = String(repeating: piece, count: YAMLDocument.bytesMax / piece.utf8.count)
        let document = read(text)
        #expect(document.root == nil)
        #expect(document.findings.count == 1)
    }

    @Test func findsEveryTwin() {
        let document = read("a: 1\nb:\n  c: 1\n  c: 2\n  d: 3\na: 4\n\"a\": 5\nlist: [{x: 1, x: 2}]\n")
        #expect(
            document.findings.map(\.description) == [
                "a.yaml:4: error: b.c stands here for the second time, after line 3. Keep one of the two.",
                "a.yaml:6: error: a stands here for the second time, after line 1. Keep one of the two.",
                "a.yaml:7: error: a stands here for the second time, after line 1. Keep one of the two.",
                "a.yaml:8: error: list.x stands here for the second time, after line 8. Keep one of the two.",
            ])
        #expect(document.root?["a"]?.wholeNumber == 1)
        #expect(read(String(repeating: "a: 1\n", count: 100_000)).findings.count == Finding.countMax)
    }

    @Test func countsLinesFromWhereTheBlockBegins() {
        let document = YAMLDocument(parsing: "a: 1\na: 2\n", source: "README.md", firstLine: 40)
        #expect(document.root?.line == 40)
        #expect(document.findings.map(\.line) == [41])
    }

    /// Every beginning of a lively text, and every text with one byte broken, is read or refused, never more.
    @Test func survivesEveryCutAndEveryBrokenByte() {
        let text = Array(
            "a: &x [1, 'two', \"thr\\u00e9e\"]\nb: {c: |\n  x\n}\n? d\n: *x\n--- !t\n- - >\n  y\n".utf8)
        for count in text.indices {
            let cut = YAMLDocument(parsing: Array(text[..<count]), source: "a")
            #expect(cut.findings.count <= 2)
            for byte: UInt8 in [0, 9, 10, 13, 34, 35, 39, 42, 58, 91, 123, 0x80, 0xFF] {
                var broken = text
                broken[count] = byte
                #expect(YAMLDocument(parsing: broken, source: "a").findings.count <= 3)
            }
        }
    }
}
