import CRdkafka

/// What a producer's callbacks count.
final class ProducerEvents: ClientEvents {
    private(set) var delivered = 0
    private(set) var failed = 0
    private(set) var firstFailure: ErrorCode?
    /// Records of an earlier batch may still be reported: only those of this batch are counted.
    private(set) var batch = 0

    /// Where records that were sent with a tag stand in the log, since they were last taken.
    private var placed: [PlacedRecord] = []

    func takePlaced() -> [PlacedRecord] {
        defer { placed.removeAll(keepingCapacity: true) }
        return placed
    }

    /// Starts counting anew.
    func beginBatch() {
        batch = (batch + 1) & 0x7FFF_FFFF
        (delivered, failed, firstFailure) = (0, 0, nil)
    }

    /// - Parameter label: of `RecordLabel`.
    func report(_ message: rd_kafka_message_t, label: RecordLabel) {
        let code = message.err
        let batch = label.batch
        guard batch == self.batch else { return }
        if code == RD_KAFKA_RESP_ERR_NO_ERROR {
            delivered += 1
            if label.tag != 0 {
                placed.append(
                    PlacedRecord(tag: label.tag, partition: message.partition, offset: message.offset))
            }
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
        $0.report(message.pointee, label: RecordLabel(pointer: message.pointee._private))
    }
}
