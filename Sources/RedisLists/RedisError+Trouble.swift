package import Pipeline

extension RedisError {
    /// Whether waiting may help. A password, a right or a foreign key is for a person to mend; servers that are
    /// away, full, loading or demoted come back.
    package var cure: Trouble.Cure {
        switch kind {
        case .refused, .unreachable, .timedOut, .closed, .readOnly, .outOfMemory, .loading, .tooManyClients,
            .unavailable, .protocolError:
            .tryAgain
        case .authFailed, .passwordMissing, .forbidden, .protectedMode, .noSuchDatabase, .cluster, .wrongType,
            .refusedCommand:
            .stop
        }
    }

    package var trouble: Trouble { Trouble(cure, description) }
}
