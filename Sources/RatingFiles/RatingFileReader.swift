/// Reads rating files of every known format, plain or gzip, into a table.
///
/// Files are read in blocks, so that memory is what the rows take: 20 bytes each, and the ids.
package struct RatingFileReader {
    /// Told after every block: bytes read, and the bytes in all where that is known. For gzip both are packed.
    package var progress: ((_ bytesDone: Int, _ bytesTotal: Int?) -> Void)?

    let actions: ActionNames

    /// - Parameter actions: what rows of feedback are called.
    package init(
        actions: ActionNames = ActionNames(),
        progress: ((_ bytesDone: Int, _ bytesTotal: Int?) -> Void)? = nil
    ) {
        self.actions = actions
        self.progress = progress
    }

    /// Adds the rows of a file to the table, in the order of the file.
    ///
    /// Several files may be read into one table: their ids share the pools, and times are made up onwards. After
    /// an error the table holds the rows before it.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - limit: rows to decode at most.
    ///   - times: only rows of these times are kept, in epoch milliseconds.
    package func read(
        _ path: String, into table: inout RatingTable, limit: Int = .max,
        times: Range<Int64> = Int64.min..<Int64.max
    ) throws(RatingFileError) -> RatingFile {
        precondition(limit >= 0)
        var lines = try LineBlocks.open(path)
        guard let format = RatingFormat.recognise(lines.head, actions: actions) else {
            let first = LineReading.firstLine(lines.head)
            throw .unknownFormat(path: path, firstLine: first, accepted: RatingFormat.accepted)
        }
        let assumedAction = actions.assumed(format.columns)
        guard format.columns.sayWhatWasDone || assumedAction != nil else { throw .noActions(path: path) }
        let rowsBefore = table.columns.count
        let room = RatingTable.rowsMax - rowsBefore
        var decoder = RowDecoder(
            format, actions: actions, times: times, limit: min(limit, room),
            timestampsMadeUp: table.timestampsMadeUp)
        while !decoder.isFull, let block = try lines.next() {
            switch block {
            case .lines(let bytes): decoder.decode(bytes, into: &table)
            case .overlong(let beginning): decoder.refuseOverlong(beginning)
            }
            if let total = lines.bytesTotal, lines.bytesDone > 0 {
                let rows = Double(table.columns.count - rowsBefore) * Double(total) / Double(lines.bytesDone)
                decoder.rowsExpected = rowsBefore + min(limit, Int(rows * 1.03))
            }
            progress?(lines.bytesDone, lines.bytesTotal)
        }
        decoder.flush(into: &table)
        if limit > room, decoder.isFull {
            throw .tooManyRows(path: path, rowsMax: RatingTable.rowsMax)
        }
        table.timestampsMadeUp = decoder.timestampsMadeUp
        return RatingFile(
            path: path, format: format, rowsRead: decoder.rowsRead,
            rowsDecoded: table.columns.count - rowsBefore, rowsOutside: decoder.rowsOutside,
            refusals: decoder.refusals, bytes: lines.bytesDone, assumedAction: assumedAction,
            timestampsMadeUp: format.columns.timestamp == nil)
    }
}
