import Testing

@testable import streamctl

@Suite struct CommandLineParserTests {
    @Test func readsEveryWayToGiveAValue() throws {
        for line in ["recommend 42 -n 3", "recommend 42 -n3", "recommend -n 3 42", "recommend --count=3 42"] {
            let arguments = try arguments(line)
            #expect(arguments[RecommendCommand.count] == 3, "\(line)")
            #expect(arguments[RecommendCommand.user] == "42", "\(line)")
        }
    }

    @Test func fillsInWhatIsLeftOut() throws {
        let arguments = try arguments("demo")
        #expect(arguments[DemoCommand.file] == "Tests/Data/ml-latest-small/ratings.csv")
        #expect(arguments[DemoCommand.partitions] == 4)
        #expect(arguments[DemoCommand.limit] == nil)
        #expect(arguments[DemoCommand.rate] == nil)
        #expect(!arguments[DemoCommand.keep])
        #expect(try request("run").command?.name == "run")
    }

    @Test func readsEverythingThatReplayTakes() throws {
        let arguments = try arguments(
            """
            replay a.csv --rate 5k/s -c x.yaml --set a.b=c - --limit 1.5M --set kafka.properties.x=-1 --topic t.v1 \
            --brokers=a:1,b:2 --from 2018-09-24 --to 1537800000 --json --dry-run b.csv
            """)
        #expect(arguments[ReplayCommand.files] == ["a.csv", "-", "b.csv"])
        #expect(arguments[ReplayCommand.rate] == 5000)
        #expect(arguments[ReplayCommand.speed] == nil)
        #expect(arguments[ReplayCommand.limit] == 1_500_000)
        #expect(arguments[ReplayCommand.topic] == "t.v1")
        #expect(arguments[ReplayCommand.brokers] == "a:1,b:2")
        #expect(arguments[ReplayCommand.from] == 1_537_747_200_000)
        #expect(arguments[ReplayCommand.to] == 1_537_800_000_000)
        #expect(arguments[ReplayCommand.dryRun] && arguments[CommonParameters.json])
        #expect(arguments[CommonParameters.config] == "x.yaml")
        #expect(
            arguments[CommonParameters.set] == [
                Assignment(key: "a.b", value: "c"), Assignment(key: "kafka.properties.x", value: "-1"),
            ])
    }

    @Test(arguments: [
        (["recommend", "--", "-42"], "-42"), (["recommend", "-42"], "-42"), (["recommend", "-"], "-"),
        (["recommend", "--", "--help"], "--help"), (["recommend", "--", "--"], "--"),
        (["recommend", "é 雪\n"], "é 雪\n"), (["recommend", "a=b"], "a=b"), (["recommend", "-.5"], "-.5"),
    ])
    func readsOddUserIds(words: [String], user: String) throws {
        #expect(try arguments(words)[RecommendCommand.user] == user)
    }

    @Test func aValueMayHoldAnEqualsSignOrBeEmpty() throws {
        let arguments = try arguments(["run", "--set=a.b=c=d", "--set", "a.b=", "--set", "x=a b"])
        #expect(arguments[CommonParameters.set].map(\.value) == ["c=d", "", "a b"])
        #expect(arguments[CommonParameters.set].map(\.text) == ["a.b=c=d", "a.b=", "x=a b"])
    }

    @Test func aFlagMayBeGivenTwice() throws {
        #expect(try arguments("doctor --json --json")[CommonParameters.json])
    }

    @Test func knowsTheVersion() throws {
        guard case .version = try request("--version") else {
            Issue.record("--version was not understood")
            return
        }
    }

    @Test(arguments: [
        ("", "missing command: write 'streamctl COMMAND', one of demo, run,", "streamctl"),
        ("rpelay", "unknown command 'rpelay'. Did you mean 'replay'?", "streamctl"),
        ("hlep", "unknown command 'hlep'. Did you mean 'help'?", "streamctl"),
        ("frobnicate", "unknown command 'frobnicate'. There are demo, run,", "streamctl"),
        ("DEMO", "unknown command 'DEMO'.", "streamctl"),
        ("--json demo", "unknown option '--json'. Options come after the command.", "streamctl"),
        ("--vresion", "unknown option '--vresion'. Did you mean '--version'?", "streamctl"),
        ("help rpelay", "unknown command 'rpelay'. Did you mean 'replay'?", "streamctl"),
        (
            "help lint x", "'streamctl lint' has no commands of its own: leave out what follows it.",
            "streamctl lint"
        ),
        (
            "topics", "missing command: write 'streamctl topics COMMAND', one of plan and apply.",
            "streamctl topics"
        ),
        ("topics aply", "unknown command 'aply'. Did you mean 'apply'?", "streamctl topics"),
        (
            "topics plan x", "unexpected argument 'x': 'streamctl topics plan' takes options only.",
            "streamctl topics plan"
        ),
        ("replay f --limt 3", "unknown option '--limt'. Did you mean '--limit'?", "streamctl replay"),
        ("replay f --lim 3", "unknown option '--lim'. Did you mean '--limit'?", "streamctl replay"),
        ("replay f -limit 3", "unknown option '-limit'. Did you mean '--limit'?", "streamctl replay"),
        ("replay f --limt=3", "unknown option '--limt'. Did you mean '--limit'?", "streamctl replay"),
        ("replay f --qqqqqq", "unknown option '--qqqqqq'.", "streamctl replay"),
        ("replay f -z", "unknown option '-z'.", "streamctl replay"),
        ("replay f --=3", "unknown option '--'.", "streamctl replay"),
        ("replay", "missing FILE: write 'streamctl replay FILE...'.", "streamctl replay"),
        ("replay f --limit", "option '--limit' needs a value: write '--limit N'.", "streamctl replay"),
        (
            "replay f --limit --json", "option '--limit' needs a value: write '--limit N'. If it begins",
            "streamctl replay"
        ),
        (
            "replay f --limit -5", "'--limit' cannot be '-5': write a whole number of 1 or more,",
            "streamctl replay"
        ),
        ("replay f --limit=", "'--limit' cannot be '': write a whole number", "streamctl replay"),
        ("replay f --limit 0", "'--limit' cannot be '0': write a whole number", "streamctl replay"),
        (
            "replay f --limit 1 --limit 2", "option '--limit' was given 2 times: give it once.",
            "streamctl replay"
        ),
        ("replay f --json=yes", "option '--json' takes no value: write '--json' alone.", "streamctl replay"),
        ("replay f --rate 1/s --speed 2x", "'--rate' and '--speed' exclude one another:", "streamctl replay"),
        (
            "replay f --brokers a:99999", "'--brokers' cannot be 'a:99999': write HOST:PORT,",
            "streamctl replay"
        ),
        ("recommend", "missing USER: write 'streamctl recommend USER'.", "streamctl recommend"),
        (
            "recommend 1 2", "unexpected argument '2': write 'streamctl recommend USER'.",
            "streamctl recommend"
        ),
        ("recommend 1 -n", "option '--count' needs a value: write '--count N'.", "streamctl recommend"),
        (
            "recommend 1 -n 0", "'--count' cannot be '0': write a whole number from 1 to 1000.",
            "streamctl recommend"
        ),
        ("run --set a", "'--set' cannot be 'a': write KEY=VALUE, such as lists.size=20.", "streamctl run"),
        ("run --offset 1h", "'--offset' cannot be '1h': write earliest, latest,", "streamctl run"),
    ])
    func saysWhatIsWrongAndTheMend(line: String, beginning: String, path: String) throws {
        let message = try #require(complaint(line), "'\(line)' was accepted")
        #expect(message.hasPrefix(beginning), "\(message)")
        #expect(message.hasSuffix(" See '\(path) --help'."), "\(message)")
    }

    @Test func neverRepeatsAPasswordOrATerminalSequence() throws {
        let wrong = try #require(complaint("recommend 1 --redis http://joe:secret@host"))
        #expect(wrong.contains("http://joe:***@host"))
        #expect(!wrong.contains("secret"))
        let steering = try #require(complaint("recommend 1 \u{1B}[2J\u{202E}x"))
        #expect(steering.contains(#"'\u{1B}[2J\u{202E}x'"#))
        let long = try #require(complaint("recommend 1 \(String(repeating: "x", count: 10_000))"))
        #expect(long.count < 250)
    }
}

extension CommandLineParser.Request {
    var command: Command? {
        if case .run(let command, _) = self { command } else { nil }
    }
}
