/// The name of a Kafka topic: what the broker accepts, and no more.
struct TopicName: Notation {
    let expectation = "1 to 249 letters, digits, '.', '_' or '-' (not '.' or '..')"
    let range = "Kafka topic name"

    func read(_ text: String) throws(Fault) -> String {
        let isLegal = text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
            default: false
            }
        }
        guard isLegal, (1...249).contains(text.utf8.count), text != ".", text != ".." else {
            throw Fault("is \(quoted(text)), which is not a name that Kafka takes")
        }
        return text
    }

    /// Whether a broker refuses the second of the two: its metrics write dots as underscores.
    static func collide(_ left: String, _ right: String) -> Bool {
        left.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "_")
            == right.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "_")
    }
}
