import Events
import Glibc

/// Turns blocks of lines into rows: plain rows by the scanner, all others here, field by field.
///
/// Every line that is neither blank nor the header is one row, and every row is decoded, refused or outside the
/// wanted times. A row that is not decoded leaves no trace in the pools.
struct RowDecoder: ~Copyable {
    /// The first made-up time, 2000-01-01T00:00:00Z; each further row is a second later. In the longest table the
    /// last one is in 2068.
    static let madeUpStartMs: Int64 = 946_684_800_000

    private(set) var refusals = Refusals()
    private(set) var rowsRead = 0
    /// How many rows there will be in the table, as far as is known; 0 where it is not.
    var rowsExpected = 0

    private let format: RatingFormat
    private let actions: ActionNames
    /// What a row is where it does not say so itself.
    private let assumed: Action
    private let times: Range<Int64>
    private var scanner: NumericRowScanner
    /// Whether the columns stand in the order that the scanner knows.
    private let isPlain: Bool
    private var splitter: FieldSplitter
    private var userField: TextField
    private var itemField: TextField
    private var chunk = RowChunk()
    /// Lines of all kinds so far.
    private(set) var line = 0
    private var rowsLeft: Int
    private var rowsOutsideHere = 0
    private var madeUpMs: Int64
    private var awaitsHeader: Bool

    /// - Parameter awaitsHeader: `nil` says that the file is read from its beginning.
    init(
        _ format: RatingFormat, actions: ActionNames, times: Range<Int64>, limit: Int, timestampsMadeUp: Int,
        awaitsHeader: Bool? = nil
    ) {
        self.format = format
        self.actions = actions
        assumed = actions.assumed(format.columns) ?? .rating
        self.times = times
        let columns = format.columns
        isPlain =
            columns.user == 0 && columns.item == 1 && columns.rating == 2 && columns.action == nil
            && (columns.timestamp == 3 ? columns.count == 4 : columns.timestamp == nil && columns.count == 3)
        scanner = NumericRowScanner(format.separator, hasTimestamp: columns.timestamp != nil, times: times)
        splitter = FieldSplitter(format.separator)
        userField = TextField(bytesMax: 256, mayBeLatin1: format.mayBeLatin1)
        itemField = TextField(bytesMax: 256, mayBeLatin1: format.mayBeLatin1)
        rowsLeft = limit
        chunk.limit = min(limit, RowChunk.capacity)
        madeUpMs = Self.madeUpStartMs + Int64(timestampsMadeUp) * 1000
        self.awaitsHeader = awaitsHeader ?? format.hasHeader
    }

    /// Whether as many rows were decoded as were wanted.
    var isFull: Bool { chunk.count == rowsLeft }
    var rowsOutside: Int { rowsOutsideHere + scanner.rowsOutside }
    /// The next row without a time gets the time after so many.
    var timestampsMadeUp: Int { Int((madeUpMs - Self.madeUpStartMs) / 1000) }

    /// Decodes the lines, or as many as the limit allows.
    mutating func decode(_ lines: UnsafeBufferPointer<UInt8>, into table: inout RatingTable) {
        guard let start = lines.baseAddress else { return }
        let end = start + lines.count
        var place = start
        while place < end, !isFull {
            if chunk.count == chunk.limit { flush(into: &table) }
            if isPlain, !awaitsHeader {
                let before = rowsRead
                place = scanner.scan(
                    place, end, into: &chunk, users: &table.users, items: &table.items, madeUpMs: &madeUpMs,
                    rows: &rowsRead)
                line += rowsRead - before
                if place == end || chunk.count == chunk.limit { continue }
            }
            let stop = memchr(place, 10, end - place).map {
                UnsafePointer($0.assumingMemoryBound(to: UInt8.self))
            }
            let length = place.distance(to: stop ?? end)
            decodeLine(UnsafeBufferPointer(start: place, count: length), into: &table)
            place += length + 1
        }
    }

    /// Counts a line that is too long to be read.
    mutating func refuseOverlong(_ beginning: UnsafeBufferPointer<UInt8>) {
        line += 1
        rowsRead += 1
        refusals.add(.lineTooLong, line: line, bytes: beginning)
    }

    /// Moves what has been decoded to the table's columns.
    mutating func flush(into table: inout RatingTable) {
        rowsLeft -= chunk.count
        if format.zeroIsView { chunk.turnZerosIntoViews() }
        let hasActions = format.zeroIsView || format.columns.action != nil || assumed != .rating
        table.columns.append(&chunk, hasActions: hasActions, expected: rowsExpected)
        chunk.limit = min(rowsLeft, RowChunk.capacity)
    }

    private mutating func decodeLine(_ bytes: UnsafeBufferPointer<UInt8>, into table: inout RatingTable) {
        line += 1
        if LineReading.isBlank(bytes) { return }
        if awaitsHeader {
            awaitsHeader = false
            return
        }
        rowsRead += 1
        do throws(RowFault) {
            try decodeRow(bytes, into: &table)
        } catch {
            refusals.add(error, line: line, bytes: bytes)
        }
    }

    private mutating func decodeRow(
        _ line: UnsafeBufferPointer<UInt8>, into table: inout RatingTable
    ) throws(RowFault) {
        guard line.count <= LineBlocks.lineBytesMax else { throw .lineTooLong }
        guard let count = splitter.split(line) else { throw .brokenQuotes }
        let columns = format.columns
        guard count == columns.count else { throw .wrongColumnCount }
        let user = try userField.id(
            splitter.fields[columns.user], of: line, by: splitter, empty: .emptyUser, tooLong: .userTooLong)
        let item = try itemField.id(
            splitter.fields[columns.item], of: line, by: splitter, empty: .emptyItem, tooLong: .itemTooLong)
        let action = try action(of: line)
        let rating = try rating(of: line, action)
        var time = madeUpMs
        if let column = columns.timestamp {
            time = try TimestampField.parse(slice(column, of: line))
        } else {
            madeUpMs += 1000
        }
        guard times.contains(time) else {
            rowsOutsideHere += 1
            return
        }
        chunk.append(
            user: table.users.intern(user), item: table.items.intern(item), rating: rating, timestampMs: time,
            action: action)
    }

    private func action(of line: UnsafeBufferPointer<UInt8>) throws(RowFault) -> Action {
        guard let column = format.columns.action else { return assumed }
        guard let action = actions.action(slice(column, of: line)) else { throw .unknownAction }
        return action
    }

    /// The rating, or how strong the feedback was.
    private func rating(
        of line: UnsafeBufferPointer<UInt8>, _ action: Action
    ) throws(RowFault) -> Float {
        let text = format.columns.rating.map { slice($0, of: line) }
        guard let text, action == .rating || !text.isEmpty else {
            // A file of actions may have ratings among them, but not without a column for their values.
            guard action != .rating else { throw .ratingNotANumber }
            return 1
        }
        guard let rating = DecimalField.float(text) else {
            throw DecimalField.isNonFiniteWord(text) ? .ratingNotFinite : .ratingNotANumber
        }
        guard rating.isFinite else { throw .ratingNotFinite }
        return rating
    }

    private func slice(_ column: Int, of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let field = splitter.fields[column]
        return UnsafeBufferPointer(rebasing: line[field.start..<field.end])
    }
}
