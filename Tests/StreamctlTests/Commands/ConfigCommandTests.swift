import Settings
import Testing

@testable import streamctl

@Suite struct ConfigCommandTests {
    @Test func showsWhatHoldsAndWhereItComesFrom() throws {
        let scratch = try Scratch()
        let file = try scratch.write("s.yaml", "lists:\n  size: 7\n")
        let heard = try config("-c \(file) --set lists.fallback_interval_ms=500")
        #expect(heard.code == .done)
        let rows = heard.output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.contains(["lists.size", "7", "\(file):2", "20"]))
        #expect(rows.contains(["lists.fallback_interval_ms", "500", "--set", "1000"]))
        #expect(rows.contains(["kafka.group", "freshet", "default", "freshet"]))
    }

    @Test func explainsEveryKey() throws {
        let text = try config("--explain --set lists.size=9").output
        for key in Settings.keys { #expect(text.contains("\(key.path): ") && text.contains(key.reason)) }
        #expect(text.contains("\nlists.size: 9  # --set\n    Entries of a list"))
        #expect(text.contains("\n    1…200 items; default 20\n"))
    }

    @Test(arguments: ["", "--explain "])
    func passwordsAreNeverShown(flag: String) throws {
        let words = ["redis.url=redis://joe:hunter2@h", "kafka.properties.sasl.password=hunter2"]
        let heard = try config("\(flag)\(words.map { "--set \($0)" }.joined(separator: " "))")
        #expect(heard.output.contains("redis://joe:****@h:6379"))
        #expect(heard.output.contains("kafka.properties.sasl.password"))
        #expect(!"\(heard)".contains("hunter2"))
    }

    @Test func refusesWhatRunRefuses() throws {
        let heard = try config("--set lists.size=900 --set kafka.properties.acks=0")
        #expect(heard.code == .badConfiguration)
        #expect(heard.output.isEmpty)
        #expect(heard.diagnostics.contains("--set: error: lists.size is"))
        #expect(heard.failure == "the settings have 2 errors. Mend the lines above.")
    }

    @Test(arguments: [("/", "is a folder."), ("/no/such/file", "does not exist.")])
    func namesAFileThatCannotBeRead(path: String, problem: String) throws {
        let heard = try config("-c \(path)")
        #expect(heard.code == .badConfiguration)
        #expect(heard.failure?.hasPrefix("settings file '\(path)' \(problem)") == true)
    }

    private func config(_ line: String) throws -> Heard {
        try hear("config \(line)") { (arguments, console) throws(CommandFailure) in
            try ConfigCommand.run(arguments, console: console)
        }
    }
}
