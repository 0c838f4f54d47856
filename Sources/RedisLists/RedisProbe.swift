/// Whether a Redis server can serve us: what `doctor` says about it. Changes nothing on the server.
///
/// Persistence is not looked at: lists are made anew when they are lost.
package enum RedisProbe {
    package struct Finding: Equatable, Sendable {
        package enum Level: Sendable { case fine, warning, error }

        package var level: Level
        /// A sentence; it names the server only where the finding is about reaching it.
        package var message: String
        /// What to do; empty where all is well.
        package var mend: String
    }

    /// What the keys need: `SET … EX`, `SCAN … TYPE`, users and access lists.
    private static let oldestMajor = 6

    /// Asks the server about itself. At least one finding; an unreachable server is an error among them.
    package static func examine(_ address: RedisAddress, timeoutMs: Int32 = 1_000) -> [Finding] {
        do throws(RedisError) {
            var connection = try RedisConnection(to: address, timeoutMs: timeoutMs)
            let reply = try connection.ask("INFO").bytes ?? []
            return findings(info: facts(String(decoding: reply, as: UTF8.self)), address: address)
        } catch {
            return [Finding(level: .error, message: "Redis at \(address) \(error.what).", mend: error.mend)]
        }
    }

    static func findings(info: [String: String], address: RedisAddress) -> [Finding] {
        let troubles = [
            version(info), state(info, .loading, "loading", badValue: "1", at: address),
            state(info, .cluster, "cluster_enabled", badValue: "1", at: address), role(info, at: address),
            memory(info),
        ].compactMap(\.self)
        guard troubles.allSatisfy({ $0.level != .error }) else { return troubles }
        let name = info["valkey_version"].map { "Valkey \($0)" } ?? "Redis \(info["redis_version"] ?? "")"
        return [Finding(level: .fine, message: "\(name) at \(address) answers.", mend: "")] + troubles
    }

    /// The lines `name:value` of `INFO`.
    static func facts(_ info: String) -> [String: String] {
        var facts: [String: String] = [:]
        for line in info.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            facts[String(line[..<colon])] = String(line[line.index(after: colon)...])
        }
        return facts
    }

    private static func version(_ info: [String: String]) -> Finding? {
        let version = info["redis_version"] ?? ""
        guard let major = version.split(separator: ".").first.flatMap({ Int($0) }) else {
            return Finding(
                level: .error, message: "The server does not tell its version.",
                mend: "See whether it is Redis or Valkey that listens there.")
        }
        guard major < oldestMajor else { return nil }
        return Finding(
            level: .error, message: "Redis \(version) is too old.",
            mend: "Install Redis \(oldestMajor) or newer, or Valkey.")
    }

    private static func state(
        _ info: [String: String], _ kind: RedisError.Kind, _ name: String, badValue: String,
        at address: RedisAddress
    ) -> Finding? {
        guard info[name] == badValue else { return nil }
        let error = RedisError(kind, at: address)
        return Finding(level: .error, message: "The server \(error.what).", mend: error.mend)
    }

    private static func role(_ info: [String: String], at address: RedisAddress) -> Finding? {
        guard info["role"] == "slave" else { return nil }
        return state(info, .readOnly, "slave_read_only", badValue: "1", at: address)
            ?? Finding(
                level: .warning,
                message: "The server is a replica: what is written here, the primary overwrites.",
                mend: "Point the address at the primary.")
    }

    /// All keys of ours have a time to live, so the `volatile-*` policies evict them as `allkeys-*` do.
    private static func memory(_ info: [String: String]) -> Finding? {
        guard let limit = info["maxmemory"].flatMap({ Int($0) }), limit > 0,
            let policy = info["maxmemory_policy"], policy != "noeviction"
        else { return nil }
        return Finding(
            level: .warning,
            message: "With maxmemory-policy \(policy) the server drops lists when its memory is full "
                + "(\(info["used_memory_human"] ?? "?") of \(info["maxmemory_human"] ?? "?") used).",
            mend: "Use 'CONFIG SET maxmemory-policy noeviction', or give it memory for every list.")
    }
}
