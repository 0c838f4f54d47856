import RedisLists
import Settings

/// Whether Redis answers, and can serve us.
enum RedisCheck {
    /// Longer than this nobody wants to wait, whatever the settings allow.
    private static let answerMsMax = 3_000

    static func look(_ settings: Settings) -> [Check] {
        let timeoutMs = Int32(clamping: min(settings.redis.timeoutMs, answerMsMax))
        return RedisProbe.examine(RedisAddress(settings.redis.url), timeoutMs: timeoutMs).map { finding in
            let level: Check.Level =
                switch finding.level {
                case .fine: .ok
                case .warning: .warn
                case .error: .fail
                }
            return Check("redis", level, finding.message, mend: finding.mend)
        }
    }
}
