import Glibc

/// A text file in blocks of whole lines, in one buffer that is used again and again.
///
/// A line ends with a line feed; the last one gets its own if it lacks it. A byte order mark is skipped. No format
/// read here has line feeds inside quotes. After every block lie at least `readableBeyond` bytes that may be
/// loaded (not used), so that a scanner can load whole words.
struct LineBlocks: ~Copyable {
    /// Lines longer than this are refused whole.
    static let lineBytesMax = 1 << 20
    static let readableBeyond = 64
    /// Small enough for the second-level cache, large enough that the system call does not show.
    private static let blockBytes = 256 << 10
    private static let capacity = lineBytesMax + blockBytes

    enum Block {
        /// One or more whole lines, the last byte a line feed; lent until the next call.
        case lines(UnsafeBufferPointer<UInt8>)
        /// A line beyond the limit: how it begins, lent until the next call. The rest of it is skipped.
        case overlong(UnsafeBufferPointer<UInt8>)
    }

    private var source: ByteSource
    private let owned = OwnedBytes(count: capacity + readableBeyond)
    /// What has been read and not yet handed out stands in `start..<end`; up to `searched` it has no line feed.
    private var start = 0
    private var searched = 0
    private var end = 0
    private var isAtEnd = false
    private var isSkipping = false

    /// Opens the file and reads enough of it for its format to be recognised.
    static func open(_ path: String) throws(RatingFileError) -> LineBlocks {
        var lines = LineBlocks(source: try ByteSource.open(path))
        while lines.end < blockBytes / 4, !lines.isAtEnd { try lines.fill() }
        if lines.head.starts(with: [0xEF, 0xBB, 0xBF]) { lines.start = 3 }
        let isBlank = lines.head.allSatisfy { $0 == 10 || $0 == 13 || $0 == 32 }
        if isBlank, lines.isAtEnd { throw .empty(path: path) }
        return lines
    }

    /// Opens a part of a plain file, which begins and ends with whole lines.
    static func open(_ path: String, _ part: Range<Int>) throws(RatingFileError) -> LineBlocks {
        var lines = LineBlocks(source: try ByteSource.open(path, part))
        if part.lowerBound == 0 {
            while lines.end < 3, !lines.isAtEnd { try lines.fill() }
            if lines.head.starts(with: [0xEF, 0xBB, 0xBF]) { lines.start = 3 }
        }
        return lines
    }

    private init(source: consuming ByteSource) {
        self.source = source
    }

    var bytesDone: Int { source.bytesDone }
    var bytesTotal: Int? { source.bytesTotal }
    /// Whether the bytes were packed.
    var isUnpacked: Bool { source.isUnpacked }

    /// What has been read but not yet handed out; it may end within a line. Lent until the next call of `next`.
    var head: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer + start, count: end - start) }

    /// The next whole lines; `nil` at the end.
    mutating func next() throws(RatingFileError) -> Block? {
        while true {
            if let block = take() { return block }
            if isAtEnd { return nil }
            try fill()
        }
    }

    private var buffer: UnsafeMutablePointer<UInt8> { owned.start }

    private mutating func take() -> Block? {
        if isSkipping {
            guard let found = memchr(buffer + start, 10, end - start) else {
                start = end
                return nil
            }
            start = UnsafeRawPointer(buffer).distance(to: UnsafeRawPointer(found)) + 1
            isSkipping = false
        }
        var stop = end
        let first = max(start, searched)
        while stop > first, buffer[stop - 1] != 10 { stop -= 1 }
        searched = end
        if stop > first {
            defer { start = stop }
            return .lines(UnsafeBufferPointer(start: buffer + start, count: stop - start))
        }
        guard end - start > Self.lineBytesMax else { return nil }
        defer {
            start = end
            isSkipping = true
        }
        return .overlong(UnsafeBufferPointer(start: buffer + start, count: Refusals.excerptBytesMax + 1))
    }

    private mutating func fill() throws(RatingFileError) {
        if start > 0 {
            memmove(buffer, buffer + start, end - start)
            searched = max(0, searched - start)
            end -= start
            start = 0
        }
        let room = min(Self.capacity - end, Self.blockBytes)
        let count = try source.read(into: UnsafeMutableRawBufferPointer(start: buffer + end, count: room))
        end += count
        guard count == 0 else { return }
        isAtEnd = true
        guard end > 0, buffer[end - 1] != 10 else { return }
        buffer[end] = 10
        end += 1
    }
}
