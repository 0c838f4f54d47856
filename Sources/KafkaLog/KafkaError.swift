/// What can go wrong outside the stream itself: at start-up, in the admin calls, in `doctor`.
package enum KafkaError: Error, Equatable, Sendable {
    /// A native property that librdkafka, or Freshet, does not take.
    case property(name: String, problem: String, mend: String)
    /// The settings, taken together, do not make a client.
    case cannotStart(reason: String)
    /// A server did not do what it was asked.
    case refused(what: String, reason: String, mend: String)
    /// Nothing answered in time.
    case unreachable(servers: String, reason: String, mend: String)

    /// Kafka is there and does not let us in; a whole sentence, with the mend.
    case denied(String)

    /// One line: what is wrong, where, and the mend.
    package var message: String {
        switch self {
        case .property(let name, let problem, let mend): "kafka.properties.\(name) \(problem). \(mend)."
        case .cannotStart(let reason):
            "the Kafka client cannot start: \(reason). Fix the settings under 'kafka' in config/freshet.yaml."
        case .refused(let what, let reason, let mend): "\(what): \(reason). \(mend)."
        case .unreachable(let servers, let reason, let mend): "Kafka at \(servers) \(reason). \(mend)."
        case .denied(let text): text
        }
    }

    /// Whether only a change of the configuration helps.
    package var isConfiguration: Bool {
        switch self {
        case .property, .cannotStart, .denied: true
        case .refused, .unreachable: false
        }
    }
}
