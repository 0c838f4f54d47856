package import Events

/// What a poll can bring: records of a lane come in the order of their offsets.
package enum Arrival: ~Copyable {
    case record(Record)
    /// The next records of a lane, by a source that decodes them itself. Whoever leaves them there drops them.
    case decoded(DecodedRun)
    /// The lane has no more records for now; `next` is the offset that the next one will have.
    case reachedEnd(Lane, next: Int64)
    /// These lanes are ours from now on. They begin where `begin(at:)` said, and otherwise at the source's start.
    case assigned([Lane])
    /// These lanes are not ours any more: nothing of them may be stored after the call returns.
    case revoked([Lane])
}

/// The log, as the worker sees it.
package protocol EventSource: ~Copyable {
    /// Says where lanes begin that become ours from now on: right behind what our state knows, whatever others have
    /// stored since. Told before every poll. A record from before that place means that the log is another one: its
    /// topic was made anew. (The catalog may be read again from its beginning.)
    mutating func begin(at positions: [Position])

    /// Brings what has arrived, at most `limit` records; waits up to `timeoutMs` for the first and not at all
    /// for the rest. Retry rule: a throw with `.tryAgain` has brought everything before it; call again.
    mutating func poll(limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void) throws(Trouble)

    /// Stops (or lets go on) the fetching of lanes whose buffers are full. Unknown lanes are ignored.
    mutating func setPaused(_ paused: Bool, lanes: [Lane]) throws(Trouble)

    /// Promises that everything before these positions is done and its output is in place. Lanes that are not
    /// ours any more are ignored.
    mutating func store(_ next: [Position]) throws(Trouble)
}
