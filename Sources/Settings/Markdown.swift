/// The settings that a page of Markdown shows: its fenced blocks whose info string is `yaml freshet`.
///
/// `line` is that of the block's first line of text, from 1, so that findings point into the page (see
/// `firstLine` of ``Settings/load(yaml:source:overrides:environment:firstLine:)``). Fences are those of
/// CommonMark 0.31 §4.5: three or more backticks or tildes, indented by at most three blanks, closed by
/// as many of the same or by the end of the page.
package func yamlBlocks(inMarkdown page: String) -> [(line: Int, text: String)] {
    var blocks: [(line: Int, text: String)] = []
    var open: (fence: Fence, isSettings: Bool)?
    let lines = page.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
        if let (fence, isSettings) = open {
            if let other = Fence(line), other.closes(fence) {
                open = nil
            } else if isSettings {
                let indent = line.prefix(fence.indent).prefix { $0 == " " }.count
                blocks[blocks.count - 1].text += "\(line.dropFirst(indent))\n"
            }
        } else if let fence = Fence(line) {
            let isSettings = fence.info == ["yaml", "freshet"]
            open = (fence, isSettings)
            if isSettings { blocks.append((line: index + 2, text: "")) }
        }
    }
    return blocks
}

/// A line that opens or closes a code block.
private struct Fence {
    let indent: Int
    let mark: Character
    let length: Int
    /// The words after the marks.
    let info: [Substring]

    init?(_ line: Substring) {
        let body = line.drop { $0 == " " }
        guard let mark = body.first, mark == "`" || mark == "~" else { return nil }
        let rest = body.drop { $0 == mark }
        indent = line.count - body.count
        length = body.count - rest.count
        self.mark = mark
        info = rest.split { $0 == " " || $0 == "\t" }
        // `code` in one line, written with three backticks, opens nothing.
        guard indent <= 3, length >= 3, mark == "~" || !rest.contains("`") else { return nil }
    }

    func closes(_ other: Fence) -> Bool {
        mark == other.mark && length >= other.length && info.isEmpty
    }
}
