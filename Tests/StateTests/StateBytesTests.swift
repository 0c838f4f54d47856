import State
import Testing

@Suite struct StateBytesTests {
    @Test func readsWhatWasPut() throws {
        var bytes: [UInt8] = []
        bytes.put(UInt32(7))
        bytes.put("é雪")
        bytes.put([Int64.min, 0, .max])
        bytes.put(Float.pi)
        try bytes.withUnsafeBytes { raw in
            var source = StateBytes(raw)
            let number: UInt32 = try source.take()
            let text = try source.takeText()
            let list = try source.takeList(of: Int64.self)
            let float: Float = try source.take()
            #expect(number == 7 && text == "é雪" && list == [.min, 0, .max] && float == .pi)
            #expect(source.isAtEnd)
        }
    }

    /// Every cut is noticed; none reads beyond its end.
    @Test func refusesEveryCut() {
        var bytes: [UInt8] = []
        bytes.put("text")
        bytes.put([Int32(1), 2, 3])
        for count in 0..<bytes.count {
            let cut = Array(bytes.prefix(count))
            #expect(throws: StateDamage.self) {
                try cut.withUnsafeBytes { raw in
                    var source = StateBytes(raw)
                    _ = try source.takeText()
                    _ = try source.takeList(of: Int32.self)
                }
            }
        }
    }

    @Test func refusesWhatIsNotText() {
        var bytes: [UInt8] = []
        bytes.put(UInt32(1))
        bytes.append(0xFF)
        #expect(throws: StateDamage.notText) {
            try bytes.withUnsafeBytes { raw in
                var source = StateBytes(raw)
                _ = try source.takeText()
            }
        }
    }
}
