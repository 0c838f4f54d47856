/// What a scalar says when `${VAR}`, `${VAR:default}` and `$$` (for `$`) are replaced.
///
/// Everything between the colon and the first `}` is the default; it may be empty. A variable that is set to
/// nothing is set. Any other `$` stands for itself.
struct Interpolation: Equatable {
    private(set) var text = ""
    /// The variables whose values were taken, in order.
    private(set) var variables: [String] = []

    init(of scalar: String, environment: [String: String]) throws(Fault) {
        var rest = scalar[...]
        while let dollar = rest.firstIndex(of: "$") {
            text += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            switch rest.first {
            case "$":
                text += "$"
                rest.removeFirst()
            case "{":
                guard let close = rest.firstIndex(of: "}") else {
                    throw Fault(
                        "has a '${' without its '}'", mend: "Close it, or write '$$' for a dollar sign.")
                }
                try replace(rest[..<close].dropFirst(), environment: environment)
                rest = rest[rest.index(after: close)...]
            default:
                text += "$"
            }
        }
        text += rest
    }

    private mutating func replace(_ inside: Substring, environment: [String: String]) throws(Fault) {
        let name = String(inside.prefix { $0 != ":" })
        let standard = inside.dropFirst(name.count)
        let isLegal = name.unicodeScalars.allSatisfy {
            $0 == "_" || $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
        }
        guard isLegal, let first = name.first, !first.isNumber else {
            throw Fault(
                "has \(quoted("${\(name)}")), which does not name a variable",
                mend: "Write ${NAME} or ${NAME:default}, or '$$' for a dollar sign.")
        }
        guard !standard.contains("${") else {
            throw Fault(
                "has a variable within the default of ${\(name)}", mend: "Give ${\(name):…} a plain default.")
        }
        // The shell's `${NAME:-default}`: taken by the letter, the default would begin with a minus.
        guard !standard.hasPrefix(":-") || Float(String(standard.dropFirst())) != nil else {
            throw Fault(
                "has a default for ${\(name)} that begins with '-', as in a shell",
                mend: "Write ${\(name):default}, without the minus.")
        }
        if let value = environment[name] {
            text += value
            variables.append(name)
        } else if !standard.isEmpty {
            text += standard.dropFirst()
        } else {
            throw Fault(
                "needs the environment variable \(name), which is not set",
                mend: "Set \(name), or write ${\(name):default}.")
        }
    }
}
