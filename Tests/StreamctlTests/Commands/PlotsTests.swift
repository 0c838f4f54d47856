import Foundation
import Testing

@testable import streamctl

@Suite struct PlotsTests {
    @Test func chartsAreDrawn() throws {
        let scratch = try Scratch()
        let folder = "\(scratch.path)/charts"
        _ = try evaluated("evaluate \(EvaluateCommandTests.movieLens) --limit 600 --plots \(folder) --json")
        for name in ["learning-curve.svg", "calibration.svg"] {
            let picture = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(picture.contains("<svg") && picture.contains("</svg>"), "\(name)")
        }
    }

    /// One rating: a curve of one point, and no lists at all.
    @Test func littleToShowIsNoTrouble() throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", "userId,movieId,rating,timestamp\n1,2,4,1000000000\n")
        _ = try evaluated("evaluate \(file) --plots \(scratch.path) --json")
        #expect(FileManager.default.fileExists(atPath: "\(scratch.path)/learning-curve.svg"))
    }

    @Test func withoutGnuplotItSaysHowToGetIt() throws {
        let scratch = try Scratch()
        let failure = #expect(throws: CommandFailure.self) {
            try Gnuplot.run("", in: scratch.path, program: "gnuplot-that-is-not-there")
        }
        #expect(failure?.message.contains("apt-get install gnuplot-nox") == true)
    }
}
