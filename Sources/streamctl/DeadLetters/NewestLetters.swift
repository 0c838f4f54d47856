import KafkaLog
import Telemetry

/// The newest letters that were added, oldest first.
struct NewestLetters {
    let limit: Int
    private(set) var letters: [ShownLetter] = []
    /// How many were added.
    private(set) var added = 0

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ letter: borrowing KeptLetter, bytesMax: Int) {
        added += 1
        let order = (letter.keptMs ?? .min, letter.place.partition, letter.place.offset)
        if letters.count == limit {
            guard let first = letters.first, order > first.order else { return }
            letters.removeFirst()
        }
        let place = letters.lastIndex { $0.order < order }.map { $0 + 1 } ?? 0
        letters.insert(ShownLetter(letter, bytesMax: bytesMax), at: place)
    }

    func text(topic: String, nowMs: Int64) -> String {
        letters.map { $0.text(topic: topic, nowMs: nowMs) }.joined()
            + "\(counted(letters.count, "letter")) shown, of \(grouped(UInt64(added)))\n"
    }

    func json(topic: String) -> JSON {
        ["topic": .text(topic), "chosen": .whole(added), "letters": .list(letters.map(\.json))]
    }
}
