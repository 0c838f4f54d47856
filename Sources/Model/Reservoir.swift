import CKernels
import State

/// A bounded, uniform sample of all ratings so far, for experience replay: every rating of the stream is in it with
/// the same probability.
///
/// Source: algorithm R, Vitter, ACM TOMS 11(1), 1985, doi:10.1145/3147.3165. Memory: 16 bytes a sample.
///
/// The samples of a user who leaves are dropped, so that nobody is taught by what another did. The newest ratings
/// take their places: from then on the sample is of those who are in memory, and leans to the present.
struct Reservoir {
    struct Sample: Equatable, BitwiseCopyable {
        var user: UInt32
        var item: UInt32
        var rating: Float
    }

    let capacity: Int
    var seen = 0
    private(set) var samples: [Sample] = []
    /// The users of the samples once more, close together, so that one user's are found in some microseconds.
    private var owners: [UInt32] = []

    init(capacity: Int) {
        precondition(capacity > 0)
        self.capacity = capacity
    }

    /// One of the samples; the caller asks only when there is one.
    func draw(_ dice: inout Dice) -> Sample {
        samples[dice.below(samples.count)]
    }

    /// Drops what a user rated; the sample is a little smaller afterwards. The last samples take the empty places.
    mutating func forget(user: UInt32, recorder: inout StateRecorder) {
        for place in places(of: user).reversed() {
            let last = samples.count - 1
            keep(block: place / Self.blockSamples, &recorder)
            keep(block: last / Self.blockSamples, &recorder)
            (samples[place], owners[place]) = (samples[last], owners[last])
            samples.removeLast()
            owners.removeLast()
        }
    }

    /// In rising order.
    private func places(of user: UInt32) -> [Int] {
        var places: [Int] = []
        owners.withUnsafeBufferPointer { owners in
            guard let start = owners.baseAddress else { return }
            var next = 0
            while next < owners.count {
                next += freshet_find(start + next, owners.count - next, user)
                if next < owners.count { places.append(next) }
                next += 1
            }
        }
        return places
    }

    mutating func offer(_ sample: Sample, dice: inout Dice, recorder: inout StateRecorder) {
        seen += 1
        guard samples.count == capacity else {
            keep(block: samples.count / Self.blockSamples, &recorder)
            samples.append(sample)
            return owners.append(sample.user)
        }
        let place = dice.below(seen)
        guard place < capacity else { return }
        keep(block: place / Self.blockSamples, &recorder)
        (samples[place], owners[place]) = (sample, sample.user)
    }

    /// Samples that are kept in one row of the state.
    private static let blockSamples = 1_024

    private func keep(block: Int, _ recorder: inout StateRecorder) {
        recorder.willChange(.reservoir, UInt32(block)) { write(block: UInt32(block), to: &$0) }
    }

    func write(block: UInt32, to bytes: inout [UInt8]) {
        let start = Int(block) * Self.blockSamples
        // A block that was forgotten away is kept as an empty one.
        bytes.put(Array(samples[min(start, samples.count)..<min(start + Self.blockSamples, samples.count)]))
    }

    mutating func readBlock(from bytes: inout StateBytes) throws(StateDamage) {
        let block = try bytes.takeList(of: Sample.self)
        samples += block
        owners += block.map(\.user)
        guard samples.count <= capacity else { throw .unexpected }
    }
}
