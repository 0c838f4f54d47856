import Events
import Glibc
import RatingFiles

enum RatingsFuzz {
    static func run(_ bytes: UnsafeRawBufferPointer) {
        // A file without a name, read by the path of its descriptor like any other.
        guard let file = tmpfile() else { return }
        defer { fclose(file) }
        guard fwrite(bytes.baseAddress ?? UnsafeRawPointer(file), 1, bytes.count, file) == bytes.count,
            fflush(file) == 0
        else { return }
        let path = "/proc/self/fd/\(fileno(file))"
        var table = RatingTable()
        let reading = try? RatingFileReader(actions: ActionNames(bare: .click)).read(
            path, into: &table, limit: 10_000)
        precondition(reading == nil || table.columns.count <= 10_000)
        table.sortByTime()
        _ = try? MovieCatalogReader.read(path)
    }
}
