package import Events
package import Model
import State

/// How a core is taught what is older than the log: it learns it as if it stood in the log, right before the place
/// where the log goes on, and may then learn the ratings again in epochs.
extension Core {
    /// Whether everything that was there to be read has been worked through.
    package var isAtEnd: Bool { merge.isAtEnd }

    /// Says where lanes stand before they are assigned: what comes next has at least these offsets.
    package mutating func begin(at positions: [Position]) {
        for position in positions { merge.resume(position) }
    }

    /// Learns the factors and biases of all ratings again: see `Model.learnAgain`. Not while a checkpoint is under
    /// way.
    package mutating func learnAgain(
        epochs: Int, options: BatchOptions, parallel: Parallel,
        onEpoch: (BatchFit.Epoch) -> Void = { _ in }
    ) {
        precondition(recorder.owedCount == 0, "a checkpoint is under way")
        model.learnAgain(
            epochs: epochs, options: options, parallel: parallel, recorder: &recorder, onEpoch: onEpoch)
    }

    /// Fills `batch` with at most `limit` lists of neighbours that are owed; `false` when there are none.
    package mutating func makeNeighbours(limit: Int, into batch: inout ListBatch) -> Bool {
        batch.removeAll()
        for item in similar.next(limit: limit) { appendNeighbours(of: item, to: &batch) }
        return batch.similar > 0
    }

    /// Takes over who was forgotten in a state that this one replaces: the log may not tell any more.
    package mutating func keepTombstones(
        of reader: borrowing some StateReader & ~Copyable
    ) throws(Trouble) {
        try reader.read(.tombstones) { (key, bytes) throws(Trouble) in
            try Self.undamaged(.tombstones) { () throws(StateDamage) in
                var bytes = StateBytes(bytes)
                try tombstones.readRow(key, from: &bytes)
            }
            if let block = UInt32(exactly: key) { recorder.added(.tombstones, block) }
        }
    }
}
