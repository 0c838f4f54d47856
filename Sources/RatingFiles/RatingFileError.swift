/// Why a file could not be read at all. The description is one line: what, where, and the mend.
package enum RatingFileError: Error, Equatable, Sendable {
    case missing(path: String)
    case folder(path: String)
    case notAllowed(path: String)
    case unreadable(path: String, reason: String)
    case empty(path: String)
    case truncatedGzip(path: String)
    case damagedGzip(path: String)
    /// `firstLine` is already escaped and cut; `accepted` names the formats that would do.
    case unknownFormat(path: String, firstLine: String, accepted: String)
    case noActions(path: String)
    case tooManyRows(path: String, rowsMax: Int)
}

extension RatingFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path):
            "\(Self.place(path)) does not exist; check the path, or use '-' for standard input"
        case .folder(let path):
            "\(Self.place(path)) is a folder; name a file in it, such as \(Self.inside(path, "ratings.csv"))"
        case .notAllowed(let path):
            "\(Self.place(path)) may not be read by this user; allow it with 'chmod u+r', or run as its owner"
        case .unreadable(let path, let reason):
            "\(Self.place(path)) cannot be read: \(reason); check the disk or the pipe, then try again"
        case .empty(let path):
            "\(Self.place(path)) is empty; check that the download or the command before it has finished"
        case .truncatedGzip(let path):
            "\(Self.place(path)) ends in the middle of its gzip data; fetch it again ('gzip -t' checks it)"
        case .damagedGzip(let path):
            "\(Self.place(path)) holds damaged gzip data; fetch it again ('gzip -t' checks it)"
        case .unknownFormat(let path, let firstLine, let accepted):
            "\(Self.place(path)) has an unknown format: its first line is '\(firstLine)'; give it one of: \(accepted)"
        case .noActions(let path):
            "\(Self.place(path)) has users and items, but neither ratings nor actions in a column of a known name; "
                + "say what its rows are, such as '--action click' (or \(ActionNames.list))"
        case .tooManyRows(let path, let rowsMax):
            "\(Self.place(path)) takes the rows beyond \(rowsMax), the most that one run can hold; set a limit"
        }
    }

    private static func place(_ path: String) -> String {
        path == "-" ? "standard input" : "'\(escaped(path.utf8, bytesMax: 512))'"
    }

    private static func inside(_ folder: String, _ name: String) -> String {
        "'\(escaped((folder.hasSuffix("/") ? folder + name : folder + "/" + name).utf8, bytesMax: 512))'"
    }
}
