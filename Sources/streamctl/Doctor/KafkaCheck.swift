import KafkaLog
import Settings

/// Whether Kafka answers, and whether its topics are there and divided alike.
enum KafkaCheck {
    private static let answerMsMax: Int32 = 5_000

    static func look(_ kafka: KafkaSettings) -> [Check] {
        let view: ClusterView
        do throws(KafkaError) {
            view = try BrokerProbe.look(KafkaConnection(kafka), timeoutMs: answerMsMax)
        } catch {
            return [Check("kafka", .fail, error.what, mend: error.mend)]
        }
        let places = view.brokers.map { "\($0.host):\($0.port)" }.joined(separator: ", ")
        return [Check("kafka", .ok, "\(counted(view.brokers.count, "broker")) at \(places).")]
            + topics(kafka.topics, in: view.topics)
    }

    static func topics(_ names: KafkaSettings.Topics, in existing: [ClusterView.Topic]) -> [Check] {
        var checks: [Check] = []
        var found: [ClusterView.Topic] = []
        for name in names.all {
            guard let topic = existing.first(where: { $0.name == name }) else {
                checks.append(
                    Check(
                        "topics", .fail, "Topic '\(name)' does not exist.",
                        mend: "Create it with 'streamctl topics apply'."))
                continue
            }
            found.append(topic)
        }
        if !found.isEmpty {
            let list = found.map { "\($0.name) (\(counted($0.partitions, "partition")))" }
            checks.insert(Check("topics", .ok, "There are \(list.joined(separator: ", "))."), at: 0)
        }
        let keyed = found.filter { [names.ratings, names.feedback, names.erasures].contains($0.name) }
        for topic in keyed.dropFirst() where topic.partitions != keyed[0].partitions {
            checks.append(
                Check(
                    "topics", .fail,
                    "\(topic.name) has \(counted(topic.partitions, "partition")) and \(keyed[0].name) "
                        + "\(keyed[0].partitions), and both are keyed by user.",
                    mend: "Give them the same number in their files, then run 'streamctl topics apply'."))
        }
        return checks
    }
}

extension KafkaError {
    /// The message without its mend, and with a full stop.
    fileprivate var what: String {
        switch self {
        case .property(let name, let problem, _): "kafka.properties.\(name) \(problem)."
        case .cannotStart(let reason): "The Kafka client cannot start: \(reason)."
        case .refused(let what, let reason, _): "\(what): \(reason)."
        case .unreachable(let servers, let reason, _): "Kafka at \(servers) \(reason)."
        case .denied(let text): text
        }
    }

    fileprivate var mend: String {
        switch self {
        case .property(_, _, let mend), .refused(_, _, let mend), .unreachable(_, _, let mend): "\(mend)."
        case .cannotStart: "Mend the settings under kafka."
        case .denied: ""
        }
    }
}
