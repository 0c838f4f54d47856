/// `true` or `false`. YAML 1.1's yes, no, on and off are refused: YAML 1.2 reads them as texts.
struct Flag: Notation {
    let expectation = "true or false"
    let range = "true, false"

    func read(_ text: String) throws(Fault) -> Bool {
        guard let flag = Bool(text) else {
            throw Fault("is \(quoted(text)), which is neither true nor false")
        }
        return flag
    }

    func show(_ value: Bool) -> String { "\(value)" }
}
