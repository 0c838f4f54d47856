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

    /// Rows that are large or many go into several chunks, in order; what is copied of them in one go is bounded.
    @Test func fullChunksAreClosed() {
        var recorder = StateRecorder()
        let large = 300_000
        for row in 0..<8 { recorder.willChange(.users, UInt32(row)) { _ in } }
        recorder.begin()
        for row in 0..<4 {
            recorder.willChange(.users, UInt32(row)) { $0.put(count: large) { $0[0] = UInt8(row) } }
        }
        #expect(recorder.copiedBytes == 4 * large)
        recorder.copyOwed(.users, bytesMax: 5 * large + 1) { row, bytes in
            bytes.put(count: large) { $0[0] = UInt8(row) }
        }
        #expect(recorder.copiedBytes == 6 * large)
        let chunks = recorder.takeChunks()
        #expect(chunks.map(\.rows.count) == [2, 2, 2])
        #expect(
            chunks.flatMap { chunk in chunk.rows.map { chunk.bytes[$0.range?.lowerBound ?? 0] } } == [
                0, 1, 2, 3, 4, 5,
            ])
        #expect(recorder.copiedBytes == 0 && recorder.owedCount == 2)
        let none = recorder.takeChunks()
        #expect(none.isEmpty)
    }

    /// A chunk takes its memory whole, so it is filled before it goes, unless the rest is asked for.
    @Test func aChunkStaysUntilItHasEnough() {
        var recorder = StateRecorder()
        for row in 0..<3 as Range<Int64> { recorder.put(.users, row) { $0.put(count: 100) { $0[0] = 1 } } }
        let early = recorder.takeChunks(bytesMin: 301)
        #expect(early.isEmpty && recorder.copiedBytes == 300)
        recorder.put(.users, 3) { $0.append(2) }
        let full = recorder.takeChunks(bytesMin: 301)
        #expect(full.map(\.rows.count) == [4] && recorder.copiedBytes == 0)
        recorder.put(.users, 4) { $0.append(2) }
        let rest = recorder.takeChunks()
        #expect(rest.map(\.rows.count) == [1])
    }

    private func rows(_ chunks: [StateChunk]) -> [Int64: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: chunks.flatMap { chunk in
                chunk.rows.map { ($0.key, Array(chunk.bytes[$0.range ?? 0..<0])) }
            })
    }
}
