/// Rows of one file or of several, with the ids that their numbers stand for.
package struct RatingTable: Sendable {
    /// More than this is refused: row and id numbers are 32 bits wide.
    package static let rowsMax = Int(Int32.max)

    package internal(set) var users = IDPool()
    package internal(set) var items = IDPool()
    package internal(set) var columns = RatingColumns()
    /// How many rows had no time of their own: the next such row gets the next made-up one.
    package internal(set) var timestampsMadeUp = 0

    package init() {}

    /// Adds the rows of another table behind these; its ids get the numbers that they would have got here.
    mutating func append(_ other: RatingTable) {
        let numbers = (users.numbers(of: other.users), items.numbers(of: other.items))
        columns.append(other.columns, users: numbers.0, items: numbers.1)
    }

    /// Puts the rows in the order of their times; rows of one time keep their order. The ids keep their numbers.
    package mutating func sortByTime() {
        let unsorted = columns
        columns = RatingColumns()
        columns = (consume unsorted).sortedByTime()
    }
}
