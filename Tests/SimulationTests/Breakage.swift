import State
import Testing

/// A mistake that a program like ours could make, for the tests of the tests. Each is made by a port that breaks its
/// promise: the code under test has no part that exists for them.
enum Breakage: Hashable, CustomTestStringConvertible {
    /// Rows of these tables are visible before the checkpoint that they belong to: offsets that are stored before
    /// their output, a dedupe window outside of the transaction, rows that were copied after they had changed.
    case early(Set<StateTable>)
    /// Rows of these tables are no part of the checkpoint.
    case missing(Set<StateTable>)
    /// The dice of the model begin anew with each process.
    case newDice
    /// Some commits are said to be safe, and are not.
    case lostCommits
    /// Of a commit that was not finished a part is visible.
    case tornCommits
    /// A write of lists that failed counts as done.
    case listsForgotten
    /// A write of dead letters that failed counts as done.
    case lettersForgotten

    /// Tables of which it is no wonder that they differ: what must show is what comes of it.
    var spoiledTables: Set<StateTable> {
        switch self {
        case .missing(let tables): tables
        case .newDice: [.core]
        default: []
        }
    }

    var testDescription: String {
        switch self {
        case .early(let tables): "early \(Self.names(tables))"
        case .missing(let tables): "missing \(Self.names(tables))"
        case .newDice: "new dice"
        case .lostCommits: "lost commits"
        case .tornCommits: "torn commits"
        case .listsForgotten: "lists forgotten"
        case .lettersForgotten: "letters forgotten"
        }
    }

    private static func names(_ tables: Set<StateTable>) -> String {
        tables == Set(StateTable.allCases)
            ? "everything" : tables.map(\.name).sorted().joined(separator: ", ")
    }
}
