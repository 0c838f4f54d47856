import CRdkafka

/// The offset at which a partition ended when the brokers last answered a fetch; `nil` while that is unknown. Asks nobody.
func knownEnd(of topic: String, _ partition: Int32, client: OpaquePointer) -> Int64? {
    var (low, high) = (Int64(RD_KAFKA_OFFSET_INVALID), Int64(RD_KAFKA_OFFSET_INVALID))
    let code = rd_kafka_get_watermark_offsets(client, topic, partition, &low, &high)
    return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
}
