/// `streamctl bench`: how fast it is.
enum BenchCommand {
    static let name = Parameter<String?>.option(
        "case", "NAME", as: .text("the name of a case"), "Measure only this case.")
    static let list = Parameter<Bool>.flag("list", "Say which cases there are, and measure none.")
    static let runs = Parameter<Int?>.option(
        "runs", "N", as: .number(in: 1...1_000),
        "Runs of each case. Without it: as many as the case asks for.")
    static let file = Parameter<String>.option(
        "file", "FILE", as: .path, default: "Tests/Data/ml-latest-small/ratings.csv",
        "Real ratings to measure with, and movies.csv beside them.")

    static let limits = Parameter<String?>.option(
        "limits", "FILE", as: .path,
        "Measure the cases that this file names, and fail where one allocates more often than it says.")

    static let command = Command(
        name: "bench",
        summary: "Measure how fast each part is",
        discussion: [
            """
            Prints one JSON object a line: the case, the median of some runs after a warm-up, its unit, and the \
            spread, which is the distance of the fastest from the slowest run as a part of the median. Measure on \
            a machine with nothing else to do, and with a release build.
            """,
            """
            Heap allocations are counted where 'libfreshet-allocations.so' lies beside the program: 'make bench' \
            builds it, and this command then starts itself anew with it. They are those of the measured thread, \
            for each event.
            """,
        ],
        parameters: [name, list, limits, runs, file],
        exclusive: [name.form, list.form, limits.form],
        examples: [
            .init(purpose: "Measure everything", line: "streamctl bench"),
            .init(purpose: "Measure the whole way only", line: "streamctl bench --case pipeline"),
        ],
        failsWhen: "a case could not be measured, or allocates more often than it may",
        body: { (arguments) throws(CommandFailure) in
            HeapCounter.begin()
            return try run(arguments)
        })

    static func run(_ arguments: Arguments, console: Console = .standard) throws(CommandFailure) -> ExitCode {
        if arguments[list] {
            for one in BenchCase.all { console.output.print("\(one.name)  (\(one.unit))  \(one.purpose)") }
            return .done
        }
        let limits = try arguments[limits].map { (path) throws(CommandFailure) in
            try AllocationLimits(reading: path)
        }
        let names = limits?.limits.map(\.name) ?? arguments[name].map { [$0] }
        let cases = try names?.map { (name) throws(CommandFailure) in try named(name) }
        let input = BenchInput(path: arguments[file])
        var excesses: [String] = []
        for var one in cases ?? BenchCase.all {
            if let runs = arguments[runs] { one.runs = runs }
            let result = try one.measure(input)
            console.output.print("\(result.json)")
            console.diagnostics.print(result.text)
            if let detail = input.detail { console.diagnostics.print(detail) }
            input.detail = nil
            if let excess = limits?.excess(of: result) { excesses.append(excess) }
        }
        guard excesses.isEmpty else {
            throw CommandFailure(
                .failed, "\(excesses.joined(separator: "; ")). Run it with 'make allocations'.")
        }
        return .done
    }

    private static func named(_ name: String) throws(CommandFailure) -> BenchCase {
        if let found = BenchCase.all.first(where: { $0.name == name }) { return found }
        let mend =
            nearestName(to: name, among: BenchCase.all.map(\.name)).map { "Did you mean '\($0)'?" }
            ?? "'streamctl bench --list' names them all."
        throw CommandFailure(.wrongUsage, "there is no case '\(name)'. \(mend)")
    }
}
