/// `state`: what is kept on disk.
package struct StateSettings: Equatable, Sendable {
    package var folder = "state"

    package init() {}

    static let keys: [Key] = [
        Key(
            "state.folder", \.state.folder, FolderPath(),
            "Where state is kept, from where the program starts; must be writable and on a local disk.")
    ]
}
