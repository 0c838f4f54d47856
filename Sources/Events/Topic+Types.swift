extension Topic {
    /// Whether an event of this type may stand in the topic: one of the type's words says so.
    ///
    /// A type is a word or a path of words, as producers and CloudEvents like them: `rating`,
    /// `RatingCreated`, `com.example.shop.rating.v1`. Words end where something other than a letter stands,
    /// or where a capital follows a small letter; case does not matter.
    func admits(type: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        for end in 0...type.count {
            let isInside = end < type.count && isLetter(type[end])
            let beginsWord = isInside && end > start && isCapital(type[end]) && !isCapital(type[end - 1])
            if isInside && !beginsWord { continue }
            let word = type[start..<end].lazy.map { $0 | 0x20 }
            if typeWords.contains(where: { $0.utf8.elementsEqual(word) }) { return true }
            start = beginsWord ? end : end + 1
        }
        return false
    }

    private var typeWords: [String] {
        switch self {
        case .ratings: ["rating", "ratings", "rated"]
        case .feedback: Self.feedbackWords
        case .catalog: ["catalog", "item", "items"]
        case .erasures: ["erasure", "erasures", "erased", "erase", "forget"]
        }
    }

    private static let feedbackWords =
        ["feedback", "interaction"] + Action.allCases.filter { $0 != .rating }.map(\.rawValue)
}

private func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { isCapital(byte & 0xdf) }
