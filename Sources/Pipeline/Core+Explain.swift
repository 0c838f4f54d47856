package import Events
import Model
package import Ranking

extension Core {
    /// A user's list as it would be made now, and why; of somebody nobody knows, what is wanted now.
    ///
    /// For a core that was restored to be looked at: somebody who left memory comes back for it, so nothing of this
    /// core may be kept.
    package mutating func explain(
        _ user: Identifier, request: ListFilter, recalling store: inout some RowRecall & ~Copyable
    ) throws(Trouble) -> Explanation {
        try admit(user: user, &store)
        return ranker.explain(user: model.users.row(of: user), request: request, model: model)
    }

    /// The newest event that a user's list reflects; `nil` for somebody nobody knows.
    package func newestEvent(of user: Identifier) -> (source: Position, timeMs: Int64)? {
        guard let row = model.users.row(of: user), serving[row].isKnown else { return nil }
        return (serving[row].source, serving[row].eventTimeMs)
    }
}
