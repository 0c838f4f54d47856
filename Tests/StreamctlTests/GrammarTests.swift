import Testing

@testable import streamctl

/// What the grammar can do beyond what today's commands need of it.
@Suite struct GrammarTests {
    private static let key = Parameter<String>.required(
        "key", short: "k", "KEY", as: .text("a key"), "What to keep.")
    private static let level = Parameter<Int>.option(
        "level", short: "l", "N", as: Reading(expects: "a level from -9 to 9") { Int($0) }, default: "-1",
        "How much.")
    private static let all = Parameter<Bool>.flag("all", short: "a", "Everything.")
    private static let brief = Parameter<Bool>.flag("brief", short: "b", "Little.")
    private static let source = Parameter<String>.operand("SOURCE", as: .path, "From where.")
    private static let targets = Parameter<[String]>.operands("TARGET", atLeast: 0, as: .path, "To where.")

    private let program = Command(
        name: "tool", summary: "a tool",
        subcommands: [
            Command(
                name: "copy", summary: "Copy things",
                parameters: [Self.source, Self.targets, Self.key, Self.level, Self.all, Self.brief])
        ])

    @Test func shortFlagsStandTogether() throws {
        let arguments = try arguments("copy -abk x here")
        #expect(arguments[Self.all] && arguments[Self.brief])
        #expect(arguments[Self.key] == "x" && arguments[Self.source] == "here")
        #expect(try self.arguments("copy -akx here")[Self.key] == "x")
    }

    @Test func negativeNumbersAreValuesAndOperands() throws {
        let arguments = try arguments("copy --level -5 -kx -7")
        #expect(arguments[Self.level] == -5)
        #expect(arguments[Self.source] == "-7")
        #expect(try self.arguments("copy s -kx -l-3")[Self.level] == -3)
        #expect(try self.arguments("copy s -kx -l -3")[Self.level] == -3)
        #expect(try self.arguments("copy s -kx")[Self.level] == -1)
    }

    @Test func operandsAreFilledInOrder() throws {
        let arguments = try arguments("copy a -k x b -- -c --all --")
        #expect(arguments[Self.source] == "a")
        #expect(arguments[Self.targets] == ["b", "-c", "--all", "--"])
        #expect(!arguments[Self.all])
    }

    @Test(arguments: [
        ("copy s", "missing option '--key': write '--key KEY'."),
        ("copy -k x", "missing SOURCE: write 'tool copy SOURCE [TARGET...]'."),
        ("copy s -k", "option '--key' needs a value: write '--key KEY'."),
        ("copy s -k x --key y", "option '--key' was given 2 times: give it once."),
        ("copy s -kx -axb", "unknown option '-axb'."),
        ("copy s -kx -inf", "unknown option '-inf'."),
        ("copy s -kx --level high", "'--level' cannot be 'high': write a level from -9 to 9."),
    ])
    func mistakesAreTold(line: String, beginning: String) {
        #expect {
            _ = try request(line)
        } throws: { error in
            (error as? UsageError)?.message.hasPrefix(beginning) == true
        }
    }

    @Test func thePageShowsWhatIsRequired() throws {
        guard case .help(let page) = try request("copy -h") else {
            Issue.record("no help")
            return
        }
        #expect(
            page == """
                tool copy: Copy things.

                Usage: tool copy --key KEY [OPTIONS] SOURCE [TARGET...]

                Arguments:
                  SOURCE       From where.
                  [TARGET...]  To where.

                Options:
                  -k, --key KEY  What to keep. (required)
                  -l, --level N  How much. (default: -1)
                  -a, --all      Everything.
                  -b, --brief    Little.
                  -h, --help     Show this page.

                Exit codes:
                  0   done
                  1   failed: it could not be done; the reason is on standard error
                  64  wrong usage
                  78  bad configuration

                """)
    }

    private func request(_ line: String) throws(UsageError) -> CommandLineParser.Request {
        try CommandLineParser(program: program).request(for: line.split(separator: " ").map(String.init))
    }

    private func arguments(_ line: String) throws -> Arguments {
        guard case .run(_, let arguments) = try request(line) else { throw NotACommand() }
        return arguments
    }
}
