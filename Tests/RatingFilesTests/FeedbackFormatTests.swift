import Events
import Testing

@testable import RatingFiles

/// Files of feedback: who did what with which item.
@Suite struct FeedbackFormatTests {
    private struct Row: Equatable {
        var item: String
        var action: Action
        var value: Float
        var timestampMs: Int64
    }

    private static let expected = [
        Row(item: "a", action: .click, value: 1, timestampMs: 1_260_759_144_000),
        Row(item: "b", action: .purchase, value: 1, timestampMs: 1_260_759_179_000),
    ]

    @Test(
        arguments: [
            (
                "user_id,item_id,action,timestamp\nu,a,click,1260759144\nu,b,purchase,1260759179\n",
                .headedFeedback
            ),
            (
                "user_id\titem_id\taction\tvalue\ttimestamp\nu\ta\tclick\t\t1260759144\n"
                    + "u\tb\tpurchase\t1\t1260759179\n", .headedFeedback
            ),
            (
                "user_id:token\titem_id:token\taction:token\ttimestamp:float\nu\ta\tclick\t1260759144\n"
                    + "u\tb\tPurchase\t1260759179.0\n", .recBole
            ),
            (
                "event_time,event_type,product_id,price,user_id\n2009-12-14 02:52:24 UTC,\"click\",a,2.50,u\n"
                    + "2009-12-14 02:52:59 UTC,BUY,b,1,u\n", .headedFeedback
            ),
            ("u,a,click,1260759144\nu,b,buy,1260759179\n", .headerlessFeedback),
            ("u,a,pv,1260759144\nu,b,buy,1260759179\n", .headerlessFeedback),
        ] as [(String, RatingFormat.Family)])
    func actionsAreRead(text: String, family: RatingFormat.Family) throws {
        let names = ActionNames(others: ["buy": .purchase, "pv": .click])
        let (file, rows) = try read(text, names)
        #expect(rows == Self.expected && file.format.family == family && file.assumedAction == nil)
        #expect(file.refusals.entries.isEmpty)
    }

    /// With `--action click` each of these is a click.
    @Test(arguments: [
        "user,item,timestamp\nu,a,1260759144\n", "item,user\na,u\n", "u,a,1260759144\n", "u\ta\t2009-12-14\n",
        "user_id:token\titem_id:token\ttimestamp:float\nu\ta\t1260759144\n",
        "user_id:token\tartist_id:token\tweight:float\nu\ta\t17\n",
    ])
    func whatRowsAreCanBeSaid(text: String) throws {
        let isBare = !text.contains("weight")
        let (file, rows) = try read(text, ActionNames(unnamed: .like, bare: .click))
        #expect(rows.map(\.action) == [.like] && rows.map(\.value) == [1] && file.assumedAction == .like)
        #expect(throws: RatingFileError.self) { try read(text, ActionNames()) }
        if isBare {
            #expect(try read(text, ActionNames(bare: .click)).rows.map(\.action) == [.click])
        } else {
            #expect(throws: RatingFileError.self) { try read(text, ActionNames(bare: .click)) }
        }
    }

    @Test func aFileMayHoldRatingsToo() throws {
        let (file, rows) = try read(
            "user,item,action,value,timestamp\nu,a,rating,4.5,1260759144\nu,a,click,,1260759144\nu,a,view,0.25,1260759144\n"
                + "u,a,rating,,1260759144\nu,a,cart,,1260759144\nu,a,view,x,1260759144\nu,a,view,inf,1260759144\n",
            ActionNames())
        #expect(rows.map(\.action) == [.rating, .click, .view] && rows.map(\.value) == [4.5, 1, 0.25])
        #expect(file.refusals.entries.map(\.fault) == [.ratingNotANumber, .unknownAction, .ratingNotFinite])
        #expect(file.refusals.total == 4)
    }

    /// Files of ratings are what they were, whatever actions are called.
    @Test func ratingsStayRatings() throws {
        let text = "user,item,rating,timestamp\nu,a,5,1260759144\n"
        let (file, rows) = try read(text, ActionNames(unnamed: .play, bare: .click))
        #expect(rows.map(\.action) == [.rating] && file.assumedAction == nil)
    }

    @Test func partsAreReadAsOne() throws {
        let rows = (0..<300).map {
            "u\($0 % 7),i\($0 % 11),\($0 % 3 == 0 ? "view" : "play"),\(1_260_759_144 + $0)\n"
        }
        let source = try TemporaryFile("user,item,action,timestamp\n\(rows.joined())".utf8)
        var (whole, parted) = (RatingTable(), RatingTable())
        _ = try RatingFileReader().read(source.path, into: &whole)
        _ = try RatingFileReader().read(source.path, into: &parted, threads: 4, partBytesMin: 64)
        #expect(whole.columns == parted.columns && whole.columns.count == 300)
        #expect(whole.columns.action(0) == .view && whole.columns.action(1) == .play)
    }

    private func read(_ text: String, _ names: ActionNames) throws -> (file: RatingFile, rows: [Row]) {
        let source = try TemporaryFile(text.utf8)
        var table = RatingTable()
        let file = try RatingFileReader(actions: names).read(source.path, into: &table)
        let columns = table.columns
        return (
            file,
            (0..<columns.count).map {
                Row(
                    item: table.items.id(columns.items[$0]).text, action: columns.action($0),
                    value: columns.ratings[$0], timestampMs: columns.timestampsMs[$0])
            }
        )
    }
}
