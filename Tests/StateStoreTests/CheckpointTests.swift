import Pipeline
import Testing

@testable import StateStore

@Suite(.ownThread) struct CheckpointTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func manyCommitsGiveWhatADictionaryHolds(seed: UInt64) throws {
        var dice = Dice(state: seed)
        var model = StateModel()
        for session in 0..<3 {
            let file = try StateFile(scratch.folder)
            #expect(file.mark.number == Int64(session * 8))
            var writer = CheckpointWriter(file, describing: StateDescription())
            for _ in 0..<8 {
                for _ in 0..<Int.random(in: 0..<4, using: &dice) {
                    let chunk = StateModel.randomChunk(&dice, rows: Int.random(in: 0..<50, using: &dice))
                    model.apply(chunk)
                    writer.append(chunk)
                }
                writer.commit()
                #expect(try writer.waitForOutcome() != nil)
                #expect(try StateModel(scratch.folder.snapshot()) == model)
            }
        }
        #expect(try StateModel(scratch.folder.snapshot()) == model)
    }
}
