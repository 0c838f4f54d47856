enum StateFuzz {
    static func run(_ bytes: UnsafeRawBufferPointer) {
        let edits = Edit.all(bytes).prefix(16)
        guard !edits.isEmpty else { return }
        var tables = SmallState.tables
        for edit in edits {
            let row = SmallState.rows[edit.row % SmallState.rows.count]
            let bytes = tables[row.table]?[row.key] ?? row.bytes
            if let key = edit.newKey {
                tables[row.table]?[row.key] = nil
                tables[row.table]?[key] = bytes
            } else {
                tables[row.table]?[row.key] = edit.apply(to: bytes)
            }
        }
        SmallState.goOn(from: tables)
    }
}
