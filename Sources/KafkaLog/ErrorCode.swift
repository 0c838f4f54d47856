import CRdkafka

/// One of librdkafka's error numbers, ready to be thrown and read.
struct ErrorCode: Error, Equatable, CustomStringConvertible {
    let raw: rd_kafka_resp_err_t

    init(_ raw: rd_kafka_resp_err_t) {
        self.raw = raw
    }

    /// Takes an error object over, and frees it; `nil` if there was none.
    init?(consuming error: OpaquePointer?) {
        guard let error else { return nil }
        self.init(rd_kafka_error_code(error))
        rd_kafka_error_destroy(error)
    }

    var description: String { String(cString: rd_kafka_err2str(raw)) }
}
