import Events

/// One record through a decoder, as a value that can be compared.
func decode(
    _ value: [UInt8]?, on topic: Topic = .ratings, key: [UInt8]? = nil, headers: [Header] = [],
    arrivedMs: Int64? = 1_700_000_000_000, with decoder: inout EventDecoder
) -> Result<Event, Refusal> {
    let position = Position(lane: Lane(topic: topic, partition: 3), offset: 7)
    return lend(key) { key in
        lend(value) { value in
            let record = Record(
                position: position, arrivedMs: arrivedMs, key: key, value: value, headers: headers)
            do throws(Refusal) {
                return .success(try decoder.decode(record))
            } catch {
                return .failure(error)
            }
        }
    }
}

func decode(
    _ text: String, on topic: Topic = .ratings, headers: [Header] = [], arrivedMs: Int64? = 1_700_000_000_000,
    rules: FieldRules = FieldRules()
) -> Result<Event, Refusal> {
    var decoder = EventDecoder(rules: rules)
    return decode(Array(text.utf8), on: topic, headers: headers, arrivedMs: arrivedMs, with: &decoder)
}

/// No bytes are not the same as nothing: of an empty array an empty buffer is lent.
private func lend<Answer>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Answer) -> Answer {
    guard let bytes else { return body(nil) }
    return bytes.withUnsafeBytes { body($0) }
}

extension Result<Event, Refusal> {
    var rule: Rule? {
        guard case .failure(let refusal) = self else { return nil }
        return refusal.rule
    }

    var interaction: Interaction? {
        guard case .success(.interaction(let interaction)) = self else { return nil }
        return interaction
    }

    var item: CatalogItem? {
        guard case .success(.catalog(let item)) = self else { return nil }
        return item
    }
}

func header(_ name: String, _ value: String) -> Header {
    Header(name: name, value: Array(value.utf8))
}
