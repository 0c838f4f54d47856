import Events
import Pipeline
import Processes
import Ranking
import RedisLists

extension BenchCase {
    /// Encoded and written as the service does it, in pipelines, a key each; beside what `redis-benchmark` gets through
    /// one connection of the same server with values of the same size.
    static let redisLists = BenchCase(
        name: "redis_lists", unit: "lists/s",
        purpose: "Lists of 20 items that are encoded and written to Redis",
        runs: 7
    ) { (_) throws(CommandFailure) in
        let trial = try ListTrial()
        return { () throws(CommandFailure) in
            var run = try trial.write()
            let ceiling = try trial.redisBenchmark()
            run.details = [("redis_benchmark", ceiling), ("ratio", run.value / ceiling)]
            return run
        }
    }
}

private final class ListTrial {
    private static let lists = 100_000
    private static let batch = 512

    private let redis: PrivateRedis
    private var writer: RedisWriter
    private let batches: [[ListWrite]]
    private let valueBytes: Int

    init() throws(CommandFailure) {
        do throws(PrivateRedis.Problem) {
            redis = try PrivateRedis()
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        let topics: [Topic: String] = [
            .ratings: "ratings.v1", .feedback: "feedback.v1", .catalog: "catalog.v1",
            .erasures: "erasures.v1",
        ]
        writer = RedisWriter(to: redis.address, topics: topics, model: "hybrid-1", mark: "bench")
        let lists = (0..<Self.lists).map { Self.list(of: $0) }
        batches = stride(from: 0, to: lists.count, by: Self.batch).map { first in
            lists[first..<min(first + Self.batch, lists.count)].map { .top($0) }
        }
        var json = ByteBuffer()
        ListEncoder(topics: topics, model: "hybrid-1").encode(
            lists[Self.lists / 2], generatedAtMs: 1_700_000_000_000, into: &json)
        valueBytes = json.count
    }

    func write() throws(CommandFailure) -> BenchRun {
        let lap = Lap()
        do throws(Trouble) {
            for batch in batches { _ = try writer.write(batch, generatedAtMs: 1_700_000_000_000) }
        } catch {
            throw CommandFailure(.failed, error.message)
        }
        return lap.rate(of: Self.lists)
    }

    /// Values a second, through one connection, sixty-four commands at a time.
    func redisBenchmark() throws(CommandFailure) -> Double {
        guard case .socket(let path) = redis.address.place else { return 0 }
        let folder = try BenchFolder()
        let output = folder.path + "/rate.csv"
        let words = [
            "redis-benchmark", "-s", path, "-P", "64", "-c", "1", "-n", "300000", "-r", "100000", "--csv",
            "SETEX", "reco:v1:{u:__rand_int__}:top", "604800", String(repeating: "x", count: valueBytes),
        ]
        do throws(ChildProcess.StartFailure) {
            var process = try ChildProcess(words, output: output)
            process.waitForEnd()
        } catch {
            throw CommandFailure(
                .failed, "redis-benchmark cannot be started. Run 'apt-get install redis-tools'.")
        }
        // A heading, and then the command with its rate, in quotes and between commas.
        let bytes = (try? SmallFile.read(output, bytesMax: 4_096)) ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        let fields = text.split(separator: "\n").last?.split(separator: "\"") ?? []
        guard let rate = fields.compactMap({ Double($0) }).first else {
            throw CommandFailure(.failed, "redis-benchmark said nothing that can be read as a rate")
        }
        return rate
    }

    /// As long as those of ml-latest-small.
    private static func list(of user: Int) -> TopList {
        let entries = (0..<20).map { place in
            TopList.Entry(
                item: id(user &* 31 &+ place &* 7_919), score: 3.2154 - Float(place) / 13,
                because: id(user &* 17 &+ place &* 101))
        }
        return TopList(
            user: id(user), entries: entries, eventTimeMs: 1_600_000_000_000,
            source: Position(lane: Lane(topic: .ratings, partition: 3), offset: Int64(user)))
    }

    private static func id(_ number: Int) -> Identifier {
        guard let id = Identifier("\(1 + number % 100_000)") else { preconditionFailure("a number is an id") }
        return id
    }
}
