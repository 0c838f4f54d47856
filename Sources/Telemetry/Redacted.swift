/// A URL as it may be shown: its password, a lone token before the `@` and the values of secret-looking query
/// parameters read `***`.
///
/// In doubt it hides too much: a password that was not percent-encoded may hold any character, so everything up
/// to the last `@` counts as credentials.
package func redacted(_ url: String) -> String {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    var shown = String(url[..<start])
    var rest = url[start...]
    if let at = rest.lastIndex(of: "@") {
        let credentials = rest[..<at]
        if let colon = credentials.firstIndex(of: ":") {
            shown += credentials[...colon]
        }
        shown += "***@"
        rest = rest[rest.index(after: at)...]
    }
    guard let question = rest.firstIndex(of: "?") else { return shown + rest }
    let query = rest[rest.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false)
    return shown + rest[...question] + query.map(redactedPair).joined(separator: "&")
}

private func redactedPair(_ pair: Substring) -> String {
    let secrets = ["pass", "pwd", "secret", "token", "key", "auth", "credential"]
    guard let equals = pair.firstIndex(of: "="),
        secrets.contains(where: { pair[..<equals].lowercased().contains($0) })
    else { return String(pair) }
    return "\(pair[..<equals])=***"
}
