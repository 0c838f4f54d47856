import Events
import Model
package import State
import Windowing

/// How a core is kept and comes back: see `StateTable`.
extension Core {
    /// Whether a checkpoint may begin: every letter is safe. (A letter that is not yet in the log would be lost by a
    /// start behind it; a list that is owed is part of the state.)
    package var mayBeginCheckpoint: Bool {
        letters.isEmpty && recorder.owedCount == 0 && evicted.owedCount == 0
    }

    /// A checkpoint of this moment begins. What is small is copied now, the rest by `copyOwed` or just before it
    /// changes.
    package mutating func beginCheckpoint() {
        recorder.begin()
        evicted.begin()
        var core: [UInt8] = []
        writeCore(to: &core)
        recorder.put(.core, 0) { $0 += core }
        for position in merge.knownPositions {
            recorder.put(.offsets, position.lane.stateKey) { $0.put(position.offset) }
        }
        for task in tasks { task.write(to: &recorder) }
        tombstones.writeFloor(to: &recorder)
        var owed: [UInt8] = []
        writeOwed(to: &owed)
        recorder.put(.owed, 0) { $0 += owed }
    }

    /// Copies on, until about `bytesMax` are to be handed over; whether everything is copied.
    package mutating func copyOwed(bytesMax: Int) -> Bool {
        model.copyOwed(bytesMax: bytesMax, recorder: &recorder)
        recorder.copyOwed(.tombstones, bytesMax: bytesMax) { tombstones.write(block: $0, to: &$1) }
        recorder.copyOwed(.serving, bytesMax: bytesMax) { serving[$0].write(to: &$1) }
        evicted.copyOwed(bytesMax: bytesMax, to: &recorder)
        return recorder.owedCount == 0 && evicted.owedCount == 0
    }

    /// Bytes that were copied out and not yet taken.
    package var copiedBytes: Int { recorder.copiedBytes }

    /// Hands over what was copied out, but for a chunk that has less than `bytesMin` so far.
    package mutating func takeChunks(bytesMin: Int = 0) -> [StateChunk] {
        recorder.takeChunks(bytesMin: bytesMin)
    }

    package var wantsSpare: Bool { recorder.wantsSpare }

    /// Gives an empty chunk back, for its memory.
    package mutating func reuse(_ chunk: consuming StateChunk) { recorder.reuse(chunk) }

    /// The core that was kept. What `reader` has none of is as new.
    package init(options: CoreOptions, restoring reader: borrowing some StateReader & ~Copyable)
        throws(Trouble)
    {
        self.init(options: options)
        for table in [StateTable.core, .offsets, .windows, .identities, .tombstones] {
            try reader.read(table) { (key, bytes) throws(Trouble) in
                try Self.undamaged(table) { () throws(StateDamage) in try readOwn(table, key: key, bytes) }
            }
        }
        for table in [
            StateTable.items, .itemFactors, .neighbours, .itemVectors, .popularity, .users, .userFactors,
            .reservoir,
        ] {
            try reader.read(table) { (key, bytes) throws(Trouble) in
                try Self.undamaged(table) { () throws(StateDamage) in
                    try model.read(table, row: key, from: bytes)
                }
            }
        }
        for table in [StateTable.serving, .owed] {
            try reader.read(table) { (key, bytes) throws(Trouble) in
                try Self.undamaged(table) { () throws(StateDamage) in try readOwn(table, key: key, bytes) }
            }
        }
        for task in tasks {
            try Self.undamaged(.windows) { () throws(StateDamage) in try task.finishReading() }
        }
        try Self.undamaged(.core) { () throws(StateDamage) in
            try model.finishReading(itemsAway: Int(clamping: evictions.itemsAway))
        }
        // Whoever has a name was learned from, and nobody else was.
        for row in 0..<UInt32(model.users.rowCount)
        where model.users.isNamed(row) != serving[row].isKnown {
            throw Self.damage(in: .serving)
        }
        guard partings.isSound(isPresent: { model.users.row(of: $0) != nil }) else {
            throw Self.damage(in: .owed)
        }
        // What the store holds of items is not known: they are written anew, a few at a time.
        if options.writesSimilar { similar.follow(model.itemsRevision, below: model.items.rowCount) }
    }

    static func undamaged(_ table: StateTable, _ body: () throws(StateDamage) -> Void) throws(Trouble) {
        do throws(StateDamage) {
            try body()
        } catch {
            throw damage(in: table)
        }
    }

    static func damage(in table: StateTable) -> Trouble {
        Trouble(
            .stop,
            "the state's table '\(table.name)' cannot be read: it is damaged, or of other settings under 'model'. "
                + "Restore a backup with 'streamctl state restore', or move the state folder away to learn the "
                + "log anew.")
    }

    private mutating func readOwn(
        _ table: StateTable, key: Int64, _ raw: UnsafeRawBufferPointer
    ) throws(StateDamage) {
        var bytes = StateBytes(raw)
        switch table {
        case .core: try readCore(from: &bytes)
        case .offsets:
            let position = Position(lane: try Lane(stateKey: key), offset: try bytes.take())
            // To Kafka a negative offset is another word: the end, or whatever the group has stored.
            guard position.offset >= 0 else { throw .unexpected }
            merge.resume(position)
        case .windows:
            guard let partition = Int32(exactly: key) else { throw .unexpected }
            tasks.append(try TaskWindow(partition: partition, rules: options.window, from: &bytes))
        case .identities:
            let (partition, number) = TaskWindow.parts(ofKey: key)
            guard let task = tasks.first(where: { $0.partition == partition }) else { throw .unexpected }
            return try task.readBlock(number, raw)
        case .tombstones: try tombstones.readRow(key, from: &bytes)
        case .serving:
            guard let row = UInt32(exactly: key), row < model.users.rowCount else { throw .unexpected }
            serving.restore(row, try Serving.Entry(from: &bytes))
        default: try readOwed(from: &bytes)
        }
        guard bytes.isAtEnd else { throw .unexpected }
    }

    private func writeCore(to bytes: inout [UInt8]) {
        accounting.write(to: &bytes)
        bytes.put(positivesSeen)
        model.writeCore(to: &bytes)
        evictions.write(to: &bytes)
    }

    private mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        accounting = try Accounting(from: &bytes)
        positivesSeen = try bytes.take()
        try model.readCore(from: &bytes)
        evictions = try EvictionCounts(from: &bytes)
    }

    private func writeOwed(to bytes: inout [UInt8]) {
        bytes.put(serving.owed)
        bytes.put(UInt32(removals.count))
        for user in removals { bytes.put(user.text) }
        partings.write(to: &bytes)
    }

    private mutating func readOwed(from bytes: inout StateBytes) throws(StateDamage) {
        for row in try bytes.takeList(of: UInt32.self) {
            guard model.users.isNamed(row) else { throw .unexpected }
            try serving.restoreOwed(row)
        }
        for _ in 0..<(try bytes.takeCount(bytesEach: 4)) {
            guard let user = Identifier(try bytes.takeText()) else { throw .unexpected }
            removals.append(user)
        }
        try partings.read(from: &bytes)
    }
}

extension Lane {
    /// Its number where offsets are kept: the topic, then the partition.
    package var stateKey: Int64 { Int64(topic.rawValue) << 32 | Int64(partition) }

    package init(stateKey: Int64) throws(StateDamage) {
        guard let number = UInt8(exactly: stateKey >> 32), let topic = Topic(rawValue: number),
            let partition = Int32(exactly: stateKey & 0xffff_ffff)
        else { throw .unexpected }
        self.init(topic: topic, partition: partition)
    }
}
