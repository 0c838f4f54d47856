import CZlib

/// Unpacks gzip (RFC 1952), one member after another; zero bytes after the last one are padding.
///
/// zlib keeps a pointer back to its stream, so the stream lives at one address for good.
struct Inflater: ~Copyable {
    enum Fault: Error { case damaged, noMemory }

    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the input so far ends where a member ends: what an end of file must find.
    private(set) var isBetweenMembers = false
    private var isPadding = false

    init() throws(Fault) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let gzipOnly = MAX_WBITS + 16
        guard inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw .noMemory
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks from `input` into `output`, either of which may be used in part.
    ///
    /// With empty input it hands out what zlib still holds back.
    ///
    /// - Returns: bytes taken and bytes made.
    mutating func unpack(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(Fault) -> (taken: Int, made: Int) {
        var taken = 0
        var made = 0
        repeat {
            if isBetweenMembers {
                guard taken < input.count else { break }
                if isPadding || input[taken] == 0 {
                    isPadding = true
                    guard input[taken...].allSatisfy({ $0 == 0 }) else { throw .damaged }
                    return (input.count, made)
                }
                guard inflateReset(stream) == Z_OK else { throw .damaged }
                isBetweenMembers = false
            }
            let step = try inflateOnce(input[taken...], into: output[made...])
            taken += step.taken
            made += step.made
            if step.taken == 0, step.made == 0, !isBetweenMembers { break }
        } while made < output.count
        return (taken, made)
    }

    private mutating func inflateOnce(
        _ input: Slice<UnsafeRawBufferPointer>, into output: Slice<UnsafeMutableRawBufferPointer>
    ) throws(Fault) -> (taken: Int, made: Int) {
        let input = UnsafeRawBufferPointer(rebasing: input).assumingMemoryBound(to: UInt8.self)
        let output = UnsafeMutableRawBufferPointer(rebasing: output).assumingMemoryBound(to: UInt8.self)
        let lent = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = lent
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = room
        switch inflate(stream, Z_NO_FLUSH) {
        case Z_STREAM_END: isBetweenMembers = true
        case Z_OK, Z_BUF_ERROR: break
        case Z_MEM_ERROR: throw .noMemory
        default: throw .damaged
        }
        return (Int(lent - stream.pointee.avail_in), Int(room - stream.pointee.avail_out))
    }
}
