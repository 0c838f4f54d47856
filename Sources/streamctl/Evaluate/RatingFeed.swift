import Events
import Pipeline
import RatingFiles
import Telemetry

/// Rows of a table as the records that Kafka would have delivered: the core gets the very bytes that `replay`
/// publishes, so that it decodes, checks, windows and learns as it does in `run`. A record's offset is its row.
struct RatingFeed {
    private let columns: RatingColumns
    private let users: IDTexts
    private let items: IDTexts
    private var text = EventText()

    private static let ratings = Lane(topic: .ratings, partition: 0)
    private static let feedback = Lane(topic: .feedback, partition: 0)
    private static let catalog = Lane(topic: .catalog, partition: 0)
    /// Rows that are decoded ahead.
    private static let batchRows = 1_000

    /// - Parameter table: in the order of time.
    init(_ table: RatingTable) {
        columns = table.columns
        users = IDTexts(table.users, spelling: jsonString)
        items = IDTexts(table.items, spelling: jsonString)
    }

    /// Tells the core what items there are, before the first rating.
    func describe(_ catalog: [CatalogItem], to core: inout Core) throws(Trouble) {
        core.receive(.assigned([Self.catalog]), nowMs: 0)
        for (offset, item) in catalog.enumerated() {
            Array("\(item.json)".utf8).withUnsafeBytes { bytes in
                let position = Position(lane: Self.catalog, offset: Int64(offset))
                core.receive(
                    .record(Record(position: position, arrivedMs: nil, key: nil, value: bytes)), nowMs: 0)
            }
            if offset % Self.batchRows == Self.batchRows - 1 { try advance(&core) }
        }
        core.receive(.reachedEnd(Self.catalog, next: Int64(catalog.count)), nowMs: 0)
        try advance(&core)
    }

    /// Has the core learn rows, while the witness looks on.
    ///
    /// - Parameters:
    ///   - rows: in rising order.
    ///   - shouldGoOn: told how many rows are done, after every thousand.
    mutating func feed(
        _ rows: [Int], to core: inout Core, witness: inout some Witness & ~Copyable,
        shouldGoOn: (Int) -> Bool
    ) throws(Trouble) {
        var nothing = NoCheckpoints()
        let lanes = columns.mayHoldFeedback ? [Self.ratings, Self.feedback] : [Self.ratings]
        core.receive(.assigned(lanes), nowMs: 0)
        var done = 0
        while done < rows.count, shouldGoOn(done) {
            let batch = rows[done..<min(done + Self.batchRows, rows.count)]
            for row in batch {
                withRecord(row) { core.receive(.record($0), nowMs: 0) }
            }
            for lane in lanes { core.receive(.reachedEnd(lane, next: Int64(columns.count)), nowMs: 0) }
            while try core.advance(
                limit: batch.count, nowMs: 0, recalling: &nothing, witness: &witness) > 0
            {}
            // Nobody reads what was refused: the counts say enough.
            core.lettersWritten()
            done += batch.count
        }
    }

    /// What the core would learn from rows that are held out; those that it would refuse are left out.
    mutating func interactions(
        of rows: [Int], rules: FieldRules
    ) -> (events: [Interaction], rows: [Int]) {
        var decoder = EventDecoder(rules: rules)
        var (events, kept): ([Interaction], [Int]) = ([], [])
        for row in rows {
            let interaction = withRecord(row) { record -> Interaction? in
                guard case .interaction(let interaction)? = try? decoder.decode(record) else { return nil }
                return interaction
            }
            guard let interaction else { continue }
            events.append(interaction)
            kept.append(row)
        }
        return (events, kept)
    }

    private func advance(_ core: inout Core) throws(Trouble) {
        var nothing = NoCheckpoints()
        while try core.advance(limit: Self.batchRows, nowMs: 0, recalling: &nothing) > 0 {}
        core.lettersWritten()
    }

    private mutating func withRecord<T>(_ row: Int, _ body: (consuming Record) -> T) -> T {
        text.write(row, of: columns, users: users, items: items)
        let lane = columns.action(row) == .rating ? Self.ratings : Self.feedback
        let position = Position(lane: lane, offset: Int64(row))
        return text.bytes.withUnsafeBytes { bytes in
            body(Record(position: position, arrivedMs: nil, key: nil, value: bytes))
        }
    }
}
