/// The bytes of a file or of standard input, unpacked where they begin like gzip (RFC 1952), whatever the name.
struct ByteSource: ~Copyable {
    private static let waitingBytesMax = 256 << 10

    private let path: String
    private let file: FileDescriptor
    /// How far the file has been read, in the unit of `bytesTotal`.
    private(set) var bytesDone = 0
    /// What was read to look for gzip and, for gzip, what is to be unpacked next.
    private let waiting = OwnedBytes(count: waitingBytesMax)
    private var waitingStart = 0
    private var waitingEnd = 0
    private var inflater: Inflater?
    /// Of the file, as far as it is to be read.
    private var bytesLeft: Int

    /// Opens the file, or standard input for `-`, and looks at its first bytes.
    static func open(_ path: String) throws(RatingFileError) -> ByteSource {
        var source = ByteSource(path: path, file: try FileDescriptor(path: path))
        try source.lookForGzip()
        return source
    }

    /// Opens a part of a plain file.
    static func open(_ path: String, _ part: Range<Int>) throws(RatingFileError) -> ByteSource {
        let file = try FileDescriptor(path: path)
        try file.seek(to: part.lowerBound, path: path)
        return ByteSource(path: path, file: file, bytesLeft: part.count)
    }

    private init(path: String, file: consuming FileDescriptor, bytesLeft: Int = .max) {
        self.path = path
        self.file = file
        self.bytesLeft = bytesLeft
    }

    var isUnpacked: Bool { inflater != nil }

    /// The size on disk where there is one: packed bytes for gzip.
    var bytesTotal: Int? { file.size }

    /// Writes the next bytes to `room`, at least one; returns how many, 0 only at the end.
    mutating func read(into room: UnsafeMutableRawBufferPointer) throws(RatingFileError) -> Int {
        precondition(!room.isEmpty)
        if inflater != nil { return try readUnpacked(into: room) }
        guard waitingStart < waitingEnd else { return try fill(room) }
        let count = min(room.count, waitingEnd - waitingStart)
        let first = waiting.bytes[waitingStart..<waitingStart + count]
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: first))
        waitingStart += count
        return count
    }

    private mutating func lookForGzip() throws(RatingFileError) {
        while waitingEnd < 2 {
            let count = try fill(UnsafeMutableRawBufferPointer(rebasing: waiting.bytes[waitingEnd...]))
            if count == 0 { return }
            waitingEnd += count
        }
        guard waiting.bytes[0] == 0x1F, waiting.bytes[1] == 0x8B else { return }
        do throws(Inflater.Fault) {
            inflater = try Inflater()
        } catch {
            throw .unreadable(path: path, reason: "no memory to unpack it")
        }
    }

    private mutating func readUnpacked(
        into room: UnsafeMutableRawBufferPointer
    ) throws(RatingFileError) -> Int {
        while true {
            if waitingStart == waitingEnd {
                waitingStart = 0
                waitingEnd = try fill(waiting.bytes)
            }
            let packed = UnsafeRawBufferPointer(rebasing: waiting.bytes[waitingStart..<waitingEnd])
            let step: (taken: Int, made: Int)?
            do throws(Inflater.Fault) {
                step = try inflater?.unpack(packed, into: room)
            } catch {
                switch error {
                case .damaged: throw .damagedGzip(path: path)
                case .noMemory: throw .unreadable(path: path, reason: "no memory to unpack it")
                }
            }
            waitingStart += step?.taken ?? 0
            if let made = step?.made, made > 0 { return made }
            if packed.isEmpty {
                guard inflater?.isBetweenMembers == true else { throw .truncatedGzip(path: path) }
                return 0
            }
        }
    }

    private mutating func fill(_ room: UnsafeMutableRawBufferPointer) throws(RatingFileError) -> Int {
        guard bytesLeft > 0 else { return 0 }
        let count = try file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: room.prefix(bytesLeft)), path: path)
        bytesDone += count
        bytesLeft -= count
        return count
    }
}
