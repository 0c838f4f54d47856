/// A bounded, uniform sample of all ratings so far, for experience replay: every rating of the stream is in it with
/// the same probability.
///
/// Source: algorithm R, Vitter, ACM TOMS 11(1), 1985, doi:10.1145/3147.3165. Memory: 12 bytes a sample.
struct Reservoir {
    struct Sample: Equatable {
        var user: UInt32
        var item: UInt32
        var rating: Float
    }

    let capacity: Int
    private(set) var seen = 0
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
    mutating func forget(user: UInt32) {
        samples.removeAll { $0.user == user }
    }

    mutating func offer(_ sample: Sample, dice: inout Dice) {
        seen += 1
        if samples.count < capacity {
            samples.append(sample)
        } else {
            let place = dice.below(seen)
            if place < capacity { samples[place] = sample }
        }
    }
}
