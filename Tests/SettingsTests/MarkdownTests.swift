import Settings
import Testing

struct MarkdownTests {
    @Test func findsTheSettingsOfAPage() {
        let page = """
            # Title
            ```yaml freshet
            lists:
              size: 5

            ```
            ```yaml
            services: {}
            ```
            - in a list:
              ~~~~ yaml   freshet
              lists: {}
              ~~~
              ~~~~
            ```swift freshet
            ```yaml freshet
            let x = 1
            ```
            ``` `yaml freshet` ```
                ```yaml freshet
            ```yaml freshet
            log:
            """
        let blocks = yamlBlocks(inMarkdown: page)
        #expect(blocks.map(\.line) == [3, 12, 22])
        #expect(blocks.map(\.text) == ["lists:\n  size: 5\n\n", "lists: {}\n~~~\n", "log:\n"])
    }

    @Test(arguments: ["", "```", "```yaml", "text", "~~~yaml freshet more\nx\n~~~"])
    func findsNothingElsewhere(page: String) {
        #expect(yamlBlocks(inMarkdown: page).isEmpty)
    }

    @Test func pointsIntoThePage() throws {
        let block = try #require(
            yamlBlocks(inMarkdown: "# A\r\n\r\n```yaml freshet\r\nlists:\r\n  sise: 5\r\n```\r\n").first)
        let loaded = Settings.load(yaml: block.text, source: "README.md", firstLine: block.line)
        #expect(
            loaded.findings.map(\.description) == [
                "README.md:5: error: lists.sise is not a known key. Did you mean lists.size?"
            ])
    }
}
