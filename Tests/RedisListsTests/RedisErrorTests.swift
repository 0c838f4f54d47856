import Pipeline
import Testing

@testable import RedisLists

struct RedisErrorTests {
    private static let address = RedisAddress(.tcp(host: "h", port: 1), password: "secret")

    @Test(
        arguments: [
            ("WRONGPASS invalid username-password pair or user is disabled.", .authFailed, .stop),
            (
                "ERR AUTH <password> called without any password configured for the default user.",
                .authFailed, .stop
            ),
            ("ERR Client sent AUTH, but no password is set", .authFailed, .stop),
            ("ERR invalid password", .authFailed, .stop),
            ("NOAUTH Authentication required.", .passwordMissing, .stop),
            ("NOPERM this user has no permissions to run the 'set' command", .forbidden, .stop),
            ("DENIED Redis is running in protected mode", .protectedMode, .stop),
            ("READONLY You can't write against a read only replica.", .readOnly, .tryAgain),
            ("OOM command not allowed when used memory > 'maxmemory'.", .outOfMemory, .tryAgain),
            ("LOADING Redis is loading the dataset in memory", .loading, .tryAgain),
            ("MISCONF Redis is configured to save RDB snapshots", .unavailable(code: "MISCONF"), .tryAgain),
            ("BUSY Redis is busy running a script.", .unavailable(code: "BUSY"), .tryAgain),
            ("CLUSTERDOWN The cluster is down", .unavailable(code: "CLUSTERDOWN"), .tryAgain),
            ("MOVED 3999 127.0.0.1:6381", .cluster, .stop), ("ASK 3999 127.0.0.1:6381", .cluster, .stop),
            ("WRONGTYPE Operation against a key holding the wrong kind of value", .wrongType, .stop),
            ("ERR max number of clients reached", .tooManyClients, .tryAgain),
            ("ERR DB index is out of range", .noSuchDatabase, .stop),
            ("ERR invalid DB index", .noSuchDatabase, .stop),
            (
                "ERR unknown command 'SET', with args beginning with: 'reco:v1:{u:ann}:top' ",
                .refusedCommand(reply: "ERR unknown command 'SET'"), .stop
            ),
            ("", .refusedCommand(reply: ""), .stop), ("OOMPH", .refusedCommand(reply: "OOMPH"), .stop),
        ] as [(String, RedisError.Kind, Trouble.Cure)])
    func aReplyHasItsMeaning(reply: String, kind: RedisError.Kind, cure: Trouble.Cure) {
        let error = RedisError(reply: reply, at: Self.address)
        #expect(error.kind == kind)
        #expect(error.cure == cure)
        #expect(error.trouble.message == "Redis at redis://:***@h:1 \(error.what). \(error.mend)")
        #expect(error.mend.hasSuffix("."))
        #expect(!error.trouble.message.contains("{u:"))
    }
}
