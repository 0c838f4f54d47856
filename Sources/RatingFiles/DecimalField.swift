/// Decimal numbers as rating files write them: an optional sign, digits with at most one point, an exponent.
///
/// Hexadecimal, "nan" and "infinity", which the library's parser takes too, are not numbers here.
enum DecimalField {
    /// The nearest `Float`, infinite where it is too large; `nil` where the text is not a decimal number.
    static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
        if let short = shortFloat(text) { return short }
        return isDecimal(text) ? Float(String(decoding: text, as: UTF8.self)) : nil
    }

    /// The nearest `Double`, as above.
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        isDecimal(text) ? Double(String(decoding: text, as: UTF8.self)) : nil
    }

    /// Digits alone, 1 to 18 of them.
    static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard (1...18).contains(text.count) else { return nil }
        var number: Int64 = 0
        for byte in text {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        return number
    }

    /// Whether the text names what is not a finite number.
    static func isNonFiniteWord(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= 9 else { return false }
        var word = String(decoding: text, as: UTF8.self).lowercased()
        if word.hasPrefix("-") || word.hasPrefix("+") { word.removeFirst() }
        return ["nan", "inf", "infinity"].contains(word)
    }

    /// Up to seven digits with a point among them: both the digits and the power of ten are exact, so their
    /// quotient is the nearest `Float`.
    private static func shortFloat(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
        guard (1...8).contains(text.count) else { return nil }
        var digits: Int32 = 0
        var digitsCount = 0
        var divisor: Int32 = 0
        for byte in text {
            if byte == UInt8(ascii: "."), divisor == 0 {
                divisor = 1
                continue
            }
            guard byte >= 0x30, byte <= 0x39, digitsCount < 7 else { return nil }
            digits = digits * 10 + Int32(byte - 0x30)
            digitsCount += 1
            divisor *= 10
        }
        guard digitsCount > 0 else { return nil }
        return divisor == 0 ? Float(digits) : Float(digits) / Float(divisor)
    }

    private static func isDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        func skipSign() {
            if place < text.count, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
                place += 1
            }
        }
        func skipDigits() -> Int {
            let start = place
            while place < text.count, text[place] >= 0x30, text[place] <= 0x39 { place += 1 }
            return place - start
        }
        skipSign()
        var digitsCount = skipDigits()
        if place < text.count, text[place] == UInt8(ascii: ".") {
            place += 1
            digitsCount += skipDigits()
        }
        guard digitsCount > 0 else { return false }
        if place < text.count, text[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            skipSign()
            guard skipDigits() > 0 else { return false }
        }
        return place == text.count
    }
}
