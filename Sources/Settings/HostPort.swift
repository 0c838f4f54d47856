/// A host and its TCP port, from `host`, `host:port`, `[address of IPv6]` or `[address of IPv6]:port`.
struct HostPort: Equatable, Sendable {
    /// Without the brackets.
    var host: String
    /// 1…65535.
    var port: Int

    /// `nil` when the text is neither; names may have underscores, as those of containers do.
    init?(_ text: some StringProtocol, standardPort: Int) {
        var rest = text[...]
        if rest.first == "[" {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<close])
            rest = rest[rest.index(after: close)...]
            guard host.contains(":"), host.utf8.count <= 64,
                host.allSatisfy({ $0.isHexDigit || ":.%".contains($0) || $0.isASCII && $0.isLetter })
            else { return nil }
        } else {
            let name = rest.prefix { $0 != ":" }
            host = String(name)
            rest = rest[name.endIndex...]
            guard let first = host.first, first != "-", first != ".", host.utf8.count <= 253,
                host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) })
            else { return nil }
        }
        if rest.isEmpty {
            port = standardPort
        } else {
            guard rest.first == ":",
                let number = WholeNumber.digits(in: String(rest.dropFirst())).flatMap({ Int($0) }),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        }
    }
}
