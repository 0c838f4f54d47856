/// How rows are written: numbers as their little-endian bytes, one after the other, no padding; texts and lists with
/// their counts before them. The order of the fields is the format; it changes only with the schema version.
extension [UInt8] {
    /// Appends a number, or a vector of numbers.
    package mutating func put<Value: BitwiseCopyable>(_ value: Value) {
        Swift.withUnsafeBytes(of: value) { append(contentsOf: $0) }
    }

    /// Appends numbers that lie in memory, without a count.
    package mutating func put(_ floats: UnsafePointer<Float>, count: Int) {
        append(contentsOf: UnsafeRawBufferPointer(start: floats, count: count * 4))
    }

    /// Appends a text of less than 4 GiB.
    package mutating func put(_ text: String) {
        put(UInt32(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    /// Appends a count and then the elements as they lie in memory.
    package mutating func put<Value: BitwiseCopyable>(_ values: [Value]) {
        values.withUnsafeBufferPointer { put($0) }
    }

    /// The same of elements that are lent.
    package mutating func put<Value: BitwiseCopyable>(_ values: UnsafeBufferPointer<Value>) {
        put(UInt32(values.count))
        append(contentsOf: UnsafeRawBufferPointer(values))
    }

    /// Appends `count` bytes, all of which `write` must fill: for rows of many small fields.
    @inline(__always)
    package mutating func put(count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void) {
        append(addingCapacity: count) { out in
            out.withUnsafeMutableBufferPointer { buffer, written in
                write(
                    UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
                written = count
            }
        }
    }
}

/// Reads what was put, in the same order. Throws where the bytes end early.
package struct StateBytes {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    package var isAtEnd: Bool { offset == bytes.count }

    package mutating func take<Value: BitwiseCopyable>(_: Value.Type = Value.self) throws(StateDamage)
        -> Value
    {
        let size = MemoryLayout<Value>.size
        let start = try skip(size)
        return bytes.loadUnaligned(fromByteOffset: start, as: Value.self)
    }

    package mutating func takeText() throws(StateDamage) -> String {
        let count = Int(try take(UInt32.self))
        let start = try skip(count)
        let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
        guard let valid = String(validating: text, as: UTF8.self) else { throw .notText }
        return valid
    }

    package mutating func takeList<Value: BitwiseCopyable>(of: Value.Type = Value.self) throws(StateDamage)
        -> [Value]
    {
        let count = Int(try take(UInt32.self))
        let size = count * MemoryLayout<Value>.stride
        let start = try skip(size)
        guard count > 0 else { return [] }
        return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + size]))
            initialized = count
        }
    }

    /// A count that a list of rows of at least `bytesEach` can have here.
    package mutating func takeCount(bytesEach: Int) throws(StateDamage) -> Int {
        let count = Int(try take(UInt32.self))
        guard count * bytesEach <= bytes.count - offset else { throw .tooShort }
        return count
    }

    /// Numbers straight into memory that is there already.
    package mutating func take(into floats: UnsafeMutablePointer<Float>, count: Int) throws(StateDamage) {
        let start = try skip(count * 4)
        UnsafeMutableRawPointer(floats).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[start...]).baseAddress ?? UnsafeRawPointer(floats),
            byteCount: count * 4)
    }

    /// Passes over bytes; returns where they begin.
    package mutating func skip(_ count: Int) throws(StateDamage) -> Int {
        guard count >= 0, bytes.count - offset >= count else { throw .tooShort }
        defer { offset += count }
        return offset
    }
}

/// Why a row cannot be read: it was not written by us, or not in this version.
package enum StateDamage: Error, Equatable, Sendable {
    case tooShort
    case notText
    /// The rows do not fit together: a gap in the numbers, or a row of something that is not there.
    case unexpected
}
