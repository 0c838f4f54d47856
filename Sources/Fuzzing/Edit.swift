/// One change to bytes, read from eight bytes of input.
struct Edit {
    /// Which of the rows; 0 for a file.
    var row: Int
    private var kind: UInt8
    private var offset: Int
    private var value: UInt32

    /// The number that the row gets instead of its own; `nil` where the edit is one of its bytes.
    var newKey: Int64? {
        kind < 0xe0 ? nil : Int64(Int32(bitPattern: value)) << Int64(offset & 31)
    }

    /// All edits that the input holds; what is left over is nothing.
    static func all(_ input: UnsafeRawBufferPointer) -> [Edit] {
        stride(from: 0, to: input.count - input.count % 8, by: 8).map { start in
            Edit(
                row: Int(input[start]) | Int(input[start + 1]) << 8, kind: input[start + 2],
                offset: Int(input[start + 3]) | Int(input[start + 4]) << 8,
                value: UInt32(input[start + 5]) | UInt32(input[start + 6]) << 8
                    | UInt32(bitPattern: Int32(Int8(bitPattern: input[start + 7]))) << 16)
        }
    }

    /// Applies it; an offset behind the end counts from the beginning again. `nil` is a row that is gone.
    func apply(to bytes: [UInt8]) -> [UInt8]? {
        guard !bytes.isEmpty else { return kind % 7 == 0 ? nil : [UInt8(truncatingIfNeeded: value)] }
        var bytes = bytes
        let at = offset % bytes.count
        switch kind % 7 {
        case 0: return nil
        case 1: bytes[at] = UInt8(truncatingIfNeeded: value)
        case 2: bytes.removeLast(bytes.count - at)
        case 3: bytes.insert(UInt8(truncatingIfNeeded: value), at: at)
        case 4: bytes.removeSubrange(at..<min(bytes.count, at + Int(value & 15)))
        default:
            // A number as the format writes them, at its place or anywhere.
            let place = kind % 7 == 5 ? at & ~3 : at
            for index in 0..<min(4, bytes.count - place) {
                bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
            }
        }
        return bytes
    }
}
