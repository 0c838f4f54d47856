/// What is fed with any bytes: it may accept or refuse them, and must neither trap nor touch memory that is not its.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// The first byte chooses the topic and whether headers come with it; the rest is the value of a record.
    case event
    /// A file of ratings, and the same as one of items.
    case ratings
    /// Edits of the rows of a small state: see `Edit`. What is accepted must rank, learn and be kept.
    case state
    /// Edits of the bytes of a small state file.
    case stateFile = "state-file"

    package func run(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .event: EventFuzz.run(bytes)
        case .ratings: RatingsFuzz.run(bytes)
        case .state: StateFuzz.run(bytes)
        case .stateFile: StateFileFuzz.run(bytes)
        }
    }
}
