/// A YAML value and where it stands: what is left of a document when styles and comments are gone.
package struct YAMLNode: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// The text with escapes and folding done, but not typed; `isPlain` where it stood without quotes.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the order of the file. Keys are distinct in a document without findings.
        case mapping([Entry])
    }

    /// One line of a mapping.
    package struct Entry: Equatable, Sendable {
        package var key: String
        /// From 1.
        package var keyLine: Int
        package var value: YAMLNode

        package init(key: String, keyLine: Int, value: YAMLNode) {
            self.key = key
            self.keyLine = keyLine
            self.value = value
        }
    }

    package var content: Content
    /// From 1.
    package var line: Int
    /// From 1, in characters.
    package var column: Int

    package init(content: Content, line: Int, column: Int) {
        self.content = content
        self.line = line
        self.column = column
    }
}

extension YAMLNode {
    /// Nothing at all, `~` or `null`, without quotes.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The text of a scalar, be it quoted, plain or null.
    package var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The whole number that a scalar is, quoted or not; underscores may group its digits.
    package var wholeNumber: Int? {
        text.flatMap(WholeNumber.digits(in:)).flatMap { Int($0) }
    }

    /// `true` or `false`, and none of YAML 1.1's other spellings.
    package var flag: Bool? {
        text.flatMap { Bool($0) }
    }

    package var items: [YAMLNode]? {
        guard case .sequence(let items) = content else { return nil }
        return items
    }

    package var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// The text of a scalar; of a list of scalars, each after a line break of its own.
    var listText: String? {
        guard let items else { return text }
        let texts = items.compactMap { $0.isNull ? nil : $0.text }
        guard texts.count == items.count else { return nil }
        return texts.map { "\n\($0)" }.joined()
    }

    /// The value of a key of a mapping.
    package subscript(key: String) -> YAMLNode? {
        entries?.first { $0.key == key }?.value
    }

    /// What kind of value it is, for messages: "a text", "a list", "a group of keys".
    package var noun: String {
        switch content {
        case .scalar: isNull ? "empty" : "a single value"
        case .sequence: "a list"
        case .mapping: "a group of keys"
        }
    }
}
