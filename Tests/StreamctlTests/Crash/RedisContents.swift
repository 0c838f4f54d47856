import RedisLists

/// Everything that a server holds, by key, as hashes; without when, and by whom, it was written.
struct RedisContents: Equatable {
    var hashes: [String: String] = [:]

    init(_ redis: borrowing PrivateRedis) throws {
        let reply = try redis.ask("EVAL", Self.script, "0")
        let words = (reply.list ?? []).map { $0.text ?? "" }
        for index in stride(from: 0, to: words.count - 1, by: 2) { hashes[words[index]] = words[index + 1] }
    }

    /// The keys on which the two do not agree.
    func differences(from other: RedisContents) -> [String] {
        Set(hashes.keys).union(other.hashes.keys).filter { hashes[$0] != other.hashes[$0] }.sorted()
    }

    private static let script = """
        local all = {}
        for _, key in ipairs(redis.call('KEYS', '*')) do
            local value
            if redis.call('TYPE', key).ok == 'hash' then
                local fields = {}
                local pairs = redis.call('HGETALL', key)
                for at = 1, #pairs, 2 do fields[#fields + 1] = pairs[at] .. '=' .. pairs[at + 1] end
                table.sort(fields)
                value = table.concat(fields, ';')
            else
                value = redis.call('GET', key)
                value = string.gsub(value, '"generated_at":%d+', '')
                value = string.gsub(value, '"writer":"[^"]*"', '')
            end
            all[#all + 1] = key
            all[#all + 1] = redis.sha1hex(value)
        end
        return all
        """
}

extension PrivateRedis {
    /// Commands since the server started, ours included.
    func commandsDone() throws -> Int {
        let text = try ask("INFO", "stats").text ?? ""
        let line = text.split(separator: "\r\n").first { $0.hasPrefix("total_commands_processed:") }
        return line.flatMap { Int($0.drop { $0 != ":" }.dropFirst()) } ?? 0
    }
}
