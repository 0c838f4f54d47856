import Glibc
import KafkaLog
import RedisLists
import Settings
import Synchronization

/// The course of a load test: what was sent, waited and used, slice by slice.
struct LoadCourse {
    /// One slice of time, as of its end.
    struct Slice: Equatable, Sendable {
        /// From the start.
        var seconds: Double
        var sent: Int
        var done: Int
        /// Records in the log that the processor is not done with.
        var lag: Int
        /// Of the processor, in the slice.
        var cpuCores: Double
        /// Of the processor.
        var residentBytes: Int
    }

    private(set) var slices: [Slice] = []
    /// Processor, Redis (where it is ours) and we ourselves: seconds of the CPU since the start.
    private(set) var cpuSeconds = (processor: 0.0, redis: 0.0, own: 0.0)
    /// From the start until the processor was done with everything.
    private(set) var seconds = 0.0

    private let plan: LoadPlan
    private let pids: (processor: Int32, redis: Int32?)
    private var begin: (processor: Double, redis: Double, own: Double)?
    private var last = (seconds: 0.0, cpu: 0.0)
    private var stalls = 0
    private var sentAtSeconds: Double?

    init(plan: LoadPlan, place: LoadPlace, pid: Int32) {
        self.plan = plan
        pids = (pid, place.redisPid)
    }

    /// To be called often.
    mutating func look(_ board: LoadBoard, done: Int, _ progress: borrowing GroupProgress) {
        let now = usage()
        let begin = begin ?? (now.cpu.processor, now.cpu.redis, now.cpu.own)
        if self.begin == nil {
            self.begin = begin
            last.cpu = begin.processor
        }
        let seconds = Double(Clock.steadyNs() - board.startNs.load(ordering: .relaxed)) / 1e9
        if board.outcome != nil, sentAtSeconds == nil { sentAtSeconds = seconds }
        self.seconds = seconds
        cpuSeconds = (
            now.cpu.processor - begin.processor, now.cpu.redis - begin.redis, now.cpu.own - begin.own
        )
        guard seconds - last.seconds >= Double(plan.sliceNs) / 1e9 else { return }
        let sent = board.sent.load(ordering: .relaxed)
        // What is sent and not delivered waits, too; the log's end is asked for because others may write there.
        let written = max(sent, progress.written() ?? 0)
        slices.append(
            Slice(
                seconds: seconds, sent: sent, done: done, lag: max(0, written - done),
                cpuCores: (now.cpu.processor - last.cpu) / (seconds - last.seconds),
                residentBytes: now.residentBytes))
        last = (seconds, now.cpu.processor)
    }

    /// Takes the last, shorter slice.
    mutating func finish(_ board: LoadBoard, _ progress: borrowing GroupProgress) {
        look(board, done: board.done.load(ordering: .relaxed), progress)
    }

    /// Whether what is still missing has been waited for long enough.
    func isOverdue(_ board: LoadBoard) -> Bool {
        guard let sentAtSeconds else { return false }
        return seconds - sentAtSeconds > Double(plan.scenario.reader.patienceSeconds)
    }

    /// Makes Redis slow when the scenario says so.
    mutating func stallRedis(_ address: RedisAddress) throws(CommandFailure) {
        let faults = plan.scenario.faults
        guard faults.redisStallMs > 0, sentAtSeconds == nil,
            Int(seconds * 1_000) >= stalls * faults.redisStallEveryMs
        else { return }
        stalls = Int(seconds * 1_000) / faults.redisStallEveryMs + 1
        do throws(RedisError) {
            try WriteStall.begin(at: address, ms: faults.redisStallMs)
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }

    private func usage() -> (cpu: (processor: Double, redis: Double, own: Double), residentBytes: Int) {
        let processor = ProcessUsage.of(pids.processor)
        let redis = pids.redis.flatMap(ProcessUsage.of)
        let own = ProcessUsage.of(getpid())
        return (
            (processor?.cpuSeconds ?? 0, redis?.cpuSeconds ?? 0, own?.cpuSeconds ?? 0),
            processor?.residentBytes ?? 0
        )
    }
}
