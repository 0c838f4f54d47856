import Events
import Pipeline
import StateStore

@testable import streamctl

/// A state folder as `streamctl run` leaves it, from messages.
enum LearnedState {
    /// - Parameters:
    ///   - messages: by topic, in the order of their offsets.
    static func make(
        in folder: String, _ messages: [(topic: Topic, value: String)], options: CoreOptions = CoreOptions()
    ) throws {
        var writer = CheckpointWriter(
            try StateFile(StateFolder(folder)),
            describing: StateDescription(program: Program.version, model: options.model.fingerprint))
        var core = Core(options: options)
        let lanes = [Topic.catalog, .ratings, .feedback].map { Lane(topic: $0, partition: 0) }
        core.receive(.assigned(lanes), nowMs: 0)
        for (offset, message) in messages.enumerated() {
            let bytes = Array(message.value.utf8)
            bytes.span.withUnsafeBytes { bytes in
                let position = Position(
                    lane: Lane(topic: message.topic, partition: 0), offset: Int64(offset))
                core.receive(
                    .record(Record(position: position, arrivedMs: nil, key: nil, value: bytes)), nowMs: 0)
            }
        }
        for lane in lanes { core.receive(.reachedEnd(lane, next: Int64(messages.count)), nowMs: 0) }
        while try core.advance(limit: 1_000, nowMs: 1, recalling: &writer) > 0 {}
        core.beginCheckpoint()
        _ = core.copyOwed(bytesMax: .max)
        for chunk in core.takeChunks() { writer.append(chunk) }
        writer.commit()
        _ = try writer.waitForOutcome()
    }

    static func rating(_ user: String, _ item: String, _ rating: Double, at seconds: Int) -> (Topic, String) {
        (
            .ratings,
            #"{"user_id":"\#(user)","item_id":"\#(item)","rating":\#(rating),"timestamp":\#(1_000_000_000 + seconds)}"#
        )
    }

    static func item(_ id: String, _ title: String, _ genres: [String], isAvailable: Bool = true) -> (
        Topic, String
    ) {
        let genres = genres.map { "\"\($0)\"" }.joined(separator: ",")
        return (
            .catalog,
            #"{"item_id":"\#(id)","title":"\#(title)","genres":[\#(genres)],"available":\#(isAvailable)}"#
        )
    }
}
