import Events
import RatingFiles

/// What items are called, from a catalog file.
struct Titles: Sendable {
    private var titles: [String: String] = [:]

    /// - Parameter path: `nil` for no titles at all.
    init(_ path: String?) throws(CommandFailure) {
        guard let path else { return }
        do throws(RatingFileError) {
            for item in try MovieCatalogReader.read(path).items { titles[item.item.text] = item.title }
        } catch {
            throw CommandFailure(.failed, "\(error).")
        }
    }

    var isEmpty: Bool { titles.isEmpty }

    /// The title of an item; `nil` for an item that the file does not have.
    subscript(item: String) -> String? { titles[item] }
}
