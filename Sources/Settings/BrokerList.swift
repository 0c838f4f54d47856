/// Kafka brokers to start from: `host:port`, more of them after commas. One that answers is enough to find
/// the rest.
struct BrokerList: Notation {
    let expectation = "host:port, and more of them after commas"
    let range = "host:port,…"

    /// Without blanks around the commas.
    func read(_ text: String) throws(Fault) -> String {
        let brokers = text.split(separator: ",", omittingEmptySubsequences: false).map { broker in
            String(broker.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        for broker in brokers where HostPort(broker, standardPort: 9092) == nil {
            guard !broker.contains("@") else {
                throw Fault(
                    "has a user or a password, which do not belong here",
                    mend: "Put sasl.username and sasl.password under kafka.properties.")
            }
            guard !broker.contains("://") else {
                throw Fault(
                    "names a protocol in \(quoted(broker))",
                    mend:
                        "Write host:port, and put security.protocol under kafka.properties."
                )
            }
            throw Fault(
                broker.isEmpty ? "has an empty place" : "has \(quoted(broker)), which is not host:port")
        }
        return brokers.joined(separator: ",")
    }
}
