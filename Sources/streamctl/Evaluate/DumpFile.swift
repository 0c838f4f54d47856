import Evaluation
import Events
import Glibc
import RatingFiles
import Telemetry

/// The file of `--dump`: one CSV row per event, as it was expected before it was learned.
///
/// It is written beside its place under another name and put there whole: whoever finds it finds all of it.
final class DumpFile {
    private let path: String
    private let temporary: String
    private let table: RatingTable
    private var descriptor: Int32
    private var bytes: [UInt8] = []
    /// Why something could not be written; then nothing more is.
    private var refusal: Int32?
    /// Whether the file was written in seconds: so it is where the ratings came with whole seconds only.
    private let isInSeconds: Bool
    private(set) var rows = 0

    static let header = "user_id,item_id,rating,timestamp,predicted,top10"
    private static let bytesMax = 1 << 18

    /// Makes the file under its other name: a place where nothing can be written is told before the work.
    ///
    /// - Parameter inputs: files that are read, which it must not take the place of.
    init(_ path: String, of table: RatingTable, sparing inputs: [String]) throws(CommandFailure) {
        try FileIdentity.check(path, of: "--dump", against: inputs)
        self.path = path
        self.table = table
        isInSeconds = table.columns.timestampsMs.allSatisfy { $0 % 1_000 == 0 }
        temporary = "\(path).\(getpid()).part"
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_mode & S_IFMT != S_IFREG {
            throw CommandFailure(
                .failed, "'\(printable(path))' is there and is no file. Give '--dump' the path of a file.")
        }
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        bytes.append(contentsOf: "\(Self.header)\n".utf8)
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    func add(_ expectation: Expectation) {
        let columns = table.columns
        let row = expectation.row
        let isRating = columns.action(row) == .rating
        let timestampMs = columns.timestampsMs[row]
        append(field: table.users.id(columns.users[row]).text)
        append(field: table.items.id(columns.items[row]).text)
        append(isRating ? columns.ratings[row].description : "")
        append(isInSeconds ? "\(timestampMs / 1_000)" : "\(timestampMs)")
        append(expectation.rating?.description ?? "")
        append(field: expectation.top.map(\.text).joined(separator: " "), end: "\n")
        rows += 1
        if bytes.count > Self.bytesMax { write() }
    }

    /// Puts the file in its place.
    func finish() throws(CommandFailure) {
        write()
        if refusal == nil, fsync(descriptor) != 0 { refusal = errno }
        if refusal == nil, rename(temporary, path) != 0 { refusal = errno }
        if let refusal { throw Self.failure(path, refusal) }
        close(descriptor)
        descriptor = -1
    }

    private func append(_ text: String) {
        append(text, end: ",")
    }

    private func append(_ text: String, end: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: end.utf8)
    }

    /// In quotes where it must be: RFC 4180, section 2.
    private func append(field text: String, end: String = ",") {
        let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        guard needsQuotes else { return append(text, end: end) }
        let doubled = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        append("\"\(doubled)\"", end: end)
    }

    private func write() {
        var rest = bytes[...]
        while refusal == nil, !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                refusal = errno
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure(
            .failed,
            "'\(printable(path))' cannot be written: \(String(cString: strerror(code))). "
                + "Give '--dump' a path in a folder that is there, with room and leave to write.")
    }
}
