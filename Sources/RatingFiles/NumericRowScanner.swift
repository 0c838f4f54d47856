/// Reads rows of plain decimal fields, `user,item,rating,timestamp`, straight from the bytes.
///
/// A row is taken only if it is exactly: two ids of 1 to 8 digits without leading zeros; a rating of one digit,
/// perhaps with a point and one more; a timestamp of 9 to 16 digits that lies in the allowed years; a line end.
/// At anything else the scanner stops and leaves the row to `RowDecoder`, which reads every form; so the two must
/// agree on the rows that both can read, and the tests hold them to it.
///
/// Eight bytes are loaded at a time. Whether a byte is a digit is decided for all eight by one addition: after an
/// exclusive or with '0' digits are 0 to 9, and adding 0x76 carries into the top bit of every other value. The
/// carry can spoil only bytes behind the first non-digit, which do not count. The digits are then weighed in
/// pairs, fours and eights by three multiplications.
struct NumericRowScanner {
    let separator: UInt8
    let separatorIsDouble: Bool
    let hasTimestamp: Bool
    /// Rows of other times are counted, not kept.
    let times: Range<Int64>
    private(set) var rowsOutside = 0

    init(_ separator: Separator, hasTimestamp: Bool, times: Range<Int64>) {
        self.separator = separator.byte
        separatorIsDouble = separator.width == 2
        self.hasTimestamp = hasTimestamp
        self.times = times
    }

    /// Reads rows until the chunk is full, the bytes are used up or a row is not of the plain kind.
    ///
    /// - Parameters:
    ///   - start: the beginning of a line; `end`: behind the line feed of the last line, with
    ///     `LineBlocks.readableBeyond` bytes that may be loaded.
    ///   - madeUpMs: the time of the next row where rows have none; moved on by a second a row.
    ///   - rows: counts the rows that were taken, those outside `times` included.
    /// - Returns: where the next row begins.
    mutating func scan(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, into chunk: inout RowChunk,
        users: inout IDPool, items: inout IDPool, madeUpMs: inout Int64, rows: inout Int
    ) -> UnsafePointer<UInt8> {
        var place = start
        var count = chunk.count
        let limit = chunk.limit
        var taken = 0
        while place < end, count < limit {
            guard let user = idField(place) else { break }
            guard let afterUser = passSeparator(place + user.length) else { break }
            guard let item = idField(afterUser) else { break }
            guard let afterItem = passSeparator(afterUser + item.length) else { break }
            guard let rating = ratingField(afterItem) else { break }
            var last = afterItem + rating.length
            var time = madeUpMs
            if hasTimestamp {
                guard let afterRating = passSeparator(last) else { break }
                guard let timestamp = timestampField(afterRating) else { break }
                time = timestamp.milliseconds
                last = afterRating + timestamp.length
            }
            if last[0] == 13 { last += 1 }
            guard last[0] == 10 else { break }
            taken += 1
            if !hasTimestamp { madeUpMs += 1000 }
            if times.contains(time) {
                var userEntry = users.entry(ofShort: user.number)
                if userEntry == 0 {
                    userEntry = 1 + users.intern(UnsafeBufferPointer(start: place, count: user.length))
                }
                var itemEntry = items.entry(ofShort: item.number)
                if itemEntry == 0 {
                    itemEntry = 1 + items.intern(UnsafeBufferPointer(start: afterUser, count: item.length))
                }
                chunk.users[count] = userEntry &- 1
                chunk.items[count] = itemEntry &- 1
                chunk.ratings[count] = rating.value
                chunk.timestampsMs[count] = time
                count += 1
            } else {
                rowsOutside += 1
            }
            place = last + 1
        }
        chunk.count = count
        rows += taken
        return place
    }

    @inline(__always)
    private func passSeparator(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        guard place[0] == separator else { return nil }
        guard separatorIsDouble else { return place + 1 }
        return place[1] == separator ? place + 2 : nil
    }

    @inline(__always)
    private func idField(_ place: UnsafePointer<UInt8>) -> (number: Int, length: Int)? {
        let digits = Self.digits(place)
        let length = Self.digitsCount(digits)
        guard length != 0, digits & 0xFF != 0 || length == 1 else { return nil }
        return (Int(Self.number(digits, count: length)), length)
    }

    @inline(__always)
    private func ratingField(_ place: UnsafePointer<UInt8>) -> (value: Float, length: Int)? {
        let whole = place[0] &- 0x30
        guard whole < 10 else { return nil }
        guard place[1] == UInt8(ascii: ".") else { return (Float(whole), 1) }
        let tenths = place[2] &- 0x30
        guard tenths < 10 else { return nil }
        return (Float(Int32(whole) &* 10 &+ Int32(tenths)) / 10, 3)
    }

    @inline(__always)
    private func timestampField(_ place: UnsafePointer<UInt8>) -> (milliseconds: Int64, length: Int)? {
        let first = Self.digits(place)
        guard Self.digitsCount(first) == 8 else { return nil }
        let rest = Self.digitsCount(Self.digits(place + 8))
        guard rest != 0 else { return nil }
        // The number is its first `rest` digits and then its last eight.
        let high = Self.number(first, count: rest)
        let low = Self.number(Self.digits(place + rest), count: 8)
        var milliseconds = Int64(high &* 100_000_000 &+ low)
        if milliseconds < 100_000_000_000 {
            milliseconds &*= 1000
        } else if milliseconds >= 100_000_000_000_000 {
            milliseconds /= 1000
        }
        guard TimestampField.range.contains(milliseconds) else { return nil }
        return (milliseconds, rest + 8)
    }

    /// Eight bytes with digits as 0 to 9, the first byte lowest.
    @inline(__always)
    private static func digits(_ place: UnsafePointer<UInt8>) -> UInt64 {
        let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
        return UInt64(littleEndian: word) ^ 0x3030_3030_3030_3030
    }

    /// How many bytes from the first on are digits, 0 to 8.
    @inline(__always)
    private static func digitsCount(_ digits: UInt64) -> Int {
        let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
        return others.trailingZeroBitCount >> 3
    }

    /// The value of the first `count` digits, 1 to 8.
    @inline(__always)
    private static func number(_ digits: UInt64, count: Int) -> UInt64 {
        let aligned = digits &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        let pairs = ((aligned &* ((10 << 8) | 1)) &>> 8) & 0x00FF_00FF_00FF_00FF
        let fours = ((pairs &* ((100 << 16) | 1)) &>> 16) & 0x0000_FFFF_0000_FFFF
        return (fours &* ((10_000 << 32) | 1)) &>> 32
    }
}
