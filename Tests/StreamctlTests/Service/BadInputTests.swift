import Testing

@testable import streamctl

/// What is wrong is said in one line, with the place and the mend, and the exit code is the right one.
@Suite(.ownThread) struct BadInputTests {
    @Test(arguments: [
        ("run -c missing.yaml", ExitCode.badConfiguration, "settings file 'missing.yaml' does not exist."),
        ("run -c .", .badConfiguration, "settings file '.' is a folder."),
        ("demo --file missing.csv", .failed, "'missing.csv' does not exist"),
        ("demo --file .", .failed, "'.' is a folder"),
        ("demo --file Package.swift", .failed, "'Package.swift' has an unknown format"),
        ("demo --catalog missing.csv", .failed, "'missing.csv' does not exist"),
    ])
    func aWrongFileIsOneLine(line: String, code: ExitCode, words: String) throws {
        let heard = try hear(line) { (arguments, console) throws(CommandFailure) in
            line.hasPrefix("run")
                ? try RunCommand.run(arguments, console: console, shouldStop: { true })
                : try DemoCommand.run(arguments, console: console)
        }
        #expect(heard.code == code)
        let failure = try #require(heard.failure)
        #expect(failure.contains(words))
        #expect(!failure.contains("\n") && failure.hasSuffix("."))
        #expect(heard.output.isEmpty && heard.diagnostics.isEmpty)
    }

    @Test func anUnknownKeyIsNamedWithItsLine() throws {
        let scratch = try Scratch()
        let file = try scratch.write("freshet.yaml", "kafka:\n  broker: localhost:9092\n")
        let heard = try hear("run -c \(file)") { (arguments, console) throws(CommandFailure) in
            try RunCommand.run(arguments, console: console, shouldStop: { true })
        }
        #expect(heard.code == .badConfiguration)
        #expect(heard.failure == "the settings have an error. Mend the line above.")
        #expect(
            heard.diagnostics
                == "\(file):2: error: kafka.broker is not a known key. Did you mean kafka.brokers?\n")
    }

    /// Nobody listens on port 1: both servers are waited for, and a stop is heard all the same.
    @Test func wrongPortsAreSaidOnceAndWaitedFor() throws {
        var turns = 0
        let scratch = try Scratch()
        let line =
            "run --set kafka.brokers=127.0.0.1:1 --set redis.url=redis://127.0.0.1:1 --set batch.poll_ms=10"
            + " --set state.folder=\(scratch.path)"
        let heard = try hear(line) { (arguments, console) throws(CommandFailure) in
            try RunCommand.run(
                arguments, console: console,
                shouldStop: {
                    turns += 1
                    return turns > 30
                })
        }
        #expect(heard.failure == nil && heard.code == .done)
        let lines = heard.diagnostics.split(separator: "\n")
        for words in [
            "Kafka at 127.0.0.1:1 does not answer", "Redis at redis://127.0.0.1:1 refuses connections",
        ] {
            #expect(lines.count { $0.contains(words) } == 1, "\(words) in \(heard.diagnostics)")
        }
        #expect(heard.output.hasPrefix("events read   0 = 0 learned"))
    }

    @Test func aDemoWithoutARedisServerSaysWhatToInstall() throws {
        let program = try RunningProgram(["demo", "--limit", "10"], environment: ["PATH": "/nowhere"])
        let end = try program.end()
        #expect(end == .init(code: 1, output: ""))
        #expect(
            program.said
                == "error: 'redis-server' is not installed or not in PATH. Run 'apt-get install redis-server'.\n"
        )
    }
}
