import Foundation
import Testing

@testable import streamctl

@Suite struct BenchCommandTests {
    @Test func theListNamesEveryCaseOnce() throws {
        let heard = try bench("bench --list")
        let names = heard.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(heard.code == .done)
        #expect(names.map(String.init) == BenchCase.all.map(\.name))
        #expect(Set(names).count == names.count)
        // Bytes do not vary from run to run as times do.
        #expect(BenchCase.all.allSatisfy { !$0.purpose.hasSuffix(".") && ($0.runs >= 3 || $0.unit == "x") })
    }

    @Test func aCaseIsOneJSONLine() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "ratings.csv", "userId,movieId,rating,timestamp\n1,2,3.5,1700000000\n2,2,4.0,1700000001\n")
        let heard = try bench("bench --case decode --runs 3 --file \(file)")
        #expect(heard.code == .done)
        #expect(heard.output.hasSuffix("}\n") && heard.output.split(separator: "\n").count == 1)
        let line = try JSONDecoder().decode(Line.self, from: Data(heard.output.utf8))
        #expect(line.case == "decode" && line.unit == "ns" && line.value > 0 && line.spread >= 0)
        #expect(heard.output.contains(#""allocations":null"#))
        #expect(heard.diagnostics.hasPrefix("decode  "))
    }

    @Test(arguments: [
        ("pipline", "Did you mean 'pipeline'?"), ("x", "'streamctl bench --list' names them all."),
    ])
    func aCaseThatIsNoneIsWrongUsage(name: String, mend: String) throws {
        let heard = try bench("bench --case \(name)")
        #expect(heard.code == .wrongUsage)
        #expect(heard.failure == "there is no case '\(name)'. \(mend)")
        #expect(heard.output.isEmpty)
    }

    @Test func theMedianIsThatOfTheRuns() {
        let result = BenchResult(name: "a", unit: "ns", runs: [5, 1, 3, 2, 4].map { BenchRun(value: $0) })
        #expect(result.median == 3)
        #expect(result.spread == 4.0 / 3)
        #expect(
            "\(result.json)" == #"{"case":"a","value":3.0,"unit":"ns","spread":1.333,"allocations":null}"#)
    }

    private struct Line: Decodable {
        var `case`: String
        var value: Double
        var unit: String
        var spread: Double
    }

    private func bench(_ line: String) throws -> Heard {
        try hear(line) { (arguments, console) throws(CommandFailure) in
            try BenchCommand.run(arguments, console: console)
        }
    }
}
