/// The path of a folder, absolute or from where the program was started.
struct FolderPath: Notation {
    private let text = PlainText(bytesMax: 1024)

    let expectation = "the path of a folder"
    let range = "a path"

    func read(_ text: String) throws(Fault) -> String {
        guard !text.hasPrefix("~") else {
            throw Fault(
                "begins with '~', which only a shell understands", mend: "Write ${HOME} in its place.")
        }
        return try self.text.read(text)
    }
}
