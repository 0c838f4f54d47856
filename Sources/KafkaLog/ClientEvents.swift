import CRdkafka
import Pipeline

/// What librdkafka's callbacks reach through the client's opaque pointer.
///
/// Callbacks come only from inside a call of the thread that polls (log lines are queued, too), and a client is
/// polled by its one owner: so nothing here needs a lock.
class ClientEvents {
    let servers: String
    private let notify: @Sendable (KafkaNotice) -> Void
    private var board = NoticeBoard()
    /// Why the last connection failed: the reason of an outage, when one is declared.
    private(set) var lastFailure: String?
    /// Whether the client cannot be destroyed without waiting for brokers that are away.
    var isStuck = false
    /// What the poll has to throw when it returns.
    private var trouble: Trouble?

    init(servers: String, notify: @escaping @Sendable (KafkaNotice) -> Void) {
        self.servers = servers
        self.notify = notify
    }

    /// Whether every broker is out of reach, as far as we know.
    var isAway: Bool { board.isUp(.brokersAway) }

    /// Throws what a callback could not.
    func rethrow() throws(Trouble) {
        if let trouble = takeTrouble() { throw trouble }
    }

    func takeTrouble() -> Trouble? {
        defer { trouble = nil }
        return trouble
    }

    var hasTrouble: Bool { trouble != nil }

    /// A broker has answered: whatever was wrong with reaching it is over.
    func reached() {
        _ = board.heal(.code(RD_KAFKA_RESP_ERR__TRANSPORT.rawValue))
        _ = board.heal(.code(RD_KAFKA_RESP_ERR__RESOLVE.rawValue))
        _ = board.heal(.code(RD_KAFKA_RESP_ERR__SSL.rawValue))
        guard board.heal(.brokersAway) else { return }
        lastFailure = nil
        notify(KafkaNotice(.info, "Kafka at \(servers) is back again.", reach: .regained))
    }

    /// The topic is there.
    func found(topic: String) {
        guard board.heal(.topicMissing(topic)) else { return }
        notify(KafkaNotice(.info, "topic '\(topic)' is there now; reading it."))
    }

    /// Says it, unless it has been said: see `NoticeBoard`.
    func tell(_ condition: NoticeBoard.Condition, _ level: KafkaNotice.Level, _ text: String) {
        guard board.raise(condition, at: .now) else { return }
        notify(KafkaNotice(level, text, reach: condition == .brokersAway ? .lost : nil))
    }

    /// Decides what an error means: news, or the end.
    func failed(_ code: rd_kafka_resp_err_t, _ fullReason: String, topic: String?) {
        let reason = Self.withoutTimes(fullReason)
        switch code {
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            return  // No error, and of no interest to whoever is leaving.
        case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
            let why = lastFailure.map { " (\($0))" } ?? ""
            tell(
                .brokersAway, .error,
                "Kafka at \(servers) does not answer\(why). Freshet waits and goes on when it is back; if it "
                    + "should be up, check kafka.brokers and what stands between us and it.")
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__TIMED_OUT:
            lastFailure = reason
            // One of several ways, or a moment: news only once there is no way left.
            tell(.code(code.rawValue), .debug, "a connection to Kafka failed and is tried again: \(reason).")
        case RD_KAFKA_RESP_ERR__SSL:
            lastFailure = reason
            tell(
                .code(code.rawValue), .warning,
                "Kafka at \(servers) and we do not agree on TLS: \(reason). Check ssl.ca.location under "
                    + "kafka.properties, and that the port speaks TLS.")
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            let name = topic ?? "?"
            tell(
                .topicMissing(name), .warning,
                "topic '\(name)' does not exist yet; Freshet waits for it. Create it with "
                    + "'streamctl topics apply'.")
        case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:
            notify(
                KafkaNotice(
                    .warning,
                    "the consumer group gave our partitions away, because we were silent for longer than "
                        + "max.poll.interval.ms; they come back by themselves. If this repeats, raise that "
                        + "value under kafka.properties."))
        default:
            if let mend = Self.mendOfTheFatal(code, topic: topic) {
                trouble = Trouble(.stop, "Kafka at \(servers) refused: \(reason). \(mend).")
            } else {
                tell(.code(code.rawValue), .warning, "Kafka at \(servers) reports: \(reason).")
            }
        }
    }

    /// librdkafka's own log, by syslog's levels.
    func logged(level: Int32, facility: String, line: String) {
        // One 'kafka.properties' serves consumers and producers: what the other one takes is no mistake.
        if facility == "CONFWARN", line.contains("property and will be ignored by") { return }
        if facility == "OFFSET", line.contains("reset") { return noteGap(line) }
        let kind: KafkaNotice.Level =
            switch level {
            case _ where isNoNews(facility): .debug
            case ...3: .error
            case 4: .warning
            case 5...6: .info
            default: .debug
            }
        let known = facility + line.filter { !$0.isNumber }
        tell(.line(known), kind, "librdkafka \(facility): \(line)")
    }

    /// Connections that fail or are slow are reported as errors, too, and those decide what is news; a commit is for
    /// charts of the lag alone and comes again. That the group had to do without us while the brokers were away follows
    /// from it.
    private func isNoNews(_ facility: String) -> Bool {
        switch facility {
        case "FAIL", "REQTMOUT", "COMMITFAIL": true
        case "SESSTMOUT": isAway
        default: false
        }
    }

    /// The log begins later by now than where a partition was to be read from; librdkafka goes on with what is left.
    /// Each partition is told.
    private func noteGap(_ line: String) {
        var notice = KafkaNotice(
            .warning,
            "Kafka at \(servers) has deleted records that were not read yet; reading goes on with what is left "
                + "(\(line)). Give the topic a longer retention.ms, or let Freshet run more often.")
        notice.isGap = true
        if board.raise(.line(line), at: .now) { notify(notice) }
    }

    /// `Connection refused (after 0ms in state CONNECT, …)` says enough without the brackets.
    private static func withoutTimes(_ reason: String) -> String {
        reason.firstRange(of: " (after ").map { String(reason[..<$0.lowerBound]) } ?? reason
    }

    /// For errors that no waiting heals, what a person has to do.
    private static func mendOfTheFatal(_ code: rd_kafka_resp_err_t, topic: String?) -> String? {
        switch code {
        case RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
            RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
            "Check sasl.mechanism, sasl.username and sasl.password under kafka.properties"
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
            "Grant us Read and Describe (to write: Write) on topic '\(topic ?? "?")' with kafka-acls"
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
            "Grant us Read on the consumer group with kafka-acls"
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
            "Grant us IdempotentWrite on the cluster with kafka-acls"
        case RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL:
            "Another program is in our consumer group and divides partitions differently: give Freshet a "
                + "group of its own"
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
            "There is no such offset any more, and auto.offset.reset is 'error': choose where to start"
        case RD_KAFKA_RESP_ERR__FATAL:
            "Start Freshet again; if it comes back, look at the broker's log"
        default: nil
        }
    }
}
