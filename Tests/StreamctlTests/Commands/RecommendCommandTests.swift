import Foundation
import RedisLists
import Testing

@testable import streamctl

@Suite(.ownThread) struct RecommendCommandTests {
    private static let list =
        #"{"user":"42","model":"m1","generated_at":1700000000000,"event_time":1500000000000,"#
        + #""source":"ratings.v1/3/1234","items":[{"id":"318","score":4.81,"because":"296"},"#
        + #"{"id":"x","score":-0.5}]}"#

    @Test func showsTheListAsItIs() throws {
        let redis = try PrivateRedis(tcp: true)
        try redis.ask("SET", "reco:v1:{u:42}:top", Self.list)
        let heard = try recommend("42", redis)
        #expect(heard.code == .done)
        let lines = heard.output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "user 42, 2 of 2 items")
        #expect(lines[1].hasPrefix("read from Redis at redis://127.0.0.1:"))
        #expect(
            lines[2].hasPrefix("made 2023-11-14T22:13:20.000Z, ") && lines[2].hasSuffix(" d ago, by model m1")
        )
        #expect(lines[3] == "knows events up to 2017-07-14T02:40:00.000Z (ratings.v1/3/1234)")
        #expect(
            lines[4...] == [
                "RANK  ITEM   SCORE  BECAUSE OF", "   1  318    4.810  296", "   2  x     -0.500",
            ])
        #expect(
            try recommend("42 --json", redis).output == #"{"from":"redis","# + Self.list.dropFirst() + "\n")
        let first = try recommend("42 --json -n 1", redis).output
        #expect(first.hasSuffix(#","items":[{"id":"318","score":4.81,"because":"296"}]}"# + "\n"))
    }

    @Test func showsTitlesWhereThereAreAny() throws {
        let scratch = try Scratch()
        let titles = try scratch.write(
            "movies.csv",
            "movieId,title,genres\n318,\"Shawshank, The (1994)\",Drama\n296,Pulp Fiction (1994),Crime\n")
        let redis = try PrivateRedis(tcp: true)
        try redis.ask("SET", "reco:v1:{u:42}:top", Self.list)
        let output = try recommend("42 --titles \(titles)", redis).output
        #expect(
            output.contains(
                "   1  318    4.810  Shawshank, The (1994)  Pulp Fiction (1994)\n   2  x     -0.500\n"))
        let missing = try recommend("42 --titles \(scratch.path)/none", redis)
        #expect(missing.failure?.contains("none' does not exist") == true)
    }

    @Test func fallsBackToThePopularListAndSaysSo() throws {
        let redis = try PrivateRedis(tcp: true)
        let nothing = try recommend("42", redis)
        #expect(nothing.code == .failed)
        #expect(nothing.failure?.contains("has neither a list of this user nor a popular one.") == true)
        try redis.ask("SET", "reco:v1:popular", #"[{"id":"1","score":3},{"id":"2","score":2}]"#)
        let heard = try recommend("42 -n 1", redis)
        let lines = heard.output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "user 42 has no list yet; this is the popular one, 1 of 2 items")
        #expect(lines[1].hasPrefix("read from Redis at redis://127.0.0.1:"))
        #expect(lines[2...] == ["RANK  ITEM  SCORE", "   1  1     3.000"])
        #expect(
            try recommend("42 --json -n 1", redis).output
                == #"{"from":"redis","user":"42","fallback":"popular","items":[{"id":"1","score":3.0}]}"#
                + "\n")
    }

    @Test func steersNoTerminal() throws {
        let redis = try PrivateRedis(tcp: true)
        try redis.ask("SET", "reco:v1:popular", #"[{"id":"\u001b[2J","score":3}]"#)
        #expect(try !recommend("\u{1B}c", redis).output.contains("\u{1B}"))
    }

    @Test(arguments: [["SET", "nonsense"], ["LPUSH", "x"]])
    func saysWhenSomethingElseIsThere(words: [String]) throws {
        let redis = try PrivateRedis(tcp: true)
        try redis.ask(words[0], "reco:v1:{u:42}:top", words[1])
        let heard = try recommend("42", redis)
        #expect(heard.code == .failed)
        #expect(heard.failure?.contains("holds a key of ours with a value of another type") == true)
    }

    @Test func saysWhenRedisIsAway() throws {
        let heard = try recommend("42 --redis redis://:hunter2@127.0.0.1:1")
        #expect(heard.code == .failed)
        #expect(
            heard.failure
                == "Redis at redis://:***@127.0.0.1:1 refuses connections. Start the server there, or correct the "
                + "address.")
    }

    @Test(arguments: [
        ("redis://localhost:99999", "--redis: error: redis.url has no usable host and port."),
        ("rediss://localhost", "--redis: error: redis.url asks for TLS"),
    ])
    func refusesAnAddressByItsOption(url: String, finding: String) throws {
        let heard = try recommend("42 --redis \(url)")
        #expect(heard.code == .badConfiguration)
        #expect(heard.diagnostics.hasPrefix(finding))
    }

    @Test func refusesAnIdThatNobodyHas() throws {
        #expect(try recommend(String(repeating: "x", count: 129)).code == .wrongUsage)
    }

    private func recommend(_ line: String, _ redis: borrowing PrivateRedis) throws -> Heard {
        let address = redis.tcpAddress
        return try recommend("\(line) --redis \(try #require(address))")
    }

    private func recommend(_ line: String) throws -> Heard {
        try hear("recommend \(line)") { (arguments, console) throws(CommandFailure) in
            try RecommendCommand.run(arguments, console: console)
        }
    }
}
