package import Events
package import Pipeline
import Ranking

/// Keeps the lists in Redis: a batch becomes one pipeline of `SET … EX`, `EXPIRE` and `HSET`.
///
/// The pipeline goes out in chunks of 256 KiB and the replies of a chunk are read after the next one was sent:
/// the server works while we encode, and neither side's buffers hold more than two chunks.
///
/// Retry rule: a failed connection is dropped and the next call opens a new one; when to call is the caller's
/// decision. Every write is idempotent.
package struct RedisWriter: ~Copyable, Sendable, ListSink {
    private static let chunkBytes = 256 * 1024

    private let settings: RedisSettings
    private var link: RedisLink
    private var encoder: ListEncoder
    /// What `reco:v1:model` holds as long as the server remembers us.
    private var mark: String
    private var pipeline = ByteBuffer(capacity: 2 * chunkBytes)
    private var json = ByteBuffer()
    /// The end of every `SET`: `EX` and the time to live.
    private let expiry: [UInt8]

    /// Connects with the first write.
    ///
    /// - Parameters:
    ///   - topics: the name in Kafka of every topic, for the lists' `source`.
    ///   - model: the version that lists carry until a `ListWrite.model` says otherwise.
    ///   - mark: what no other writer has, such as a random number.
    package init(
        to address: RedisAddress, settings: RedisSettings = RedisSettings(), topics: [Topic: String],
        model: String, mark: String
    ) {
        precondition(settings.ttlSeconds >= 1, "a key must live")
        self.settings = settings
        self.mark = mark
        link = RedisLink(to: address, timeoutMs: settings.timeoutMs)
        encoder = ListEncoder(topics: topics, model: model)
        var end = ByteBuffer(capacity: 64)
        end.appendWord("EX")
        end.appendWord("\(settings.ttlSeconds)")
        expiry = end.withBytes { [UInt8]($0) }
    }

    package mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64, meanwhile: () -> Void
    ) throws(Trouble) -> [Identifier] {
        guard !batch.isEmpty else {
            meanwhile()
            return []
        }
        do {
            var connection = try link.take()
            let gone = try send(batch, generatedAtMs: generatedAtMs, on: &connection, meanwhile)
            link.keep(connection)
            return gone
        } catch {
            throw error.trouble
        }
    }

    /// Whether the server's mark is the one this writer knows, whose time to live is refreshed by asking.
    ///
    /// Writers that share a server share a mark: who finds another's adopts it, after saying `false` once. So an
    /// emptied server is noticed by each of them, and they do not take turns in driving each other out.
    package mutating func remembersUs() throws(Trouble) -> Bool {
        do {
            var connection = try link.take()
            pipeline.removeAll()
            pipeline.beginCommand(words: 2)
            pipeline.appendWord("GET")
            RedisKey.model.appendWord(to: &pipeline)
            appendExpire(.model)
            try connection.send(pipeline)
            let stored = try connection.nextReply().value.bytes.flatMap(ListDecoder.model)
            _ = try connection.nextReply()
            link.keep(connection)
            guard let stored else { return false }
            defer { mark = stored.writer }
            return stored.writer == mark
        } catch {
            throw error.trouble
        }
    }

    private mutating func send(
        _ batch: [ListWrite], generatedAtMs: Int64, on connection: inout RedisConnection,
        _ meanwhile: () -> Void
    ) throws(RedisError) -> [Identifier] {
        var gone: [Identifier] = []
        var answered = 0
        var sent = 0
        pipeline.removeAll()
        for index in batch.indices {
            append(batch[index], generatedAtMs: generatedAtMs)
            guard pipeline.count >= Self.chunkBytes else { continue }
            try connection.send(pipeline)
            pipeline.removeAll()
            try collect(batch[answered..<sent], from: &connection, gone: &gone)
            answered = sent
            sent = index + 1
        }
        try connection.send(pipeline)
        meanwhile()
        try collect(batch[answered...], from: &connection, gone: &gone)
        return gone
    }

    /// Takes the replies of these writes, in their order.
    private func collect(
        _ writes: ArraySlice<ListWrite>, from connection: inout RedisConnection, gone: inout [Identifier]
    ) throws(RedisError) {
        for write in writes {
            switch write {
            case .top, .remove, .fallback, .similar, .model: _ = try connection.nextReply()
            case .refresh(let user):
                if try connection.nextReply().integer == 0 { gone.append(user) }
            case .profile:
                guard settings.profiles else { continue }
                _ = try connection.nextReply()
                _ = try connection.nextReply()
            }
        }
    }

    private mutating func append(_ write: ListWrite, generatedAtMs: Int64) {
        json.removeAll()
        switch write {
        case .top(let list):
            encoder.encode(list, generatedAtMs: generatedAtMs, into: &json)
            appendSet(.top(list.user))
        case .refresh(let user):
            appendExpire(.top(user))
        case .remove(let user):
            pipeline.beginCommand(words: 3)
            pipeline.appendWord("DEL")
            RedisKey.top(user).appendWord(to: &pipeline)
            RedisKey.profile(user).appendWord(to: &pipeline)
        case .profile(let user, let features):
            guard settings.profiles else { return }
            appendHash(.profile(user), features)
            appendExpire(.profile(user))
        case .fallback(let name, let entries):
            encoder.encode(entries, into: &json)
            appendSet(.fallback(name))
        case .similar(let item, let entries):
            encoder.encode(entries, into: &json)
            appendSet(.similar(item))
        case .model(let version):
            encoder.use(model: version)
            StoredModel.encode(version: version, writer: mark, generatedAtMs: generatedAtMs, into: &json)
            appendSet(.model)
        }
    }

    /// `SET key json EX seconds`
    private mutating func appendSet(_ key: RedisKey) {
        pipeline.beginCommand(words: 5)
        pipeline.appendWord("SET")
        key.appendWord(to: &pipeline)
        pipeline.appendWord(json)
        pipeline.append(expiry)
    }

    private mutating func appendExpire(_ key: RedisKey) {
        pipeline.beginCommand(words: 3)
        pipeline.appendWord("EXPIRE")
        key.appendWord(to: &pipeline)
        pipeline.appendWord("\(settings.ttlSeconds)")
    }

    /// `HSET key field value …`. A hash whose `EXPIRE` was lost with the connection gets it when the batch is sent
    /// again.
    private mutating func appendHash(_ key: RedisKey, _ features: ProfileFeatures) {
        pipeline.beginCommand(words: 2 + 2 * ProfileField.allCases.count)
        pipeline.appendWord("HSET")
        key.appendWord(to: &pipeline)
        for field in ProfileField.allCases {
            pipeline.appendWord(field.rawValue)
            json.removeAll()
            field.append(of: features, to: &json)
            pipeline.appendWord(json)
        }
    }
}
