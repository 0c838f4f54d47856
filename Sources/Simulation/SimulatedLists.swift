package import Events
import Model
package import Pipeline
package import Ranking

/// A list store in memory that fails like a real one.
package struct SimulatedLists: ListSink, ~Copyable {
    package private(set) var lists: [Identifier: TopList] = [:]
    package private(set) var profiles: [Identifier: ProfileFeatures] = [:]
    package private(set) var fallbacks: [FallbackName: [TopList.Entry]] = [:]
    package private(set) var similar: [Identifier: [TopList.Entry]] = [:]
    private var version: String?
    /// How often everything was lost.
    package private(set) var timesEmptied = 0
    package var faults: Faults

    package init(faults: Faults) {
        self.faults = faults
    }

    /// The same store, seen by the next process.
    package init(continuing earlier: borrowing SimulatedLists, faults: Faults) {
        (lists, profiles, fallbacks, similar, version) = (
            earlier.lists, earlier.profiles, earlier.fallbacks, earlier.similar, earlier.version
        )
        timesEmptied = earlier.timesEmptied
        self.faults = faults
    }

    package mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64, meanwhile: () -> Void
    ) throws(Trouble) -> [Identifier] {
        try faults.mayDie()
        if faults.strike(.storeEmptied) { empty() }
        if faults.isAway(.writeFails) { throw Trouble(.tryAgain, "The simulated list store is away.") }
        if faults.strike(.answerLost) {
            _ = apply(batch.prefix(faults.dice.below(batch.count + 1)))
            meanwhile()
            throw Trouble(.tryAgain, "The simulated list store did not answer.")
        }
        // What the process had sent when it was killed is in place: any first part of the batch.
        let cut = faults.dice.below(batch.count + 1)
        var gone = apply(batch[..<cut])
        meanwhile()
        try faults.mayDie()
        gone += apply(batch[cut...])
        try faults.mayDie()
        return gone
    }

    package mutating func remembersUs() throws(Trouble) -> Bool {
        try faults.mayDie()
        if faults.isAway(.writeFails) { throw Trouble(.tryAgain, "The simulated list store is away.") }
        return version != nil
    }

    private mutating func apply(_ writes: ArraySlice<ListWrite>) -> [Identifier] {
        var gone: [Identifier] = []
        for write in writes {
            switch write {
            case .top(let list): lists[list.user] = list
            case .refresh(let user): if lists[user] == nil { gone.append(user) }
            case .profile(let user, let features): profiles[user] = features
            case .remove(let user): (lists[user], profiles[user]) = (nil, nil)
            case .fallback(let name, let entries): fallbacks[name] = entries
            case .similar(let item, let entries): similar[item] = entries
            case .model(let name): version = name
            }
        }
        return gone
    }

    private mutating func empty() {
        lists.removeAll()
        profiles.removeAll()
        fallbacks.removeAll()
        similar.removeAll()
        version = nil
        timesEmptied += 1
    }
}
