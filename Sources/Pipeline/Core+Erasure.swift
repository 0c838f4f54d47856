import Events
import Model
import State

extension Core {
    /// Forgets a user: the profile, the factors, the list. What the user added to counts that many share stays; no
    /// single user can be read from those.
    mutating func forget(_ erasure: Erasure) {
        accounting.read += 1
        accounting.learned += 1
        guard let row = model.users.row(of: erasure.user) else { return }
        model.forget(row, recorder: &recorder)
        recorder.willChange(.serving, row) { serving[row].write(to: &$0) }
        serving.forget(row)
        removals.append(erasure.user)
    }
}
