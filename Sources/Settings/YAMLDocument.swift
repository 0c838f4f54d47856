/// A file with one YAML document, read with the caution that a file from outside deserves.
///
/// Refused, with the line: more than 1 MiB, ill-formed UTF-8, control characters, aliases (which could unfold
/// without bound), tags, more than one document, keys that are not plain text, keys that stand twice, and
/// more than 64 levels. Scalars are left untyped: who reads them knows what they should be.
package struct YAMLDocument: Equatable, Sendable {
    package static let bytesMax = 1 << 20
    package static let levelsMax = 64

    /// `nil` when there is nothing but comments, or when the text could not be read to its end.
    package let root: YAMLNode?
    /// At most `Finding.countMax`, and the one that stopped the reading, in the order of the file.
    package let findings: [Finding]

    /// - Parameters:
    ///   - source: the file's name for the findings.
    ///   - firstLine: the line that the text's first line has in its file; not 1 for a block in Markdown.
    package init(parsing bytes: [UInt8], source: String, firstLine: Int = 1) {
        guard bytes.count <= Self.bytesMax else {
            root = nil
            findings = [
                Finding(
                    source: source,
                    problem: "The file has \(bytes.count) bytes; at most \(Self.bytesMax) are read",
                    mend: "Check that it is the right file.")
            ]
            return
        }
        // libyaml would count a byte order mark as a column, and so as indentation.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        var builder = YAMLBuilder(source: source, firstLine: firstLine)
        root = text.isEmpty ? nil : text.withUnsafeBufferPointer { builder.build(from: $0) }
        findings = builder.findings
    }

    package init(parsing text: String, source: String, firstLine: Int = 1) {
        self.init(parsing: Array(text.utf8), source: source, firstLine: firstLine)
    }
}
