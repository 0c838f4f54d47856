/// A text without control characters or outer blanks.
struct PlainText: Notation {
    let bytesMax: Int

    var expectation: String { "a text of 1 to \(bytesMax) bytes" }
    var range: String { "1…\(bytesMax) bytes" }

    func read(_ text: String) throws(Fault) -> String {
        guard !text.isEmpty else { throw Fault("is empty") }
        guard text.utf8.count <= bytesMax else {
            throw Fault("has \(text.utf8.count) bytes, more than \(bytesMax)")
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw Fault("contains a control character")
        }
        guard text.first?.isWhitespace == false, text.last?.isWhitespace == false else {
            throw Fault("begins or ends with a blank")
        }
        return text
    }
}
