/// A part of the stream: how many events it has, and how each contender fared in it.
package struct Span: Equatable, Sendable {
    /// Events judged.
    package internal(set) var events = 0
    /// Items that could be on a list at its end.
    package internal(set) var itemsSeen = 0
    /// In the order of `Contender.allCases`.
    package internal(set) var cards = [Scorecard](repeating: Scorecard(), count: Contender.allCases.count)

    package init() {}

    package subscript(contender: Contender) -> Scorecard { cards[contender.rawValue] }

    /// The share of the items seen that stood among the first ten of any judged list.
    package func coverage(of contender: Contender) -> Double? {
        itemsSeen == 0 ? nil : Double(self[contender].lists.itemsListed) / Double(itemsSeen)
    }
}
