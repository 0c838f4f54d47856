import Events

/// A record of a lane, decoded and waiting for its turn in the merge.
package struct Waiting {
    /// Nearly all are interactions: they stand in the value, and everything else behind a pointer.
    enum Content {
        case interaction(Interaction)
        indirect case catalog(CatalogItem)
        indirect case erasure(Erasure)
        indirect case refused(DeadLetter)

        init(_ event: consuming Event) {
            switch event {
            case .interaction(let interaction): self = .interaction(interaction)
            case .catalog(let item): self = .catalog(item)
            case .erasure(let erasure): self = .erasure(erasure)
            }
        }
    }

    var content: Content
    var offset: Int64
    var arrivedMs: Int64?

    /// Where it stands among the lanes: by event time. What has none (the catalog is a table, a refused record is
    /// nothing) goes as soon as it is at the head of its lane.
    var orderMs: Int64 {
        switch content {
        case .interaction(let interaction): interaction.timestampMs
        case .erasure(let erasure): erasure.timestampMs
        case .catalog, .refused: .min
        }
    }

    /// Bytes of a refused record, which is kept whole; 0 for what was decoded, which is small.
    var letterBytes: Int {
        if case .refused(let letter) = content { letter.byteCount } else { 0 }
    }
}

extension Waiting {
    /// Copies of the record only what is kept: all of it where it is refused.
    init(decoding record: borrowing Record, by decoder: inout EventDecoder) {
        (offset, arrivedMs) = (record.position.offset, record.arrivedMs)
        do throws(Refusal) {
            content = .init(try decoder.decode(record))
        } catch {
            content = .refused(DeadLetter(copying: record, refusal: error))
        }
    }
}
