import Foundation
import RatingFiles
import Testing

@testable import streamctl

@Suite struct EventTextTests {
    @Test(arguments: [
        ("4.5", "4.5"), ("5", "5"), ("5.0", "5"), ("0.1", "0.1"), ("3.7", "3.7"), ("-1", "-1"), ("0", "0"),
        ("1e-5", "1e-05"), ("100000", "100000"), ("3.14159274", "3.1415927"), ("16777216", "16777216"),
    ])
    func ratingsKeepTheirDecimals(written: String, expected: String) throws {
        #expect(try text(user: "1", item: "2", rating: written).contains(#""rating":\#(expected),"#))
    }

    @Test(arguments: [
        "1", "é 雪", #"a"b\c"#, "a\tb", String(repeating: "x", count: 128), "</script>", "\u{2028}",
    ])
    func idsAreReadBackAsTheyWere(id: String) throws {
        let json = try text(user: id, item: id, rating: "1")
        let event = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(event["user_id"] as? String == id)
        #expect(event["item_id"] as? String == id)
        #expect(event["rating"] as? Double == 1)
        #expect(event["timestamp"] as? Int == 1_500_000_000_000)
    }

    private func text(user: String, item: String, rating: String) throws -> String {
        let scratch = try Scratch()
        let quoted = [user, item].map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
        let file = try scratch.write(
            "r.csv", "userId,movieId,rating,timestamp\n\(quoted),\(rating),1500000000\n")
        var table = RatingTable()
        let report = try RatingFileReader().read(file, into: &table)
        try #require(table.columns.count == 1, "\(report)")
        let columns = table.columns
        var text = EventText()
        text.write(
            0, of: columns, users: IDTexts(table.users, spelling: quote),
            items: IDTexts(table.items, spelling: quote))
        return String(decoding: text.bytes, as: UTF8.self)
    }

    private func quote(_ id: String) -> String { "\(JSON.text(id))" }
}
