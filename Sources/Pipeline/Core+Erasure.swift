import Events
import Model
import State

extension Core {
    /// Forgets a user: the name, the profile, the factors, the samples that are replayed, the list and what the list
    /// store holds, also of a user who left memory. A tombstone refuses for ever what the user did until then; what comes later is a new user's.
    ///
    /// What the user added to counts that many share stays; no single user can be read from those. So do the hashes
    /// of the user's events in the window, which nothing leads back to the user: they go as the window moves on.
    ///
    /// An erasure that was known already, sent or delivered twice, is a duplicate: who came back since is not
    /// forgotten again.
    mutating func forget(
        _ erasure: Erasure, _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) {
        accounting.read += 1
        guard tombstones.add(erasure, recorder: &recorder) else {
            accounting.duplicate += 1
            return
        }
        accounting.learned += 1
        // Whoever is unknown here may have keys in the store from a state that was moved away.
        removals.append(erasure.user)
        guard let row = model.users.row(of: erasure.user) else {
            if try takeAway(erasure.user, &store) != nil { partings.drop(erasure.user) }
            return
        }
        recorder.willChange(.serving, row) { serving[row].write(to: &$0) }
        serving.forget(row)
        model.forget(row, recorder: &recorder)
    }
}
