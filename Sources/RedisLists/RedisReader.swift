package import Events
package import Pipeline

/// Reads what front ends read, for `recommend`, reports and the measuring of freshness.
///
/// Retry rule: none here. After a throw the connection is dropped, and the next call opens a new one.
package struct RedisReader: ~Copyable, Sendable {
    /// A list's `source` stands within its first bytes, unless ids or versions are very long.
    private static let headBytes = 512
    private static let pipelineUsersMax = 1_000

    private var link: RedisLink
    private var pipeline = ByteBuffer()

    /// Connects with the first question.
    package init(from address: RedisAddress, timeoutMs: Int32 = 1_000) {
        link = RedisLink(to: address, timeoutMs: timeoutMs)
    }

    /// The user's list; `nil` where there is none.
    package mutating func list(of user: Identifier) throws(RedisError) -> StoredList? {
        try get(.top(user)).flatMap(ListDecoder.list)
    }

    package mutating func profile(of user: Identifier) throws(RedisError) -> ProfileFeatures? {
        pipeline.removeAll()
        pipeline.beginCommand(words: 2 + ProfileField.allCases.count)
        pipeline.appendWord("HMGET")
        RedisKey.profile(user).appendWord(to: &pipeline)
        for field in ProfileField.allCases { pipeline.appendWord(field.rawValue) }
        return ProfileField.features(from: try answer().list?.map(\.text) ?? [])
    }

    /// The list for people nobody knows yet; `nil` where there is none.
    package mutating func fallback(_ name: FallbackName) throws(RedisError) -> [StoredItem]? {
        try get(.fallback(name)).flatMap(ListDecoder.items)
    }

    /// The item's neighbours; `nil` where there are none.
    package mutating func similar(to item: Identifier) throws(RedisError) -> [StoredItem]? {
        try get(.similar(item)).flatMap(ListDecoder.items)
    }

    /// The model that is serving; `nil` where none is.
    package mutating func model() throws(RedisError) -> StoredModel? {
        try get(.model).flatMap(ListDecoder.model)
    }

    /// The bytes under a key of ours, as they are.
    package mutating func get(_ key: RedisKey) throws(RedisError) -> [UInt8]? {
        try get(key.text)
    }

    package mutating func get(_ key: String) throws(RedisError) -> [UInt8]? {
        pipeline.removeAll()
        pipeline.beginCommand(words: 2)
        pipeline.appendWord("GET")
        pipeline.appendWord(key)
        return try answer().bytes
    }

    /// The `source` of each user's list, `nil` where there is no list: one pipeline, and only the heads of the
    /// lists travel.
    package mutating func sources(of users: [Identifier]) throws(RedisError) -> [String?] {
        var result: [String?] = []
        result.reserveCapacity(users.count)
        for start in stride(from: 0, to: users.count, by: Self.pipelineUsersMax) {
            let some = users[start..<min(start + Self.pipelineUsersMax, users.count)]
            for (user, head) in zip(some, try heads(of: some)) {
                if let source = ListHead(head).source {
                    result.append(source)
                } else {
                    result.append(head.count < Self.headBytes ? nil : try list(of: user)?.source)
                }
            }
        }
        return result
    }

    /// The `event_time` of each user's list in epoch milliseconds, `nil` where there is no list: as `sources`.
    package mutating func eventTimes(of users: [Identifier]) throws(RedisError) -> [Int64?] {
        try heads(of: users[...]).map { ListHead($0).eventTimeMs }
    }

    /// What each user's list says that it knows, `nil` where there is no list: one pipeline of `GET`, as front ends read.
    package mutating func marks(of users: [Identifier]) throws(RedisError) -> [ListMark?] {
        pipeline.removeAll()
        for user in users {
            pipeline.beginCommand(words: 2)
            pipeline.appendWord("GET")
            RedisKey.top(user).appendWord(to: &pipeline)
        }
        var connection = try link.take()
        try connection.send(pipeline)
        var marks: [ListMark?] = []
        marks.reserveCapacity(users.count)
        for _ in users {
            let head = ListHead(try connection.nextReply().value.bytes ?? [])
            marks.append(ListMark(source: head.source, eventTimeMs: head.eventTimeMs))
        }
        link.keep(connection)
        return marks
    }

    /// The users who have a list, in the order of their ids, at most `limit` of them.
    ///
    /// Walks the whole database by `SCAN`, without holding up the server. Lists that come or go meanwhile may be
    /// seen or not.
    package mutating func users(limit: Int) throws(RedisError) -> [Identifier] {
        var users: Set<Identifier> = []
        var cursor = "0"
        var connection = try link.take()
        repeat {
            let page = try connection.ask(
                "SCAN", cursor, "MATCH", RedisKey.topPattern, "COUNT", "1000", "TYPE", "string")
            guard let parts = page.list, parts.count == 2, let next = parts[0].text, let keys = parts[1].list
            else {
                throw RedisError(.protocolError(reason: "SCAN answered something else"), at: link.address)
            }
            for key in keys where users.count < limit {
                if let user = key.bytes.flatMap(RedisKey.user(ofTop:)) { users.insert(user) }
            }
            cursor = next
        } while cursor != "0" && users.count < limit
        link.keep(connection)
        return users.sorted()
    }

    /// Sends the one command that stands in the pipeline.
    private mutating func answer() throws(RedisError) -> RedisValue {
        var connection = try link.take()
        try connection.send(pipeline)
        let value = try connection.nextReply().value
        link.keep(connection)
        return value
    }

    private mutating func heads(of users: ArraySlice<Identifier>) throws(RedisError) -> [[UInt8]] {
        pipeline.removeAll()
        for user in users {
            pipeline.beginCommand(words: 4)
            pipeline.appendWord("GETRANGE")
            RedisKey.top(user).appendWord(to: &pipeline)
            pipeline.appendWord("0")
            pipeline.appendWord("\(Self.headBytes - 1)")
        }
        var connection = try link.take()
        try connection.send(pipeline)
        var heads: [[UInt8]] = []
        heads.reserveCapacity(users.count)
        for _ in users { heads.append(try connection.nextReply().value.bytes ?? []) }
        link.keep(connection)
        return heads
    }
}
