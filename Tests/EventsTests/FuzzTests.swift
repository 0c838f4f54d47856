import Events
import Testing

/// Whatever comes: an event within its rules or a refusal, never a crash, and the same again for the same
/// bytes.
@Suite struct FuzzTests {
    private static let seeds: [[UInt8]] =
        [
            AcceptanceTests.plain,
            #"{"id":"\u00e9\ud83d\ude00","userId":"é","movieId":7,"value":1e0,"ts":"2023-11-14T22:13:20.5+01:00"}"#,
            #"{"item_id":"318","title":"T\"","genres":["Drama","A"],"year":1994,"people":["x"],"available":true}"#,
            #"{"specversion":"1.0","id":"e","source":"s","type":"rating","time":"2023-11-14T22:13:20Z","data":{"user":1,"item":2,"rating":3}}"#,
            #"{"user":1,"item":2,"action":"click","value":-0.5,"ts":1700000000,"list_id":9,"x":[[{"y":[1.5,true,null]}]]}"#,
            "\0\0\0\0\u{1}" + AcceptanceTests.plain,
        ].map { Array($0.utf8) }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func mutatedEventsNeverCrash(seed: UInt64) {
        var dice = Dice(seed: seed)
        var decoder = EventDecoder()
        var again = EventDecoder()
        var accepted = 0
        for round in 0..<5000 {
            var bytes = Self.seeds[round % Self.seeds.count]
            for _ in 0..<Int.random(in: 1...3, using: &dice) { Self.mutate(&bytes, &dice) }
            let topic = Topic.allCases[Int(dice.next() % 4)]
            let answer = decode(bytes, on: topic, with: &decoder)
            #expect(answer == decode(bytes, on: topic, with: &again))
            if case .success(let event) = answer {
                accepted += 1
                #expect(Self.isWithinRules(event))
            }
        }
        #expect(accepted > 100)
    }

    @Test func randomBytesNeverCrash() {
        var dice = Dice(seed: 99)
        var decoder = EventDecoder()
        let alphabet = Array(#"{}[]:,"\0123456789eE+-.truefalsn "#.utf8)
        for round in 0..<20_000 {
            let count = Int.random(in: 0...80, using: &dice)
            let bytes = (0..<count).map { _ in
                round % 2 == 0 ? UInt8(truncatingIfNeeded: dice.next()) : alphabet[Int(dice.next() % 33)]
            }
            let answer = decode(round % 4 < 2 ? bytes : Array("{\"user\":".utf8) + bytes, with: &decoder)
            #expect(answer.rule != nil)
        }
    }

    @Test func randomHeadersNeverCrash() {
        var dice = Dice(seed: 7)
        var decoder = EventDecoder()
        let names = ["ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "", "é"]
        for _ in 0..<2000 {
            let headers = (0..<Int.random(in: 0...6, using: &dice)).map { _ in
                let bytes = (0..<Int.random(in: 0...30, using: &dice)).map { _ in
                    UInt8(truncatingIfNeeded: dice.next())
                }
                return Header(name: names[Int(dice.next() % 7)], value: dice.next() % 4 == 0 ? nil : bytes)
            }
            let answer = decode(Self.seeds[0], headers: headers, with: &decoder)
            #expect(answer == decode(Self.seeds[0], headers: headers, with: &decoder))
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return bytes.append(0x7b) }
        let at = Int(dice.next() % UInt64(bytes.count))
        let end = Int.random(in: at...min(bytes.count, at + 12), using: &dice)
        switch dice.next() % 8 {
        case 0: bytes[at] ^= 1 << UInt8(dice.next() % 8)
        case 1: bytes[at] = UInt8(truncatingIfNeeded: dice.next())
        case 2: bytes.insert(UInt8(truncatingIfNeeded: dice.next()), at: at)
        case 3: bytes.removeSubrange(at..<end)
        case 4: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 5: bytes[at] = Array("{}[]:,\"\\ 0-.eE".utf8)[Int(dice.next() % 14)]
        case 6: bytes.removeLast(bytes.count - at)
        default: bytes.insert(0x20, at: at)
        }
    }

    private static func isWithinRules(_ event: Event) -> Bool {
        let rules = FieldRules()
        switch event {
        case .interaction(let interaction):
            return (1...128).contains(interaction.user.text.utf8.count)
                && (1...128).contains(interaction.item.text.utf8.count)
                && interaction.value.isFinite
                && (interaction.action != .rating || (0...10).contains(interaction.value))
                && (rules.earliestMs...1_700_003_600_000).contains(interaction.timestampMs)
        case .catalog(let item):
            return (1...128).contains(item.item.text.utf8.count) && item.title.utf8.count <= 1024
                && item.genres.count <= 64 && item.people.count <= 256
        case .erasure(let erasure):
            return (rules.earliestMs...1_700_003_600_000).contains(erasure.timestampMs)
        }
    }
}
