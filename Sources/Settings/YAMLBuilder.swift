import CYAML

/// Makes nodes of libyaml's events, without recursion: nesting comes from outside and must not use up our
/// stack.
struct YAMLBuilder {
    /// Why reading cannot go on.
    struct Stop: Error {
        var line: Int?
        var problem: String
        var mend: String
    }

    private struct Level {
        var line: Int
        var column: Int
        var isMapping: Bool
        var items: [YAMLNode] = []
        var entries: [YAMLNode.Entry] = []
        var pendingKey: (name: String, line: Int)?
        var lineOfKey: [String: Int] = [:]
    }

    let source: String
    let firstLine: Int
    private(set) var findings: [Finding] = []
    private var levels: [Level] = []
    private var root: YAMLNode?

    init(source: String, firstLine: Int) {
        self.source = source
        self.firstLine = firstLine
    }

    /// The document's root, or `nil` when it is empty or reading had to stop.
    mutating func build(from bytes: UnsafeBufferPointer<UInt8>) -> YAMLNode? {
        do throws(Stop) {
            try read(bytes)
            return root
        } catch {
            findings.append(
                Finding(source: source, line: error.line, problem: error.problem, mend: error.mend))
            return nil
        }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(Stop) {
        guard let parser = YAMLParser(reading: bytes) else {
            throw Stop(
                line: nil, problem: "There is no memory left to read the file",
                mend: "Free some and try again.")
        }
        while true {
            let isDone = try parser.withNext { (event) throws(Stop) in try take(event) }
            if isDone == true { return }
            if isDone == nil { throw refusal(parser.failure, of: bytes) }
        }
    }

    /// Returns whether the stream is at its end.
    private mutating func take(_ event: yaml_event_t) throws(Stop) -> Bool {
        let line = Int(event.start_mark.line) + firstLine
        let column = Int(event.start_mark.column) + 1
        switch event.type {
        case YAML_STREAM_END_EVENT:
            return true
        case YAML_DOCUMENT_START_EVENT where root != nil:
            throw Stop(
                line: line, problem: "A second document begins here",
                mend: "Keep one document in a file: remove this '---'.")
        case YAML_ALIAS_EVENT:
            throw Stop(
                line: line, problem: "An alias (*name) stands here, and aliases are not read",
                mend: "Write the value out. A text that begins with * needs quotes.")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuseTag(scalar.tag, line: line)
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            try place(YAMLNode(content: .scalar(text, isPlain: isPlain), line: line, column: column))
        case YAML_SEQUENCE_START_EVENT:
            try refuseTag(event.data.sequence_start.tag, line: line)
            try open(Level(line: line, column: column, isMapping: false))
        case YAML_MAPPING_START_EVENT:
            try refuseTag(event.data.mapping_start.tag, line: line)
            try open(Level(line: line, column: column, isMapping: true))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            guard let level = levels.popLast() else { break }
            let content: YAMLNode.Content = level.isMapping ? .mapping(level.entries) : .sequence(level.items)
            try place(YAMLNode(content: content, line: level.line, column: level.column))
        default:
            break
        }
        return false
    }

    private mutating func open(_ level: Level) throws(Stop) {
        guard levels.count < YAMLDocument.levelsMax else {
            throw Stop(
                line: level.line, problem: "The text nests more than \(YAMLDocument.levelsMax) levels deep",
                mend: "No key of Freshet is that deep: look for a missing ']' or '}'.")
        }
        if let outer = levels.last, outer.isMapping, outer.pendingKey == nil {
            throw keyIsNoText(line: level.line)
        }
        levels.append(level)
    }

    /// Puts a finished node where it belongs: into the level that is open, as a key or as a value.
    private mutating func place(_ node: YAMLNode) throws(Stop) {
        guard let top = levels.indices.last else {
            root = node
            return
        }
        if !levels[top].isMapping {
            levels[top].items.append(node)
        } else if let key = levels[top].pendingKey {
            levels[top].pendingKey = nil
            if let earlier = levels[top].lineOfKey.updateValue(key.line, forKey: key.name) {
                refuseTwin(key.name, line: key.line, earlier: earlier)
                levels[top].lineOfKey[key.name] = earlier
            } else {
                levels[top].entries.append(YAMLNode.Entry(key: key.name, keyLine: key.line, value: node))
            }
        } else if let name = node.text, !node.isNull {
            levels[top].pendingKey = (name, node.line)
        } else {
            throw keyIsNoText(line: node.line)
        }
    }

    private mutating func refuseTwin(_ key: String, line: Int, earlier: Int) {
        guard findings.count < Finding.countMax else { return }
        let path = (levels.dropLast().compactMap { $0.pendingKey?.name } + [key]).joined(separator: ".")
        findings.append(
            Finding(
                source: source, line: line, path: path,
                problem: "stands here for the second time, after line \(earlier)",
                mend: "Keep one of the two."))
    }

    private func refuseTag(_ tag: UnsafePointer<UInt8>?, line: Int) throws(Stop) {
        guard tag != nil else { return }
        throw Stop(
            line: line, problem: "A tag (!name) stands here, and tags are not read",
            mend: "Remove it. A text that begins with ! needs quotes.")
    }

    private func keyIsNoText(line: Int) -> Stop {
        Stop(
            line: line, problem: "A key here is not a text", mend: "Write keys as plain texts: 'name: value'."
        )
    }

    private func refusal(
        _ failure: (problem: String, line: Int?, byte: Int), of bytes: UnsafeBufferPointer<UInt8>
    )
        -> Stop
    {
        if let line = failure.line {
            return Stop(
                line: line + firstLine, problem: "This is not YAML: \(failure.problem)",
                mend: "Check this line and the one above: indentation by spaces (no tabs), quotes, colons.")
        }
        let newlines = bytes.prefix(failure.byte).count { $0 == UInt8(ascii: "\n") }
        return Stop(
            line: newlines + firstLine, problem: "This is not UTF-8 text: \(failure.problem)",
            mend: "Save the file as UTF-8 without control characters.")
    }
}
