import Events
import RatingFiles
import Telemetry

extension RatingFile {
    var json: JSON {
        let refused = refusals.entries.map { entry -> JSON in
            let examples = entry.examples.map { example -> JSON in
                ["line": .whole(example.line), "text": .text(example.excerpt)]
            }
            return [
                "rule": .text(entry.fault.rawValue), "count": .whole(entry.count),
                "examples": .list(examples),
            ]
        }
        return [
            "path": .text(path), "format": .text(format.family.rawValue), "bytes": .whole(bytes),
            "rows_read": .whole(rowsRead), "rows_decoded": .whole(rowsDecoded),
            "rows_outside": .whole(rowsOutside), "rows_refused": .whole(refusals.total),
            "refusals": .list(refused), "action": .text(orNull: assumedAction?.rawValue),
            "timestamps_made_up": .flag(timestampsMadeUp),
        ]
    }

    /// A line for the file, and one for all that is worth knowing about it.
    var text: String {
        var lines = ["\(fileName(path)): \(format.family.rawValue), \(counted(rowsRead, "row")) read"]
        if let assumedAction {
            lines.append(
                "  it has neither ratings nor actions: each row counts as '\(assumedAction)', as '--action' may say"
            )
        }
        if timestampsMadeUp {
            lines.append("  it has no times: they are made up, a second a row from 2000-01-01T00:00:00Z")
        }
        if rowsOutside > 0 {
            lines.append("  \(counted(rowsOutside, "row")) outside of --from and --to left out")
        }
        lines += refusals.lines
        return lines.map { "\($0)\n" }.joined()
    }
}
