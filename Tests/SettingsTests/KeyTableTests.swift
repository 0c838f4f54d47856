import Foundation
import Settings
import Testing

/// The table of keys, the structs and `config/freshet.yaml` say the same.
struct KeyTableTests {
    /// A property without a row could never be set: every stored value has exactly one.
    @Test func hasARowForEveryProperty() {
        func leaves(_ value: Any) -> Int {
            let name = "\(type(of: value))"
            guard name.hasSuffix("Settings") || name == "Topics" else { return 1 }
            return Mirror(reflecting: value).children.map { leaves($0.value) }.reduce(0, +)
        }
        #expect(leaves(Settings()) == Settings.keys.count)
        #expect(Set(Settings.keys.map(\.path)).count == Settings.keys.count)
    }

    /// Each default, written as the table shows it, is read back as the same value and lies within its range.
    @Test(arguments: Settings.keys.filter { $0.standard != "{}" }.map { "\($0.path)=\($0.standard)" })
    func takesItsOwnDefaults(override: String) {
        let loaded = Settings.load(yaml: "", source: "", overrides: [override])
        #expect(loaded.findings.isEmpty)
        #expect(loaded.settings == Settings())
        #expect(loaded.origins.count == 1)
    }

    @Test(arguments: Settings.keys.map(\.reason))
    func givesAReasonInOneLine(reason: String) {
        #expect((10...100).contains(reason.count))
        #expect(reason.hasSuffix("."))
        #expect(!reason.contains("\n"))
    }

    @Test func agreesWithTheFileOfDefaults() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let yaml = Array(try Data(contentsOf: root.appending(path: "config/freshet.yaml")))
        let loaded = Settings.load(yaml: yaml, source: "config/freshet.yaml")
        #expect(loaded.findings.map(\.description) == [])
        #expect(loaded.settings == Settings())
        let paths = Settings.keys.map(\.path).filter { $0 != "kafka.properties" }
        let lines = paths.compactMap { path -> Int? in
            guard case .file(let line)? = loaded.origins[path] else { return nil }
            return line
        }
        #expect(lines.count == paths.count)
        #expect(lines == lines.sorted(), "The file has the order of the table.")
        let elsewhere = Settings.load(
            yaml: yaml, source: "config/freshet.yaml",
            environment: ["FRESHET_KAFKA": "kafka:29092", "FRESHET_REDIS": "redis://redis"])
        #expect(elsewhere.settings.kafka.brokers == "kafka:29092")
        #expect(elsewhere.settings.redis.url == RedisURL(endpoint: .tcp(host: "redis", port: 6379)))
    }
}
