import CKernels
import State

/// A bounded, uniform sample of all ratings so far, for experience replay: every rating of the stream is in it with
/// the same probability.
///
/// Source: algorithm R, Vitter, ACM TOMS 11(1), 1985, doi:10.1145/3147.3165. Memory: 20 bytes a sample.
///
/// The samples of a user or an item that leaves are dropped, so that nobody is taught by what another did. The newest
/// ratings take their places: from then on the sample is of what is in memory, and leans to the present.
struct Reservoir {
    struct Sample: Equatable, BitwiseCopyable {
        var user: UInt32
        var item: UInt32
        var rating: Float
    }

    let capacity: Int
    var seen = 0
    private(set) var samples: [Sample] = []
    /// The users and the items of the samples once more, close together, so that one's are found in microseconds.
    private var users: [UInt32] = []
    private var items: [UInt32] = []

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
        drop(Self.places(of: user, in: users), &recorder)
    }

    /// The same of an item.
    mutating func forget(item: UInt32, recorder: inout StateRecorder) {
        drop(Self.places(of: item, in: items), &recorder)
    }

    private mutating func drop(_ places: [Int], _ recorder: inout StateRecorder) {
        for place in places.reversed() {
            let last = samples.count - 1
            keep(block: place / Self.blockSamples, &recorder)
            keep(block: last / Self.blockSamples, &recorder)
            set(place, samples[last])
            samples.removeLast()
            users.removeLast()
            items.removeLast()
        }
    }

    private mutating func append(_ sample: Sample) {
        samples.append(sample)
        users.append(sample.user)
        items.append(sample.item)
    }

    private mutating func set(_ place: Int, _ sample: Sample) {
        (samples[place], users[place], items[place]) = (sample, sample.user, sample.item)
    }

    /// In rising order.
    private static func places(of row: UInt32, in rows: [UInt32]) -> [Int] {
        var places: [Int] = []
        rows.withUnsafeBufferPointer { rows in
            guard let start = rows.baseAddress else { return }
            var next = 0
            while next < rows.count {
                next += freshet_find(start + next, rows.count - next, row)
                if next < rows.count { places.append(next) }
                next += 1
            }
        }
        return places
    }

    mutating func offer(_ sample: Sample, dice: inout Dice, recorder: inout StateRecorder) {
        seen += 1
        guard samples.count == capacity else {
            keep(block: samples.count / Self.blockSamples, &recorder)
            return append(sample)
        }
        let place = dice.below(seen)
        guard place < capacity else { return }
        keep(block: place / Self.blockSamples, &recorder)
        set(place, sample)
    }

    /// Samples that are kept in one row of the state.
    private static let blockSamples = 1_024

    private func keep(block: Int, _ recorder: inout StateRecorder) {
        recorder.willChange(.reservoir, UInt32(block)) { write(block: UInt32(block), to: &$0) }
    }

    func write(block: UInt32, to bytes: inout [UInt8]) {
        let start = Int(block) * Self.blockSamples
        // A block that was forgotten away is kept as an empty one.
        samples[min(start, samples.count)..<min(start + Self.blockSamples, samples.count)]
            .withUnsafeBufferPointer { bytes.put($0) }
    }

    mutating func readBlock(from bytes: inout StateBytes) throws(StateDamage) {
        let block = try bytes.takeList(of: Sample.self)
        for sample in block { append(sample) }
        guard samples.count <= capacity else { throw .unexpected }
    }
}
