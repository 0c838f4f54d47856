import Events

/// A record of a lane, decoded and waiting for its turn in the merge.
struct Waiting {
    enum Content {
        case event(Event)
        indirect case refused(DeadLetter)
    }

    var content: Content
    var offset: Int64
    var arrivedMs: Int64?

    /// Where it stands among the lanes: by event time. What has none (the catalog is a table, a refused record is
    /// nothing) goes as soon as it is at the head of its lane.
    var orderMs: Int64 {
        switch content {
        case .event(.interaction(let interaction)): interaction.timestampMs
        case .event(.erasure(let erasure)): erasure.timestampMs
        case .event(.catalog), .refused: .min
        }
    }
}

extension Waiting {
    /// Bytes of a refused record, which is kept whole; 0 for what was decoded, which is small.
    fileprivate var letterBytes: Int {
        if case .refused(let letter) = content { letter.byteCount } else { 0 }
    }
}

/// What is known of one lane: the records that wait, in order, and how far it has been worked through.
struct LaneBuffer {
    let lane: Lane
    /// The offset after the last record that was worked through; `nil` before the first.
    var next: Int64?
    /// Whether the log is known to have nothing more for this lane, as of its last answer.
    private(set) var isAtEnd = false
    /// Since when it has been empty without a word that it is at its end.
    var silentSinceMs: Int64
    var isPaused = false
    /// Whether anything was heard of it since it was assigned: its first fetch may take far longer than others.
    private(set) var hasAnswered = false

    /// When the newest record that was worked through came into the log, in epoch milliseconds.
    private(set) var takenArrivedMs: Int64?

    /// Bytes of the refused records that wait.
    private(set) var letterBytes = 0

    private var waiting: [Waiting] = []
    private var head = 0

    init(lane: Lane, nowMs: Int64) {
        self.lane = lane
        self.silentSinceMs = nowMs
    }

    var count: Int { waiting.count - head }

    var first: Waiting? { head < waiting.count ? waiting[head] : nil }

    /// The event time at the head; `nil` when nothing waits.
    var firstOrderMs: Int64? { head < waiting.count ? waiting[head].orderMs : nil }

    mutating func append(_ item: Waiting) {
        waiting.append(item)
        letterBytes += item.letterBytes
        isAtEnd = false
        hasAnswered = true
    }

    mutating func reachedEnd() {
        isAtEnd = true
        hasAnswered = true
    }

    mutating func removeFirst(nowMs: Int64) -> Waiting {
        let item = waiting[head]
        head += 1
        next = item.offset + 1
        takenArrivedMs = item.arrivedMs
        letterBytes -= item.letterBytes
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
            silentSinceMs = nowMs
        } else if head >= 1024 {  // Moves each record at most once per 1024 taken.
            waiting.removeFirst(head)
            head = 0
        }
        return item
    }

    /// Forgets what waits: it will be delivered again, to us or to another.
    mutating func discard() {
        waiting.removeAll(keepingCapacity: true)
        head = 0
        letterBytes = 0
        isAtEnd = false
        hasAnswered = false
    }
}
