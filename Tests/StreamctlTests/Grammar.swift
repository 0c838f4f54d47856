@testable import streamctl

/// Every command of the program with the way to it, the program first.
func everyPath(from path: [Command] = [Program.command]) -> [[Command]] {
    [path] + (path.last?.subcommands ?? []).flatMap { everyPath(from: path + [$0]) }
}

func request(_ words: [String]) throws(UsageError) -> CommandLineParser.Request {
    try CommandLineParser(program: Program.command).request(for: words)
}

/// The words as a shell without quotes would cut them.
func request(_ line: String) throws(UsageError) -> CommandLineParser.Request {
    try request(line.split(separator: " ").map(String.init))
}

/// What the program says to a wrong line; `nil` when the line is right.
func complaint(_ line: String) -> String? {
    do throws(UsageError) {
        _ = try request(line)
        return nil
    } catch {
        return error.message
    }
}

struct NotACommand: Error {}

/// The arguments that a line gives to its command.
func arguments(_ words: [String]) throws -> Arguments {
    guard case .run(_, let arguments) = try request(words) else { throw NotACommand() }
    return arguments
}

func arguments(_ line: String) throws -> Arguments {
    try arguments(line.split(separator: " ").map(String.init))
}
