import Foundation
import Pipeline
import State
import StateStore

enum StateFileFuzz {
    /// A folder of this process, and the bytes of a state file of which all others are made.
    private static let folder = StateFolder("\(place)/freshet-fuzz-\(getpid())")
    /// Memory where there is some: a disk would be waited for.
    private static let place =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    private static let file: [UInt8] = {
        defer { remove() }
        do {
            var writer = CheckpointWriter(try StateFile(folder), describing: StateDescription())
            var chunk = StateChunk()
            for row in SmallState.rows { chunk.put(row.table, row.key) { $0 += row.bytes } }
            writer.append(chunk)
            writer.commit()
            _ = try writer.waitForOutcome()
        } catch {
            preconditionFailure("no state could be made: \(error)")
        }
        return [UInt8](FileManager.default.contents(atPath: folder.database) ?? Data())
    }()

    static func run(_ bytes: UnsafeRawBufferPointer) {
        var damaged = file
        for edit in Edit.all(bytes).prefix(16) {
            // An edit reaches 64 KiB far: the row says from where.
            let start = (edit.row << 8) % damaged.count
            damaged[start...] = ArraySlice(edit.apply(to: Array(damaged[start...])) ?? [])
            if damaged.isEmpty { break }
        }
        defer { remove() }
        guard
            (try? FileManager.default.createDirectory(
                atPath: folder.path, withIntermediateDirectories: true)) != nil,
            FileManager.default.createFile(atPath: folder.database, contents: Data(damaged))
        else { return }
        look()
    }

    /// All that a program does with a state that it finds.
    private static func look() {
        if let file = try? StateFile(folder) { _ = try? file.check(model: "") }
        guard let snapshot = try? folder.snapshot() else { return }
        _ = try? snapshot.inspect()
        _ = try? snapshot.verify()
        _ = try? Core(options: SmallState.options, restoring: snapshot)
    }

    private static func remove() {
        try? FileManager.default.removeItem(atPath: folder.path)
    }
}
