import Events
import Testing

/// A thousand broken messages of each kind between good ones, all through one decoder.
@Suite struct MalformedStreamTests {
    enum Kind: CaseIterable {
        case empty, cut, notUTF8, tooLarge, tooDeep, repeated, notANumber, shortID, longID, missing, badTime,
            future
        case badRating, framed, unknownType, notAnObject, trailing
    }

    @Test(arguments: Kind.allCases)
    func eachHasItsRuleAndTheOthersPass(kind: Kind) {
        var dice = Dice(seed: 11)
        var rules = FieldRules()
        rules.bytesMax = 4096
        var decoder = EventDecoder(rules: rules)
        for round in 0..<1000 {
            let (bytes, expected) = Self.broken(kind, &dice)
            let rule = decode(bytes, with: &decoder).rule
            guard rule == expected, decode(Self.good(&dice), with: &decoder).rule == nil else {
                Issue.record("\(kind), round \(round): \(String(describing: rule)), not \(expected)")
                return
            }
        }
    }

    private static func good(_ dice: inout Dice) -> [UInt8] {
        Array(text(fields(&dice), &dice).utf8)
    }

    private static func fields(_ dice: inout Dice) -> [(String, String)] {
        [
            ("event_id", "\"e-\(dice.next())\""),
            ("user_id", "\"\(UInt16.random(in: 0...9999, using: &dice))\""),
            ("item_id", "\(UInt16.random(in: 0...9999, using: &dice))"),
            ("rating", "\(Double(Int.random(in: 0...20, using: &dice)) / 2)"),
            ("timestamp", "\(1_690_000_000_000 + Int.random(in: 0...1_000_000_000, using: &dice))"),
        ]
    }

    private static func text(_ fields: [(String, String)], _ dice: inout Dice) -> String {
        "{" + fields.shuffled(using: &dice).map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    private static func broken(_ kind: Kind, _ dice: inout Dice) -> ([UInt8], Rule) {
        var fields = fields(&dice)
        let some = Int.random(in: 1...40, using: &dice)
        /// Puts one of the values into the field, which breaks the rule.
        func with(_ field: Int, _ values: [String], _ rule: Rule) -> ([UInt8], Rule) {
            fields[field].1 = values[Int(dice.next() % UInt64(values.count))]
            return (Array(text(fields, &dice).utf8), rule)
        }
        let idRules: [Rule] = [.invalidEventID, .invalidUser, .invalidItem]
        let field = some % 3
        switch kind {
        case .empty: return (Array(repeating: 0x20, count: some - 1), .emptyValue)
        case .cut:
            let whole = good(&dice)
            return (Array(whole.prefix(Int.random(in: 1..<whole.count, using: &dice))), .invalidJSON)
        case .notUTF8:
            var bytes = good(&dice)
            bytes.insert(UInt8.random(in: 0xf8...0xff, using: &dice), at: bytes.count / 2)
            return (bytes, .invalidUTF8)
        case .tooLarge: return (good(&dice) + Array(repeating: 0x20, count: 4096), .tooLarge)
        case .tooDeep:
            let deep = String(repeating: "[", count: 16 + some) + String(repeating: "]", count: 16 + some)
            fields.append(("x", deep))
            return (Array(text(fields, &dice).utf8), .tooDeep)
        case .repeated:
            fields.append(fields[some % 5])
            return (Array(text(fields, &dice).utf8), .duplicateKey)
        case .notANumber:
            return with(
                some % 5, ["NaN", "Infinity", "-Infinity", "nan", "-", "1.", "01", "0x1"], .invalidJSON)
        case .shortID: return with(field, ["\"\""], idRules[field])
        case .longID:
            return with(field, ["\"" + String(repeating: "i", count: 128 + some) + "\""], idRules[field])
        case .missing:
            let missing: [Rule] = [.missingUser, .missingItem, .missingRating, .missingTimestamp]
            fields.remove(at: 1 + some % 4)
            return (Array(text(fields, &dice).utf8), missing[some % 4])
        case .badTime:
            let times = [
                "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "0", "-5", "1e40", "253402300799000",
            ]
            return with(4, times, .timestampOutOfRange)
        case .future: return with(4, ["1700100000", "\"2024-01-01T00:00:00+02:00\""], .timestampInFuture)
        case .badRating: return with(3, ["\"5\"", "true", "[5]", "{}", "\"NaN\""], .invalidRating)
        case .framed: return ([0, 0, 0, 0, 1] + (0..<some).map { UInt8($0) }, .unsupportedFraming)
        case .unknownType:
            fields.append(("type", ["\"refund\"", "\"\"", "7", "\"click\""][some % 4]))
            return (Array(text(fields, &dice).utf8), .unknownType)
        case .notAnObject: return (Array("[".utf8) + good(&dice) + Array("]".utf8), .notAnObject)
        case .trailing:
            return (good(&dice) + Array(["}", "{}", "x", ",", "\0", "\"", "1"][some % 7].utf8), .invalidJSON)
        }
    }
}
