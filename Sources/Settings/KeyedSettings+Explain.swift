extension KeyedSettings {
    /// Every key with its default, unit and range, and below it why: a table for people, within 100 columns.
    package static func explain() -> String {
        let header = ["KEY", "DEFAULT", "UNIT", "RANGE"]
        let lines = aligned([header] + keys.map { [$0.path, $0.standard, $0.unit, $0.range] })
        let reasons = [""] + keys.map { "    \($0.reason)\n" }
        return zip(lines, reasons).map { $0 + $1 }.joined()
    }
}

extension Loaded {
    /// Every key with its value, where that comes from, and the default, as a table for people; secrets are
    /// masked.
    package func explain() -> String {
        var rows = [["KEY", "VALUE", "FROM", "DEFAULT"]]
        for key in Subject.keys {
            for value in values(of: key) {
                let standard = value.path == key.path ? key.standard : ""
                rows.append([value.path, value.text, value.origin, standard])
            }
        }
        return aligned(rows).joined()
    }

    func name(of origin: Origin) -> String {
        switch origin {
        case .standard: "default"
        case .file(let line): "\(source):\(line)"
        case .environment(let variables, let line): "\(variables.joined(separator: ", ")), \(source):\(line)"
        case .override: Subject.overrideOption
        }
    }
}

/// Lines with columns as wide as their widest cell and two blanks between; each ends with a newline.
private func aligned(_ rows: [[String]]) -> [String] {
    var widths: [Int] = []
    for row in rows {
        for (column, cell) in row.enumerated() {
            if column == widths.count { widths.append(0) }
            widths[column] = max(widths[column], cell.count)
        }
    }
    return rows.map { row in
        var line = ""
        var gap = 0
        for (cell, width) in zip(row, widths) {
            if !cell.isEmpty {
                line += String(repeating: " ", count: gap) + cell
                gap = 0
            }
            gap += width - cell.count + 2
        }
        return line + "\n"
    }
}
