import Dispatch
import Glibc
import Synchronization

/// How one file is read by several threads: cut where lines end, each part into a table of its own, and these are put
/// together in the order of the file. The result is that of one thread, in every number.
extension RatingFileReader {
    /// Smaller parts are not worth their table.
    package static let partBytesMin = 4 << 20

    /// Adds the rows of a file to the table, as `read` does, on at most `threads` threads.
    ///
    /// Standard input, gzip, and files without times, whose times are made up from row to row, are read by one.
    package func read(
        _ path: String, into table: inout RatingTable, times: Range<Int64> = Int64.min..<Int64.max,
        threads: Int, partBytesMin: Int = RatingFileReader.partBytesMin
    ) throws(RatingFileError) -> RatingFile {
        precondition(threads > 0 && partBytesMin > 0)
        guard threads > 1, let cut = try cut(path, parts: threads, bytesMin: partBytesMin) else {
            return try read(path, into: &table, times: times)
        }
        let outcomes = Mutex([Result<Part, RatingFileError>?](repeating: nil, count: cut.ranges.count))
        let (format, ranges, actions) = (cut.format, cut.ranges, actions)
        DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
            let part = Result { () throws(RatingFileError) in
                try Part(path, ranges[number], format, actions, times: times, isFirst: number == 0)
            }
            outcomes.withLock { $0[number] = part }
        }
        var file = RatingFile(
            path: path, format: format, rowsRead: 0, rowsDecoded: 0, rowsOutside: 0, refusals: Refusals(),
            bytes: 0, assumedAction: actions.assumed(format.columns), timestampsMadeUp: false)
        var lines = 0
        for outcome in outcomes.withLock({ $0 }) {
            guard let part = try outcome?.get() else { continue }
            guard table.columns.count + part.table.columns.count <= RatingTable.rowsMax else {
                throw .tooManyRows(path: path, rowsMax: RatingTable.rowsMax)
            }
            table.append(part.table)
            file.add(part, after: lines)
            lines += part.lines
        }
        progress?(file.bytes, file.bytes)
        return file
    }

    /// Where a file may be cut; `nil` where it may not.
    private func cut(
        _ path: String, parts: Int, bytesMin: Int
    ) throws(RatingFileError) -> (format: RatingFormat, ranges: [Range<Int>])? {
        guard path != "-" else { return nil }
        let lines = try LineBlocks.open(path)
        guard let bytes = lines.bytesTotal, !lines.isUnpacked, bytes / 2 >= bytesMin,
            let format = RatingFormat.recognise(lines.head, actions: actions),
            format.columns.timestamp != nil,
            format.columns.sayWhatWasDone || actions.assumed(format.columns) != nil
        else { return nil }
        let file = try FileDescriptor(path: path)
        let count = min(parts, bytes / bytesMin)
        var ranges: [Range<Int>] = []
        var start = 0
        for part in 1...count {
            let wanted = bytes / count * part
            var end = bytes
            if part < count {
                end = try file.lineStart(from: max(wanted, start), path: path) ?? bytes
            }
            if end > start { ranges.append(start..<end) }
            start = end
        }
        return (format, ranges)
    }

    /// One part of a file, decoded.
    fileprivate struct Part {
        var table = RatingTable()
        var rowsRead: Int
        var rowsOutside: Int
        var refusals: Refusals
        /// Lines of all kinds.
        var lines: Int
        var bytes: Int

        init(
            _ path: String, _ range: Range<Int>, _ format: RatingFormat, _ actions: ActionNames,
            times: Range<Int64>, isFirst: Bool
        ) throws(RatingFileError) {
            var blocks = try LineBlocks.open(path, range)
            var decoder = RowDecoder(
                format, actions: actions, times: times, limit: RatingTable.rowsMax, timestampsMadeUp: 0,
                awaitsHeader: isFirst && format.hasHeader)
            while let block = try blocks.next() {
                switch block {
                case .lines(let bytes): decoder.decode(bytes, into: &table)
                case .overlong(let beginning): decoder.refuseOverlong(beginning)
                }
            }
            decoder.flush(into: &table)
            (rowsRead, rowsOutside) = (decoder.rowsRead, decoder.rowsOutside)
            (refusals, lines, bytes) = (decoder.refusals, decoder.line, range.count)
        }
    }
}

extension RatingFile {
    fileprivate mutating func add(_ part: RatingFileReader.Part, after lines: Int) {
        rowsRead += part.rowsRead
        rowsDecoded += part.table.columns.count
        rowsOutside += part.rowsOutside
        refusals.add(part.refusals, after: lines)
        bytes += part.bytes
    }
}
