import State

/// A bounded, uniform sample of all ratings so far, for experience replay: every rating of the stream is in it with
/// the same probability.
///
/// Source: algorithm R, Vitter, ACM TOMS 11(1), 1985, doi:10.1145/3147.3165. Memory: 12 bytes a sample.
struct Reservoir {
    struct Sample: Equatable, BitwiseCopyable {
        var user: UInt32
        var item: UInt32
        var rating: Float
    }

    let capacity: Int
    var seen = 0
    private(set) var samples: [Sample] = []

    init(capacity: Int) {
        precondition(capacity > 0)
        self.capacity = capacity
    }

    /// One of the samples; the caller asks only when there is one.
    func draw(_ dice: inout Dice) -> Sample {
        samples[dice.below(samples.count)]
    }

    /// Drops what a user rated; the sample is a little smaller afterwards.
    mutating func forget(user: UInt32, recorder: inout StateRecorder) {
        guard let first = samples.firstIndex(where: { $0.user == user }) else { return }
        for block in first / Self.blockSamples..<blockCount { keep(block: block, &recorder) }
        samples.removeAll { $0.user == user }
    }

    mutating func offer(_ sample: Sample, dice: inout Dice, recorder: inout StateRecorder) {
        seen += 1
        guard samples.count == capacity else {
            keep(block: samples.count / Self.blockSamples, &recorder)
            return samples.append(sample)
        }
        let place = dice.below(seen)
        guard place < capacity else { return }
        keep(block: place / Self.blockSamples, &recorder)
        samples[place] = sample
    }

    /// Samples that are kept in one row of the state.
    private static let blockSamples = 1_024

    private var blockCount: Int { (samples.count + Self.blockSamples - 1) / Self.blockSamples }

    private func keep(block: Int, _ recorder: inout StateRecorder) {
        recorder.willChange(.reservoir, UInt32(block)) { write(block: UInt32(block), to: &$0) }
    }

    func write(block: UInt32, to bytes: inout [UInt8]) {
        let start = Int(block) * Self.blockSamples
        // A block that was forgotten away is kept as an empty one.
        bytes.put(Array(samples[min(start, samples.count)..<min(start + Self.blockSamples, samples.count)]))
    }

    mutating func readBlock(from bytes: inout StateBytes) throws(StateDamage) {
        samples += try bytes.takeList(of: Sample.self)
        guard samples.count <= capacity else { throw .unexpected }
    }
}
