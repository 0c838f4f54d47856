import KafkaLog
import Load
import Settings
import Telemetry

/// `streamctl loadtest`: how fresh the lists are under load, and that nothing is lost.
enum LoadTestCommand {
    static let scenario = Parameter<String?>.optionalOperand(
        "SCENARIO", as: .text("the name of a scenario, or the path of its file"),
        "A scenario of loadtest/scenarios by its name, or a file of your own. Without it: steady.")
    static let list = Parameter<Bool>.flag("list", "Say which scenarios there are, and run none.")
    static let explain = Parameter<Bool>.flag("explain", "Say what can stand in a scenario, and run none.")
    static let with = Parameter<[Assignment]>.repeated(
        "with", "KEY=VALUE", as: .assignment, "Override one value of the scenario.")
    static let rate = Parameter<Double?>.option(
        "rate", "N/s", as: .perSecond, "Events a second; for --with traffic.events_per_second=N.")
    static let duration = Parameter<Int64?>.option(
        "duration", "TIME", as: .duration, "How long after the warm-up; for --with traffic.seconds=N.")
    static let plots = Parameter<String?>.option(
        "plots", "FOLDER", as: .folder, "Draw charts into this folder, as SVG. Needs gnuplot.")

    static let command = Command(
        name: "loadtest",
        summary: "Send made-up events at a rate, and measure how fresh the lists are",
        discussion: [
            """
            Makes the events of a crowd of users that does not exist, with tastes that a model can learn, sends \
            them to Kafka, has them learned by a 'streamctl run' of its own, and reads lists from Redis as a front \
            end would. Latency counts from when an event was due, so that a stall is not hidden. In the end every \
            event must be accounted for, and every list must know its user's newest event.
            """,
            """
            Starts a broker and a Redis of its own unless the settings name a Kafka: then that and their Redis are \
            used, and what is sent stays there. Nothing else may write to these topics meanwhile.
            """,
        ],
        parameters: [
            scenario, CommonParameters.config, CommonParameters.set, with, rate, duration, plots, list,
            explain,
            CommonParameters.json,
        ],
        exclusive: [list.form, explain.form],
        examples: [
            .init(purpose: "20,000 events a second for a minute", line: "streamctl loadtest"),
            .init(
                purpose: "What a stuttering Redis does, with charts",
                line: "streamctl loadtest redis-slow --plots charts"),
            .init(
                purpose: "Against servers of your own",
                line: "streamctl loadtest steady -c config/freshet.yaml --rate 5k/s"),
        ],
        failsWhen:
            "something was lost, the rate was not kept, or the scenario expects more",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard, program: String = "/proc/self/exe",
        shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        if arguments[explain] {
            console.output.write(Scenario.explain())
            return .done
        }
        if arguments[list] {
            let all = try ScenarioFile.all()
            let width = all.map(\.name.count).max() ?? 0
            for (name, about) in all {
                console.output.print("\(name)\(String(repeating: " ", count: width - name.count))  \(about)")
            }
            return .done
        }
        let name = arguments[scenario] ?? "steady"
        let scenario = try ScenarioFile.load(name, overrides: overrides(arguments), console: console)
        let run = LoadTestRun(name: name, scenario: scenario, program: program, console: console)
        let report: LoadReport
        if let shouldStop {
            report = try measure(run, arguments, shouldStop: shouldStop)
        } else {
            let interrupt = Interrupt()
            report = try measure(run, arguments) { interrupt.isRaised }
        }
        console.output.print(arguments[CommonParameters.json] ? "\(report.json)" : report.text)
        if let folder = arguments[plots] { try LoadCharts(report).draw(into: folder) }
        guard report.failures.isEmpty else {
            throw CommandFailure(.failed, report.failures.joined(separator: "; ") + ".")
        }
        return .done
    }

    private static func measure(
        _ run: LoadTestRun, _ arguments: Arguments, shouldStop: () -> Bool
    ) throws(CommandFailure) -> LoadReport {
        let loaded = try SettingsFile.load(
            arguments, assignments: run.scenario.settings.assignments, console: run.console)
        let words = processorArguments(arguments)
        guard loaded.origins["kafka.brokers"] == nil else {
            return try run.measure(onTheirs: loaded.settings, arguments: words, shouldStop: shouldStop)
        }
        guard loaded.origins["redis.url"] == nil else {
            throw CommandFailure(
                .badConfiguration,
                "redis.url is set, and kafka.brokers is not: a load test starts both servers itself, or takes both "
                    + "from the settings. Set kafka.brokers, too, or leave redis.url out.")
        }
        return try run.measureOnOwnServers(loaded.settings, arguments: words, shouldStop: shouldStop)
    }

    /// Settings as this command was given them, for the processor.
    private static func processorArguments(_ arguments: Arguments) -> [String] {
        var words = arguments[CommonParameters.config].map { ["--config", $0] } ?? []
        for one in arguments[CommonParameters.set] { words += ["--set", "\(one.key)=\(one.value)"] }
        return words
    }

    private static func overrides(_ arguments: Arguments) -> [String] {
        var overrides = arguments[with].map { "\($0.key)=\($0.value)" }
        if let rate = arguments[rate] {
            overrides.append("traffic.events_per_second=\(Int(rate.rounded()))")
        }
        if let ms = arguments[duration] { overrides.append("traffic.seconds=\((ms + 999) / 1_000)") }
        return overrides
    }
}
