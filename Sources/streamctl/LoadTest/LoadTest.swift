import Events
import KafkaLog
import Load
import RedisLists
import Settings
import Synchronization

/// A load test: a sender and a reader on threads of their own, a processor as a process of its own, and this thread,
/// which watches all of them.
struct LoadTest {
    let plan: LoadPlan
    let place: LoadPlace
    /// Of the scenario.
    let name: String
    /// Of the consumer group and of the events' ids.
    let run: String
    let wiring: Wiring

    /// The binary of the processor.
    let program: String

    private let board: LoadBoard
    private static let stepMs: UInt32 = 20

    init(name: String, plan: LoadPlan, place: LoadPlace, run: String, program: String) {
        self.name = name
        self.program = program
        self.plan = plan
        self.place = place
        self.run = run
        wiring = Wiring(settings: place.settings)
        board = LoadBoard(plan: plan)
    }

    private var group: String { "loadtest-\(run)" }

    /// Runs it to its end. `onProgress` hears how many events the processor is done with.
    func measure(
        shouldStop: () -> Bool, onProgress: (Int) -> Void
    ) throws(CommandFailure) -> LoadReport {
        let topics = [wiring.topics[.ratings] ?? "", wiring.topics[.feedback] ?? ""]
        let progress: GroupProgress
        do throws(KafkaError) {
            progress = try GroupProgress(
                wiring.kafka, group: group, topics: topics, fromEnd: !place.isOwn)
        } catch {
            throw CommandFailure(error)
        }
        var processor = try ProcessorUnderTest(
            processorArguments(fromBeginning: progress.countsFromBeginning), program: program)
        let threads = startThreads()
        defer { threads.finish() }
        var course = LoadCourse(plan: plan, place: place, pid: processor.pid)
        var hasStarted = false
        while board.outcome == nil || !isSettled {
            if shouldStop() { throw CommandFailure(.failed, "stopped before the end") }
            try board.check()
            try processor.check()
            if let done = progress.committed() { board.done.store(done, ordering: .relaxed) }
            let done = board.done.load(ordering: .relaxed)
            if !hasStarted, done > 0, isSettled {
                hasStarted = true
                board.startNs.store(Clock.steadyNs(), ordering: .releasing)
            }
            if hasStarted {
                course.look(board, done: done, progress)
                try course.stallRedis(wiring.redis)
                if course.isOverdue(board) { break }
            }
            onProgress(done)
            Clock.rest(ms: Self.stepMs)
        }
        course.finish(board, progress)
        threads.finish()
        try board.check()
        guard let outcome = board.outcome else {
            throw CommandFailure(.failed, "the sender has nothing to tell")
        }
        let lists = try LoadLists(newestMs: outcome.newestMs, address: wiring.redis)
        let summary = try processor.stop()
        return LoadReport(
            name: name, plan: plan, place: place, outcome: outcome, summary: summary, lists: lists,
            course: course,
            freshness: board.freshness)
    }

    /// Whether everything that was sent is done, and everything that is watched was seen.
    private var isSettled: Bool {
        board.done.load(ordering: .relaxed) >= board.sent.load(ordering: .relaxed) && board.pending == 0
    }

    /// The scenario's settings first, so that those of the command line win.
    private func processorArguments(fromBeginning: Bool) -> [String] {
        var words = plan.scenario.settings.assignments.flatMap { ["--set", $0] } + place.arguments
        words += ["--set", "kafka.group=\(group)"]
        // How far it has come is read from what it commits.
        words += ["--set", "kafka.properties.auto.commit.interval.ms=50"]
        // What was there before is no part of the test.
        if !fromBeginning { words += ["--offset", "ts=\(Clock.nowMs())"] }
        return words
    }

    private func startThreads() -> SideThreads {
        let board = board
        let threads = SideThreads { board.shouldStop.store(true, ordering: .releasing) }
        let sender = LoadSender(
            plan: plan, connection: place.producer(isOpenLoop: plan.endNs != nil), topics: wiring.topics,
            board: board, aheadMax: plan.aheadMax(partitionBytes: place.partitionBytes))
        let reader = LoadReader(
            address: wiring.redis, topics: wiring.topics, board: board,
            pollMs: UInt32(plan.scenario.reader.pollMs))
        threads.start { sender.run() }
        threads.start { reader.run() }
        return threads
    }
}
