import KafkaLog
import Pipeline
import Settings

/// Sends dead letters back to the topics that they came from: key, value and headers as they were, and the number of
/// the try.
struct LetterReturn: ~Copyable {
    /// Why a letter of the choice stays where it is. The raw values are public.
    enum Reason: String, CaseIterable {
        /// It was tried as often as it may be.
        case attempts
        /// It was sent back and refused again: the newer letter stands for it.
        case again
        /// The same record stands there more than once, and goes back once.
        case twice
        /// Its topic is none of ours, and nobody allowed it.
        case topic
        /// Its topic does not exist any more.
        case missing
        /// Its headers do not say where it came from.
        case unknownSource = "unknown-source"
    }

    private let topics: Set<String>
    private let existing: Set<String>
    private let attemptsMax: Int
    private var producer: EventProducer?

    /// Letters that a newer one stands for.
    private var answered: Set<LetterPlace> = []

    /// Records that went back, now or before.
    private var settled: Set<UInt64> = []

    /// Letters sent, by topic; in a dry run those that would be.
    private(set) var sent: [String: Int] = [:]
    private(set) var leftOut: [Reason: Int] = [:]
    /// Topics that letters stay because of, at most `topicsMax`.
    private(set) var topicsLeftOut: Set<String> = []

    private static let topicsMax = 16
    /// Letters beyond that are sent again although a newer one stands for them; the number of tries still ends it.
    private static let answeredMax = 1_000_000
    /// Without any delivery for so long, what is under way is given up.
    private static let patienceSeconds = 30.0
    private static let patienceWhenStoppedSeconds = 5.0

    /// Looks which topics there are, and connects a producer.
    ///
    /// - Parameters:
    ///   - allowed: topics that letters may go back to beside those of the settings.
    ///   - isDryRun: counts, and sends nothing.
    static func open(
        _ kafka: KafkaSettings, allowing allowed: [String], attemptsMax: Int, isDryRun: Bool,
        _ notices: KafkaNotices
    ) throws(CommandFailure) -> LetterReturn {
        let names = kafka.topics
        let ours = [names.ratings, names.feedback, names.catalog, names.erasures]
        let connection = KafkaConnection(kafka)
        do throws(KafkaError) {
            let existing = Set(try BrokerProbe.look(connection).topics.map(\.name))
            let producer = isDryRun ? nil : try EventProducer.forLetters(connection) { notices.take($0) }
            return LetterReturn(
                topics: Set(ours + allowed), existing: existing, attemptsMax: attemptsMax, producer: producer)
        } catch {
            throw CommandFailure(error)
        }
    }

    private init(
        topics: Set<String>, existing: Set<String>, attemptsMax: Int, producer: consuming EventProducer?
    ) {
        (self.topics, self.existing, self.attemptsMax) = (topics, existing, attemptsMax)
        self.producer = producer
    }

    var sentCount: Int { sent.values.reduce(0, +) }

    /// To be shown every letter of the topic before the first one is taken: what came back stands behind what was sent.
    mutating func survey(_ letter: borrowing KeptLetter) {
        guard let earlier = letter.earlier, answered.count < Self.answeredMax else { return }
        answered.insert(earlier)
    }

    /// Retry rule: a full queue is waited for as long as it moves; after a throw this letter was not sent.
    mutating func take(_ letter: borrowing KeptLetter, shouldStop: () -> Bool) throws(Trouble) {
        let record = letter.recordIdentity
        if let reason = reason(against: letter, of: record) {
            leftOut[reason, default: 0] += 1
            if reason == .again { settle(record) }
            if reason == .topic || reason == .missing, topicsLeftOut.count < Self.topicsMax {
                topicsLeftOut.insert(letter.sourceTopic ?? "")
            }
            return
        }
        let topic = letter.sourceTopic ?? ""
        try send(letter, to: topic, shouldStop: shouldStop)
        settle(record)
        sent[topic, default: 0] += 1
    }

    /// No other letter of this record goes back.
    private mutating func settle(_ record: UInt64?) {
        if let record, settled.count < Self.answeredMax { settled.insert(record) }
    }

    private func reason(against letter: borrowing KeptLetter, of record: UInt64?) -> Reason? {
        guard let topic = letter.sourceTopic, !topic.isEmpty else { return .unknownSource }
        if answered.contains(letter.place) { return .again }
        if let record, settled.contains(record) { return .twice }
        if !topics.contains(topic) { return .topic }
        if !existing.contains(topic) { return .missing }
        return letter.attempt < attemptsMax ? nil : .attempts
    }

    private mutating func send(
        _ letter: borrowing KeptLetter, to topic: String, shouldStop: () -> Bool
    ) throws(Trouble) {
        guard producer != nil else { return }
        let headers = letter.headersForNextAttempt
        var settled = tally
        var last = Stopwatch()
        while true {
            do throws(Trouble) {
                try producer?.send(
                    topic: topic, key: letter.key, value: letter.value, headers: headers, timeoutMs: 250)
                return
            } catch {
                guard error.cure == .tryAgain, !shouldStop() else { throw error }
                if tally != settled { (settled, last) = (tally, Stopwatch()) }
                if last.seconds > Self.patienceSeconds { throw error }
            }
        }
    }

    /// How what was sent fared so far.
    var tally: EventProducer.Tally {
        switch producer {
        case .some(let producer): producer.tally
        case .none: .nothing
        }
    }

    /// Waits until all is delivered or given up, as long as there is any progress; returns what else came up.
    mutating func settle(shouldStop: () -> Bool) -> Trouble? {
        var last = Stopwatch()
        while producer != nil, tally.delivered + tally.failed < sentCount {
            let before = tally
            do throws(Trouble) {
                _ = try producer?.flush(timeoutMs: 250)
            } catch {
                return error
            }
            if tally != before { last = Stopwatch() }
            let patience = shouldStop() ? Self.patienceWhenStoppedSeconds : Self.patienceSeconds
            if last.seconds > patience { return nil }
        }
        return nil
    }
}
