/// The path of a file, or `none`.
struct OptionalPath: Notation {
    private let text = PlainText(bytesMax: 1024)

    let expectation = "the path of a file, or none"
    let range = "a path, none"

    func read(_ text: String) throws(Fault) -> String? {
        text == "none" ? nil : try self.text.read(text)
    }

    func show(_ value: String?) -> String { value ?? "none" }
}
