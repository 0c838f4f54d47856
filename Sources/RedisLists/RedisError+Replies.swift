extension RedisError {
    /// What an error reply means. Redis puts a code in capitals first; `ERR` says nothing by itself, so there
    /// the words count.
    ///
    /// - Parameter reply: the reply without its leading `-`.
    init(reply: String, at address: RedisAddress) {
        let code = reply.prefix { $0 != " " }
        let kind: Kind =
            switch code {
            case "WRONGPASS": .authFailed
            case "NOAUTH": .passwordMissing
            case "NOPERM": .forbidden
            case "DENIED": .protectedMode
            case "READONLY": .readOnly
            case "OOM": .outOfMemory
            case "LOADING": .loading
            case "WRONGTYPE": .wrongType
            case "MOVED", "ASK", "CROSSSLOT": .cluster
            case "BUSY", "CLUSTERDOWN", "MASTERDOWN", "MISCONF", "NOREPLICAS", "TRYAGAIN", "UNBLOCKED":
                .unavailable(code: String(code))
            default: Self.kind(ofWords: reply)
            }
        self.init(kind, at: address)
    }

    private static func kind(ofWords reply: String) -> Kind {
        // With a password that nobody set, Redis 6 says the first, Redis 5 the second.
        for start in ["ERR AUTH ", "ERR Client sent AUTH", "ERR invalid password"]
        where reply.hasPrefix(start) {
            return .authFailed
        }
        if reply.hasPrefix("ERR max number of clients") { return .tooManyClients }
        for start in ["ERR DB index", "ERR invalid DB index"] where reply.hasPrefix(start) {
            return .noSuchDatabase
        }
        // The arguments, which Redis quotes back here, hold users' ids.
        let words = reply.firstRange(of: ", with args").map { reply[..<$0.lowerBound] } ?? reply[...]
        return .refusedCommand(reply: String(words.prefix(120)))
    }
}
