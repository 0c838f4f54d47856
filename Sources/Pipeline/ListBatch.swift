import Events

/// What goes to the list store in one pipeline, and what must be noted once it is there.
package struct ListBatch {
    package internal(set) var writes: [ListWrite] = []
    /// Of these, lists that differ from what a reader finds now.
    package internal(set) var changed = 0
    /// A digest of the list of each stale row taken, in the order of the queue.
    var digests: [UInt64] = []
    var removals = 0
    /// Users who left memory whose last list is in the batch.
    var partings: Set<Identifier> = []
    /// Items whose neighbours were looked at.
    package internal(set) var similar = 0
    var hasFallbacks = false

    package init() {}

    /// Users whose list is up to date once this is written.
    package var served: Int { digests.count }

    /// Lists of users that are in the batch.
    package var lists: Int { digests.count + partings.count }

    /// Whether there is nothing in it but lists of stale users.
    var isPlain: Bool { removals == 0 && partings.isEmpty && similar == 0 && !hasFallbacks }

    mutating func removeAll() {
        writes.removeAll(keepingCapacity: true)
        digests.removeAll(keepingCapacity: true)
        changed = 0
        removals = 0
        partings.removeAll(keepingCapacity: true)
        similar = 0
        hasFallbacks = false
    }
}
