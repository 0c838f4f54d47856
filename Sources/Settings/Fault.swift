/// Why a text is not the value that a key wants; the key adds its own name and, where `mend` is `nil`, what
/// it takes instead.
struct Fault: Error, Equatable {
    /// A sentence without its subject and full stop: "is 'ten', which is not a whole number".
    var problem: String
    var mend: String?

    init(_ problem: String, mend: String? = nil) {
        self.problem = problem
        self.mend = mend
    }
}

/// The text in quotes, for a message: cut after 40 characters, control characters made visible.
func quoted(_ text: String) -> String {
    let head = text.prefix(40).unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "�" : String($0) }
    return "'\(head.joined())\(text.count > 40 ? "…" : "")'"
}
