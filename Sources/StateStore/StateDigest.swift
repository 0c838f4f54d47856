import Events
import Pipeline
import State

/// 128 bits over a logical state: equal states have equal digests, on every machine and in every process.
///
/// The state is written as one text that can be read in one way only: per table that has rows its name with the
/// length before it, then per row a 1, the key, the length and the bytes, and a 0 after the last row; numbers are
/// little-endian words of 64 bits. The text is cut where a row ends and at least 64 KiB have come together, and each piece is hashed
/// behind the hash of those before it (SipHash-1-3-128, with a fixed key: it finds accidents, it is no signature).
package struct StateDigest: Hashable, Sendable, CustomStringConvertible {
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    /// 32 hexadecimal digits.
    package var description: String {
        [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The state digest while it is being made.
    struct Maker {
        private var digest = StateDigest()
        /// The hash so far, then what is not hashed yet.
        private var piece: [UInt8] = []
        private static let pieceBytes = 65_536

        init() {
            piece.reserveCapacity(2 * Self.pieceBytes)
            begin()
        }

        mutating func beginTable(_ name: String) {
            append(UInt64(name.utf8.count))
            piece.append(contentsOf: name.utf8)
        }

        mutating func row(_ key: Int64, _ bytes: UnsafeRawBufferPointer) {
            append(1)
            append(UInt64(bitPattern: key))
            append(UInt64(bytes.count))
            piece.append(contentsOf: bytes)
            if piece.count >= Self.pieceBytes { fold() }
        }

        mutating func endTable() { append(0) }

        mutating func finish() -> StateDigest {
            fold()
            return digest
        }

        private mutating func fold() {
            (digest.high, digest.low) = piece.withUnsafeBytes { SipHash.hash128($0) }
            begin()
        }

        private mutating func begin() {
            piece.removeAll(keepingCapacity: true)
            append(digest.high)
            append(digest.low)
        }

        private mutating func append(_ word: UInt64) {
            withUnsafeBytes(of: word.littleEndian) { piece.append(contentsOf: $0) }
        }
    }
}

extension StateSnapshot {
    /// The digest of all tables on which two runs over the same log agree.
    ///
    /// - Complexity: O(bytes), in the memory of a few rows.
    package func digest() throws(StateError) -> StateDigest {
        var maker = StateDigest.Maker()
        for table in StateTable.allCases where table.isLogical {
            let cursor = try RowCursor(table, of: connection)
            var isEmpty = true
            while let row = try cursor.next() {
                // A table that is empty is the same as one that an older state did not have.
                if isEmpty { maker.beginTable(table.name) }
                isEmpty = false
                maker.row(row.key, row.bytes)
            }
            if !isEmpty { maker.endTable() }
        }
        return maker.finish()
    }
}
