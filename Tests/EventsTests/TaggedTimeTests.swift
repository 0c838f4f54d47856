import Events
import Testing

struct TaggedTimeTests {
    @Test(arguments: [0, 1, -1, 1_700_000_000_000, -62_135_596_800_000, 1 << 53, -1 << 53, .min])
    func timeAndTagAreKeptApart(ms: Int64) {
        for tag: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
            var time = TaggedTime(ms: ms, tag: tag)
            #expect(time.ms == ms && time.tag == tag)
            time.tag = ~tag
            #expect(time.ms == ms && time.tag == ~tag)
            time.ms = 5
            #expect(time.ms == 5 && time.tag == ~tag)
        }
    }

    @Test func whatDoesNotFitBecomesTheNearest() {
        #expect(TaggedTime(ms: .max).ms == (1 << 55) - 1)
        #expect(TaggedTime(ms: .min + 1).ms == .min)
        #expect(TaggedTime().ms == .min && MemoryLayout<TaggedTime>.size == 8)
    }
}
