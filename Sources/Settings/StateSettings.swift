/// `state`: what is kept on disk.
package struct StateSettings: Equatable, Sendable {
    package var folder = "state"
    package var checkpointSeconds = 5
    package var checkpointEvents = 1_000_000

    package init() {}

    static let keys: [Key] = [
        Key(
            "state.folder", \.state.folder, FolderPath(),
            "Where state is kept, from where the program starts; must be writable and on a local disk."),
        Key(
            "state.checkpoint_seconds", \.state.checkpointSeconds, WholeNumber(1...3_600), unit: "s",
            "Time between two checkpoints; after a crash at most this much is learned again."),
        Key(
            "state.checkpoint_events", \.state.checkpointEvents, WholeNumber(1_000...1_000_000_000),
            unit: "events",
            "A checkpoint also begins after so many events, to bound what is learned again."),
    ]
}
