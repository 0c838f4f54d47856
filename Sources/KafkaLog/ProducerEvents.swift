import CRdkafka

/// What a producer's callbacks count.
final class ProducerEvents: ClientEvents {
    private(set) var delivered = 0
    private(set) var failed = 0
    private(set) var firstFailure: ErrorCode?
    /// Records of an earlier batch may still be reported: only those of this batch are counted.
    private(set) var batch = 0

    /// Starts counting anew.
    func beginBatch() {
        batch += 1
        (delivered, failed, firstFailure) = (0, 0, nil)
    }

    func report(_ code: rd_kafka_resp_err_t, batch: Int) {
        guard batch == self.batch else { return }
        if code == RD_KAFKA_RESP_ERR_NO_ERROR {
            delivered += 1
        } else {
            failed += 1
            if firstFailure == nil { firstFailure = ErrorCode(code) }
        }
    }
}

/// librdkafka: a record has arrived, or never will.
func countDelivery(
    _ client: OpaquePointer?, _ message: UnsafePointer<rd_kafka_message_t>?,
    _ opaque: UnsafeMutableRawPointer?
) {
    guard let message, let opaque else { return }
    Unmanaged<ProducerEvents>.fromOpaque(opaque)._withUnsafeGuaranteedRef {
        $0.report(message.pointee.err, batch: Int(bitPattern: message.pointee._private))
    }
}
