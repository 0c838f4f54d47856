/// What went wrong between us and a Redis server: what, where, and the mend.
///
/// No message holds a key, an id, a value or the password.
package struct RedisError: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Nobody listens there.
        case refused
        /// There is no way to the server, in the words of the operating system.
        case unreachable(reason: String)
        /// Silence for this long, in milliseconds.
        case timedOut(milliseconds: Int32)
        case closed
        case authFailed
        /// The server wants a password and we have none.
        case passwordMissing
        /// The user's access list forbids a command or a key.
        case forbidden
        case protectedMode
        case readOnly
        case outOfMemory
        case loading
        case tooManyClients
        /// The server refuses for now; the code is Redis' own, such as `MISCONF`.
        case unavailable(code: String)
        case noSuchDatabase
        case cluster
        case wrongType
        /// Any other refusal, in the server's words without the arguments.
        case refusedCommand(reply: String)
        /// What came back is not what Redis would say.
        case protocolError(reason: String)
    }

    package var kind: Kind
    package var address: RedisAddress

    package init(_ kind: Kind, at address: RedisAddress) {
        self.kind = kind
        self.address = address
    }
}

extension RedisError: CustomStringConvertible {
    package var description: String { "Redis at \(address) \(what). \(mend)" }

    /// What is wrong, as the end of a sentence about the server.
    package var what: String {
        switch kind {
        case .refused: "refuses connections"
        case .unreachable(let reason): "cannot be reached: \(reason)"
        case .timedOut(let milliseconds): "was silent for \(milliseconds) ms"
        case .closed: "closed the connection"
        case .authFailed: "does not accept the user and password"
        case .passwordMissing: "wants a password"
        case .forbidden: "does not let this user do that"
        case .protectedMode: "is in protected mode and takes no clients from outside"
        case .readOnly: "is a read-only replica"
        case .outOfMemory: "is out of memory"
        case .loading: "is still loading its data"
        case .tooManyClients: "has too many clients"
        case .unavailable(let code): "cannot serve now (\(code))"
        case .noSuchDatabase: "has no database \(address.database)"
        case .cluster: "is a node of Redis Cluster and sends us to another"
        case .wrongType: "holds a key of ours with a value of another type"
        case .refusedCommand(let reply): "refused a command: \(reply)"
        case .protocolError(let reason): "does not speak Redis' protocol: \(reason)"
        }
    }

    package var mend: String {
        switch kind {
        case .refused: "Start the server there, or correct the address."
        case .unreachable: "Correct the address, or the way to it."
        case .timedOut: "See why it is slow ('redis-cli --latency', 'SLOWLOG GET'), or allow it more time."
        case .closed: "See its log for why; it may have been stopped."
        case .authFailed: "Correct user and password in the address."
        case .passwordMissing:
            "Put it into the address: redis://:password@host or redis://user:password@host."
        case .forbidden: "Let it run its commands on ~reco:v1:* ('ACL SETUSER')."
        case .protectedMode: "Set a password ('requirepass') or bind it to the right interface."
        case .readOnly: "Point the address at the primary, or promote this one ('REPLICAOF NO ONE')."
        case .outOfMemory: "Raise its 'maxmemory', or let lists live for a shorter time."
        case .loading: "Wait until it has loaded."
        case .tooManyClients: "Raise its 'maxclients', or close clients that nobody needs."
        case .unavailable: "See its log; writing goes on when it serves again."
        case .noSuchDatabase: "Use a database that it has, or raise its 'databases'."
        case .cluster: "Point the address at a server without cluster mode, or at a cluster proxy."
        case .wrongType: "Delete the keys under reco:v1: that something else wrote, or use another database."
        case .refusedCommand: "Redis 6 or newer with its usual commands is needed."
        case .protocolError: "Correct the address: something else seems to listen there."
        }
    }
}
