import Testing

@testable import Telemetry

@Suite struct RedactedTests {
    @Test(arguments: [
        ("redis://localhost:6379/0", "redis://localhost:6379/0"),
        ("redis://joe:secret@host:6379/0", "redis://joe:***@host:6379/0"),
        ("redis://:secret@host", "redis://:***@host"),
        ("redis://secret@host", "redis://***@host"),
        ("redis://joe:se:cr/et@1@host/0", "redis://joe:***@host/0"),
        ("redis://joe:se?cret@host", "redis://joe:***@host"),
        ("joe:secret@host:6379", "joe:***@host:6379"),
        ("redis://host/0?password=secret&timeout=5", "redis://host/0?password=***&timeout=5"),
        ("redis://host?timeout=5&auth_token=secret", "redis://host?timeout=5&auth_token=***"),
        ("redis://host?PASSWORD=secret", "redis://host?PASSWORD=***"),
        ("unix:/run/redis.sock", "unix:/run/redis.sock"), ("", ""), ("@", "***@"), ("?", "?"), ("://", "://"),
    ])
    func hidesSecrets(url: String, expected: String) {
        #expect(redacted(url) == expected)
    }
}
