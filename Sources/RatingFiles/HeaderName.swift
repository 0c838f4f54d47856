/// The name of a column, as headers of many origins write it: case, spaces, `_`, `-` and `.` do not count.
struct HeaderName {
    enum Meaning {
        case user, item, rating, action, timestamp, date, title, genres, year
    }

    /// Letters and digits only, in lower case.
    let text: String
    /// Whether the name carries a type behind a colon, as RecBole's do (`user_id:token`).
    let isTyped: Bool

    init(_ bytes: some Collection<UInt8>) {
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        isTyped = colon != bytes.endIndex
        let ignored = " _-.".utf8
        text = String(decoding: bytes[..<colon].filter { !ignored.contains($0) }, as: UTF8.self).lowercased()
    }

    var meaning: Meaning? {
        switch text {
        case "user", "userid", "uid", "reviewerid", "customerid", "visitorid": .user
        case "item", "itemid", "iid", "movie", "movieid", "isbn", "book", "bookid", "product", "productid",
            "asin", "trackid", "songid", "artistid", "videoid", "articleid":
            .item
        case "rating", "bookrating", "value", "score", "stars", "overall": .rating
        case "action", "event", "eventtype", "behavior", "behaviour", "interaction": .action
        case "timestamp", "timestampms", "ts", "time", "unixreviewtime": .timestamp
        case "date", "datetime", "eventtime": .date
        case "title", "movietitle", "name": .title
        case "genres", "genre", "class", "categories": .genres
        case "year", "releaseyear": .year
        default: nil
        }
    }
}
