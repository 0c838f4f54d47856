import KafkaLog

extension StartPosition {
    /// What an option says; `nil` without it.
    init?(_ offset: StartOffset?, nowMs: Int64) {
        switch offset {
        case nil: return nil
        case .earliest: self = .earliest
        case .latest: self = .latest
        case .at(let epochMs): self = .timestamp(epochMs)
        case .last(let ms): self = .timestamp(nowMs - ms)
        }
    }
}
