import Events
import State

/// What left memory: rows of tables that a start does not load. Kept here are only those that changed since the newest
/// commit; all others are read from the store, one at a time.
///
///     fresh ──a checkpoint begins──▶ under way (copied out little by little) ──committed──▶ in the store alone
///
/// A row stands under the fingerprint of its name. In the rare case that two names share one, so does the row: it is a
/// list of entries, each with its name.
struct EvictedRows {
    struct Place: Hashable {
        var table: StateTable
        var key: Int64
    }

    private struct Layer {
        /// `nil` is a row that must be gone.
        var rows: [Place: [UInt8]?] = [:]
        /// In the order in which they first changed.
        var order: [Place] = []
        var bytes = 0

        mutating func set(_ place: Place, _ row: [UInt8]?) {
            if let earlier = rows[place] {
                bytes -= earlier?.count ?? 0
            } else {
                order.append(place)
            }
            rows[place] = .some(row)
            bytes += row?.count ?? 0
        }
    }

    private var fresh = Layer()
    private var underWay = Layer()
    /// Of `underWay.order`, how many were copied out.
    private var copied = 0

    /// Rows of the checkpoint under way that are still to be copied out.
    var owedCount: Int { underWay.order.count - copied }

    /// What waits for a commit takes of memory.
    var bytes: Int {
        fresh.bytes + underWay.bytes + (fresh.order.count + underWay.order.count) * Self.bytesPerRow
    }

    /// A place in the order, one in the dictionary with its slack, and an array's header.
    private static let bytesPerRow = 120

    /// Takes the entry of a name out of its row; `nil` where it has none.
    mutating func take(
        _ name: Identifier, of table: StateTable, _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) -> [UInt8]? {
        let place = Place(table: table, key: Int64(bitPattern: name.fingerprint))
        guard let row = try row(at: place, &store) else { return nil }
        var (others, found): ([UInt8], [UInt8]?) = ([], nil)
        for entry in try Self.entries(of: row, in: table) {
            if entry.name == name {
                found = Array(row[entry.content])
            } else {
                others += row[entry.all]
            }
        }
        if found != nil { fresh.set(place, others.isEmpty ? nil : others) }
        return found
    }

    /// Adds the entry of a name, which has none yet.
    mutating func put(
        _ name: Identifier, _ content: [UInt8], of table: StateTable,
        _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) {
        let place = Place(table: table, key: Int64(bitPattern: name.fingerprint))
        var row = try row(at: place, &store) ?? []
        row.put(name.text)
        row.put(content)
        fresh.set(place, row)
    }

    /// A checkpoint begins; the one before is committed.
    mutating func begin() {
        precondition(owedCount == 0 && underWay.order.isEmpty, "the checkpoint before is still under way")
        swap(&fresh, &underWay)
        copied = 0
    }

    /// Copies on, until the recorder's chunk holds `bytesMax`.
    mutating func copyOwed(bytesMax: Int, to recorder: inout StateRecorder) {
        while copied < underWay.order.count, recorder.chunk.bytes.count < bytesMax {
            let place = underWay.order[copied]
            if let row = underWay.rows[place] ?? nil {
                recorder.put(place.table, place.key) { $0 += row }
            } else {
                recorder.remove(place.table, place.key)
            }
            copied += 1
        }
    }

    /// The checkpoint under way is what the store answers with from now on.
    mutating func committed() {
        underWay = Layer()
        copied = 0
    }

    private func row(
        at place: Place, _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) -> [UInt8]? {
        if let row = fresh.rows[place] { return row }
        if let row = underWay.rows[place] { return row }
        return try store.recall(place.table, place.key)
    }
}

/// How a row is read: per entry the name, the count of its bytes and the bytes.
extension EvictedRows {
    struct Entry {
        var name: Identifier
        var content: Range<Int>
        /// With the name and the count.
        var all: Range<Int>
    }

    static func entries(of row: [UInt8], in table: StateTable) throws(Trouble) -> [Entry] {
        do throws(StateDamage) {
            return try row.span.withUnsafeBytes { (raw) throws(StateDamage) in try entries(of: raw) }
        } catch {
            throw Core.damage(in: table)
        }
    }

    static func entries(of raw: UnsafeRawBufferPointer) throws(StateDamage) -> [Entry] {
        var bytes = StateBytes(raw)
        var entries: [Entry] = []
        var start = 0
        while !bytes.isAtEnd {
            guard let name = Identifier(try bytes.takeText()) else { throw .unexpected }
            let count = try bytes.takeCount(bytesEach: 1)
            let content = start + 8 + name.text.utf8.count
            _ = try bytes.skip(count)
            entries.append(
                Entry(name: name, content: content..<content + count, all: start..<content + count))
            start = content + count
        }
        return entries
    }
}
