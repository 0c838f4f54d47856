import Windowing

/// The window of one task: partition p of every user-keyed topic, so that a user's ratings and feedback share one
/// watermark and one memory of identities.
final class TaskWindow {
    let partition: Int32
    var window: Window

    init(partition: Int32, options: CoreOptions) {
        self.partition = partition
        self.window = Window(options.window)
    }
}
