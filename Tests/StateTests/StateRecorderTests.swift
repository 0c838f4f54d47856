import Testing

@testable import State

@Suite struct StateRecorderTests {
    /// A checkpoint shows every row as it was when it began, whatever happens while it is copied.
    @Test func showsTheMomentItBegan() {
        var recorder = StateRecorder()
        var values: [UInt8] = [0, 0, 0, 0]
        func change(_ row: Int, to value: UInt8) {
            recorder.willChange(.users, UInt32(row)) { $0.append(values[row]) }
            values[row] = value
        }
        for row in 0..<4 { change(row, to: 1) }
        recorder.begin()
        change(2, to: 9)
        change(2, to: 10)
        recorder.copyOwed(.users, bytesMax: 2) { row, bytes in bytes.append(values[Int(row)]) }
        change(3, to: 9)
        recorder.copyOwed(.users, bytesMax: .max) { row, bytes in bytes.append(values[Int(row)]) }
        #expect(recorder.owedCount == 0)
        #expect(rows(recorder.takeChunks()) == [0: [1], 1: [1], 2: [1], 3: [1]])

        recorder.begin()
        recorder.copyOwed(.users, bytesMax: .max) { row, bytes in bytes.append(values[Int(row)]) }
        #expect(rows(recorder.takeChunks()) == [2: [10], 3: [9]], "only what changed since")
    }

    private func rows(_ chunks: [StateChunk]) -> [Int64: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: chunks.flatMap { chunk in
                chunk.rows.map { ($0.key, Array(chunk.bytes[$0.range ?? 0..<0])) }
            })
    }
}
