import CRdkafka

/// The answer to an admin call, ours to free; what is read from it lives as long as it does.
struct AdminReply: ~Copyable {
    let event: OpaquePointer

    init(adopting event: OpaquePointer) {
        self.event = event
    }

    deinit { rd_kafka_event_destroy(event) }

    var code: ErrorCode? {
        let code = rd_kafka_event_error(event)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : ErrorCode(code)
    }

    /// The first topic or resource that was refused, and why.
    var refusal: (code: ErrorCode, reason: String)? {
        var count = 0
        if let topics = rd_kafka_event_CreateTopics_result(event)
            .flatMap({ rd_kafka_CreateTopics_result_topics($0, &count) })
            ?? rd_kafka_event_CreatePartitions_result(event)
            .flatMap({ rd_kafka_CreatePartitions_result_topics($0, &count) })
        {
            return (0..<count).lazy.compactMap { index in
                Self.refusal(
                    rd_kafka_topic_result_error(topics[index]),
                    rd_kafka_topic_result_error_string(topics[index]))
            }.first
        }
        let resources = resources
        return resources.lazy.compactMap { resource in
            Self.refusal(
                rd_kafka_ConfigResource_error(resource), rd_kafka_ConfigResource_error_string(resource))
        }.first
    }

    /// The resources of a config call.
    var resources: [OpaquePointer] {
        var count = 0
        let found =
            rd_kafka_event_DescribeConfigs_result(event)
            .flatMap { rd_kafka_DescribeConfigs_result_resources($0, &count) }
            ?? rd_kafka_event_AlterConfigs_result(event)
            .flatMap { rd_kafka_AlterConfigs_result_resources($0, &count) }
        guard let found else { return [] }
        return (0..<count).compactMap { found[$0] }
    }

    private static func refusal(
        _ code: rd_kafka_resp_err_t, _ reason: UnsafePointer<CChar>?
    ) -> (code: ErrorCode, reason: String)? {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        let text = reason.map { String(cString: $0) } ?? ErrorCode(code).description
        return (ErrorCode(code), text.hasSuffix(".") ? String(text.dropLast()) : text)
    }
}
