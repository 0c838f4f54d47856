/// Native properties of librdkafka, passed on as they are. Printing them masks the secrets.
package struct KafkaProperties: Equatable, Sendable {
    private var values: [String: String] = [:]

    package init() {}

    package subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// In the order of their names, so that every run does the same.
    package var pairs: [(name: String, value: String)] {
        values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// The same, with `****` for every secret.
    package var maskedPairs: [(name: String, value: String)] {
        pairs.map { (name: $0.name, value: Self.isSecret($0.name) ? "****" : $0.value) }
    }

    /// Whether a property of this name holds what must not be printed: a password, a private key, a token.
    package static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["password", "secret", "token", "key.pem", "jaas", "oauthbearer.config"].contains {
            name.contains($0)
        }
    }
}

extension KafkaProperties: ExpressibleByDictionaryLiteral {
    /// Of equal names the last wins.
    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { values[name] = value }
    }
}

extension KafkaProperties: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        "{\(maskedPairs.map { "\($0.name): \($0.value)" }.joined(separator: ", "))}"
    }

    package var debugDescription: String { description }
}
