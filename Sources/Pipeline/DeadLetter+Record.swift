import Events

extension DeadLetter {
    /// Copies a record byte for byte: its memory is lent, the letter stays.
    init(copying record: borrowing Record, refusal: Refusal) {
        self.init(
            position: record.position, arrivedMs: record.arrivedMs, key: record.key.map(Array.init),
            value: record.value.map(Array.init), headers: record.headers, refusal: refusal)
    }
}
