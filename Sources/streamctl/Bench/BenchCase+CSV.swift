import Foundation
import RatingFiles

extension BenchCase {
    static let csv = BenchCase(
        name: "csv", unit: "rows/s", purpose: "Read a rating file of two million rows", runs: 7
    ) { _ throws(CommandFailure) in
        let rows = 2_000_000
        let file = try GeneratedRatings(rows: rows)
        return { () throws(CommandFailure) in
            var table = RatingTable()
            let lap = Lap()
            do throws(RatingFileError) {
                _ = try RatingFileReader().read(file.path, into: &table)
            } catch {
                throw CommandFailure(.failed, "\(error).")
            }
            let run = lap.rate(of: rows)
            guard table.columns.count == rows else {
                throw CommandFailure(.failed, "only \(table.columns.count) of \(rows) rows were read")
            }
            return run
        }
    }
}

/// A file like MovieLens' `ratings.csv`, gone with the value.
private final class GeneratedRatings {
    let path = "\(NSTemporaryDirectory())/freshet-bench-\(getpid()).csv"

    init(rows: Int) throws(CommandFailure) {
        var bytes = Array("userId,movieId,rating,timestamp\n".utf8)
        bytes.reserveCapacity(rows * 28)
        for row in 0..<rows {
            let dice = UInt64(row) &* 0x9E37_79B9_7F4A_7C15 >> 20
            let time = 1_000_000_000 + row % 1_000 * 86_400
            bytes += "\(row / 100 + 1),\(dice % 60_000 + 1),\(dice % 10 / 2).\(dice % 2 * 5),\(time)\n".utf8
        }
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw CommandFailure(
                .failed, "the folder for temporary files cannot be written. Set TMPDIR to one that can.")
        }
    }

    deinit { unlink(path) }
}
