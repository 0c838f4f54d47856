import Events
import State

extension Serving {
    /// Of one user. 40 bytes.
    struct Entry {
        /// The offset of the newest event learned for this user; below 0 for something older than the log.
        private var offset: Int64 = -1
        /// The newest time of the user's events; its tag holds the topic of the newest event, and flags.
        private var event = TaggedTime()
        /// A digest of the list that was last written; 0 before the first.
        var writtenDigest: UInt64 = 0
        /// `none` where nothing waits.
        private var waitingMs = Self.none
        private var partition: Int32 = 0
        /// The lower half of the model's age when the list was last made.
        private var rankedAtAge: UInt32 = 0

        private static let none = Int64.min

        private enum Flag {
            static let topic: UInt8 = 0x0f
            static let isStale: UInt8 = 0x10
            /// Set where the lane is not ours, because that is so of no new entry.
            static let isForeign: UInt8 = 0x20
        }

        var eventTimeMs: Int64 {
            get { event.ms }
            set { event.ms = newValue }
        }

        var isStale: Bool {
            get { event.tag & Flag.isStale != 0 }
            set { set(Flag.isStale, newValue) }
        }

        /// Whether the lane of the newest event is ours; else the list is another worker's to write.
        var isOurs: Bool {
            get { event.tag & Flag.isForeign == 0 }
            set { set(Flag.isForeign, !newValue) }
        }

        private mutating func set(_ flag: UInt8, _ isSet: Bool) {
            event.tag = isSet ? event.tag | flag : event.tag & ~flag
        }

        /// The newest event learned for this user.
        var source: Position {
            get {
                guard let topic = Topic(rawValue: event.tag & Flag.topic) else {
                    preconditionFailure("only topics are put there")
                }
                return Position(lane: Lane(topic: topic, partition: partition), offset: offset)
            }
            set {
                event.tag = event.tag & ~Flag.topic | newValue.lane.topic.rawValue
                (partition, offset) = (newValue.lane.partition, newValue.offset)
            }
        }

        /// When the oldest event that no written list reflects came in, in epoch milliseconds.
        var waitingSinceMs: Int64? {
            get { waitingMs == Self.none ? nil : waitingMs }
            set { waitingMs = newValue ?? Self.none }
        }

        /// Whether the list was made from the model of this age. Of one that is older by exactly 2^32 lessons it is said,
        /// too, until the next lesson.
        func isRanked(atAge age: UInt64) -> Bool { rankedAtAge == UInt32(truncatingIfNeeded: age) }

        mutating func ranked(atAge age: UInt64) { rankedAtAge = UInt32(truncatingIfNeeded: age) }

        /// Whether anything was ever learned for this user.
        var isKnown: Bool { eventTimeMs > .min }

        mutating func note(_ source: Position, eventTimeMs timeMs: Int64, arrivedMs: Int64?) {
            if !isOurs { writtenDigest = 0 }
            isOurs = true
            self.source = source
            eventTimeMs = max(eventTimeMs, timeMs)
            if waitingSinceMs == nil { waitingSinceMs = arrivedMs }
        }
    }
}

// MARK: - What a checkpoint keeps

extension Serving.Entry {
    func write(to bytes: inout [UInt8]) {
        bytes.put(source.lane.stateKey)
        bytes.put(source.offset)
        bytes.put(eventTimeMs)
    }

    init(from bytes: inout StateBytes) throws(StateDamage) {
        source = Position(lane: try Lane(stateKey: try bytes.take()), offset: try bytes.take())
        let timeMs = try bytes.take(Int64.self)
        eventTimeMs = timeMs
        guard eventTimeMs == timeMs else { throw .unexpected }
    }
}
