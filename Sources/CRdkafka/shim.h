#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <sys/eventfd.h>

/// Queues one record, with its bytes copied; the partition is the partitioner's choice.
///
/// Swift cannot see a variadic function, and `rd_kafka_producev` is the only way to set a timestamp and headers.
/// NULL is a null key or value, which is not an empty one. `headers` may be NULL; they are librdkafka's once the
/// call has succeeded, and stay the caller's when it has failed.
static inline rd_kafka_resp_err_t freshet_produce(
    rd_kafka_t *client, rd_kafka_topic_t *topic, const void *key, size_t key_bytes, const void *value,
    size_t value_bytes, int64_t timestamp_ms, rd_kafka_headers_t *headers, void *opaque) {
    if (headers == NULL)
        return rd_kafka_producev(
            client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(RD_KAFKA_PARTITION_UA),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key_bytes),
            RD_KAFKA_V_VALUE((void *)value, value_bytes), RD_KAFKA_V_TIMESTAMP(timestamp_ms),
            RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_END);
    return rd_kafka_producev(
        client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(RD_KAFKA_PARTITION_UA),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key_bytes),
        RD_KAFKA_V_VALUE((void *)value, value_bytes), RD_KAFKA_V_TIMESTAMP(timestamp_ms),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_END);
}
