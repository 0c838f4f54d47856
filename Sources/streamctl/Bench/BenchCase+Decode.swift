import Events
import RatingFiles
import Telemetry

extension BenchCase {
    /// From the bytes of a record to an event, as `replay` writes it.
    static let decode = BenchCase(
        name: "decode", unit: "ns", purpose: "Decode and validate one rating event"
    ) { (input) throws(CommandFailure) in
        let values = texts(of: try input.ratings().table)
        var decoder = EventDecoder()
        return { () throws(CommandFailure) in
            let lap = Lap()
            var decoded = 0
            for value in values where decodes(value, &decoder) { decoded += 1 }
            let run = lap.each(of: values.count)
            guard decoded == values.count else {
                throw CommandFailure(.failed, "\(values.count - decoded) good events were refused")
            }
            return run
        }
    }

    private static func texts(of table: RatingTable) -> [[UInt8]] {
        let (users, items) = (
            IDTexts(table.users, spelling: jsonString), IDTexts(table.items, spelling: jsonString)
        )
        var text = EventText()
        let columns = table.columns
        return (0..<columns.count).map { row in
            text.write(row, of: columns, users: users, items: items)
            return text.bytes
        }
    }

    @inline(__always)
    private static func decodes(_ value: [UInt8], _ decoder: inout EventDecoder) -> Bool {
        value.withUnsafeBytes { bytes in
            let position = Position(lane: Lane(topic: .ratings, partition: 0), offset: 0)
            let record = Record(position: position, arrivedMs: nil, key: nil, value: bytes)
            return (try? decoder.decode(record)) != nil
        }
    }
}
