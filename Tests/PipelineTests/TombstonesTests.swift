import Events
import State
import Testing

@testable import Pipeline

@Suite struct TombstonesTests {
    @Test func whatWasDoneUntilThenIsRefusedAndWhatCameLaterIsNot() throws {
        var tombstones = Tombstones(entriesMax: 10)
        #expect(!tombstones.refuse(try id("a"), timestampMs: 5))
        try add("a", 100, to: &tombstones, isNews: true)
        #expect(tombstones.refuse(try id("a"), timestampMs: 100))
        #expect(!tombstones.refuse(try id("a"), timestampMs: 101))
        #expect(!tombstones.refuse(try id("b"), timestampMs: 5))
        try add("a", 100, to: &tombstones, isNews: false)
        try add("a", 90, to: &tombstones, isNews: false)
        try add("a", 200, to: &tombstones, isNews: true)
        #expect(tombstones.refuse(try id("a"), timestampMs: 200))
    }

    /// Past the bound the oldest go, and nobody who was forgotten is let in for it.
    @Test func theOldestGoAndNobodyComesBack() throws {
        var tombstones = Tombstones(entriesMax: 16)
        for time in 0..<100 { try add("u\(time)", Int64(time) + 1, to: &tombstones, isNews: true) }
        for time in 0..<100 {
            #expect(tombstones.refuse(try id("u\(time)"), timestampMs: Int64(time) + 1))
        }
        #expect(tombstones.refuse(try id("stranger"), timestampMs: 80))
        #expect(!tombstones.refuse(try id("stranger"), timestampMs: 99))
        #expect(!tombstones.refuse(try id("u99"), timestampMs: 101))
    }

    /// Rows that changed since the last checkpoint are enough to bring everything back.
    @Test(arguments: [1_000, 300]) func whatIsKeptComesBack(entriesMax: Int) throws {
        var tombstones = Tombstones(entriesMax: entriesMax)
        var recorder = StateRecorder()
        var rows: [Int64: [UInt8]] = [:]
        for time in 1...900 {
            let user = try id("u\(time * 7 % 700)")
            _ = tombstones.add(Erasure(user: user, timestampMs: Int64(time)), recorder: &recorder)
            if time.isMultiple(of: 111) { keep(tombstones, &recorder, in: &rows) }
        }
        keep(tombstones, &recorder, in: &rows)

        var restored = Tombstones(entriesMax: entriesMax)
        for (key, bytes) in rows.sorted(by: { $0.key < $1.key }) {
            try bytes.withUnsafeBytes { raw in
                var source = StateBytes(raw)
                try restored.readRow(key, from: &source)
                #expect(source.isAtEnd)
            }
        }
        for number in 0..<700 {
            for time in stride(from: Int64(0), to: 1_000, by: 13) {
                let user = try id("u\(number)")
                let answers = [restored, tombstones].map { $0.refuse(user, timestampMs: time) }
                #expect(answers[0] == answers[1])
            }
        }
        var again: [Int64: [UInt8]] = [:]
        var unused = StateRecorder()
        _ = restored.add(Erasure(user: try id("new"), timestampMs: 2_000), recorder: &unused)
        _ = tombstones.add(Erasure(user: try id("new"), timestampMs: 2_000), recorder: &recorder)
        keep(tombstones, &recorder, in: &rows)
        keep(restored, &unused, in: &again)
        #expect(again.allSatisfy { rows[$0.key] == $0.value })
    }

    private func keep(
        _ tombstones: Tombstones, _ recorder: inout StateRecorder, in rows: inout [Int64: [UInt8]]
    ) {
        recorder.begin()
        tombstones.writeFloor(to: &recorder)
        recorder.copyOwed(.tombstones, bytesMax: .max) { tombstones.write(block: $0, to: &$1) }
        for chunk in recorder.takeChunks() {
            for row in chunk.rows { rows[row.key] = row.range.map { Array(chunk.bytes[$0]) } }
        }
    }

    private func add(
        _ user: String, _ timeMs: Int64, to tombstones: inout Tombstones, isNews: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var recorder = StateRecorder()
        let wasNews = tombstones.add(
            Erasure(user: try id(user), timestampMs: timeMs), recorder: &recorder)
        #expect(wasNews == isNews, sourceLocation: sourceLocation)
    }

    private func id(_ text: String) throws -> Identifier { try #require(Identifier(text)) }
}
