internal import CSimdjson

/// What an event says of itself: when it happened, and which one it is.
extension EventDecoder {
    /// The event time, from the event or else from the CloudEvent around it, within the bounds.
    func timestamp(
        _ fields: JSONObject, _ wrapping: Wrapping, arrivedMs: Int64?
    ) throws(Refusal) -> Int64 {
        let timestampMs = try statedTime(fields, wrapping)
        guard (rules.earliestMs...rules.latestMs).contains(timestampMs) else {
            throw Refusal(
                .timestampOutOfRange,
                "the timestamp lies in no year that events have: send epoch seconds, milliseconds or "
                    + "microseconds"
            )
        }
        if let arrivedMs, timestampMs - rules.futureMs > arrivedMs {
            throw Refusal(
                .timestampInFuture,
                "the timestamp is more than \(rules.futureMs / 1000) s later than the record's own: "
                    + "set the producer's clock, or send the time of the event in UTC")
        }
        return timestampMs
    }

    /// Milliseconds; what is too large to be any time is `Int64.max`.
    private func statedTime(_ fields: JSONObject, _ wrapping: Wrapping) throws(Refusal) -> Int64 {
        let timestampMs: Int64?
        if let value = fields[FRESHET_JSON_TIMESTAMP] {
            if value.isNumber {
                let isExact = value.kind == FRESHET_JSON_INTEGER && value.is_whole != 0
                return (isExact ? EventTime.epochMs(value.whole) : EventTime.epochMs(value.real)) ?? .max
            }
            timestampMs = value.kind == FRESHET_JSON_STRING ? EventTime.rfc3339Ms(value.bytes) : nil
        } else {
            guard let time = wrapping.withAttribute(.time, { $0.map { EventTime.rfc3339Ms($0) } }) else {
                throw Refusal(
                    .missingTimestamp, "the event has no timestamp: add timestamp in epoch milliseconds")
            }
            timestampMs = time
        }
        guard let timestampMs else {
            throw Refusal(
                .invalidTimestamp,
                "the timestamp is neither a number nor a date and time: send epoch milliseconds or RFC 3339")
        }
        return timestampMs
    }

    /// The identity by the producer's own id; `nil` where the event has none.
    func statedIdentity(
        _ topic: Topic, _ fields: JSONObject, _ wrapping: Wrapping
    ) throws(Refusal) -> EventIdentity? {
        if case .bare = wrapping {
            guard let value = try eventID(fields) else { return nil }
            guard let bytes = value.idBytes(max: Identifier.bytesMax) else {
                throw Refusal(.invalidEventID, "event_id is no id: send \(Self.idForm), or leave it out")
            }
            return EventIdentity(topic: topic, eventID: bytes)
        }
        let lengths = 1...EventIdentity.idBytesMax
        let identity = wrapping.withAttribute(.id) { id in
            wrapping.withAttribute(.source) { source -> EventIdentity? in
                guard let id, let source, lengths.contains(id.count), lengths.contains(source.count) else {
                    return nil
                }
                return EventIdentity(topic: topic, cloudEventID: id, source: source)
            }
        }
        guard let identity else {
            throw Refusal(
                .invalidEventID,
                "the CloudEvent has no usable id and source: send both, as strings of 1 to "
                    + "\(lengths.upperBound) bytes"
            )
        }
        return identity
    }

    private func eventID(_ fields: JSONObject) throws(Refusal) -> freshet_json_value? {
        guard let eventID = fields[FRESHET_JSON_EVENT_ID] else { return fields[FRESHET_JSON_ID] }
        guard fields[FRESHET_JSON_ID] == nil else {
            throw Refusal(.duplicateKey, "the event has both id and event_id: send its id once, as event_id")
        }
        return eventID
    }
}
