/// Where a dead letter stands in its topic.
package struct LetterPlace: Hashable, Sendable, CustomStringConvertible {
    package let partition: Int32
    package let offset: Int64

    package init(partition: Int32, offset: Int64) {
        (self.partition, self.offset) = (partition, offset)
    }

    /// Reads what `description` writes.
    init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false)
        guard numbers.count == 2, let partition = Int32(numbers[0]), let offset = Int64(numbers[1]) else {
            return nil
        }
        self.init(partition: partition, offset: offset)
    }

    package var description: String { "\(partition)/\(offset)" }
}
