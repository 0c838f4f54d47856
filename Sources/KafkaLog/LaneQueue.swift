import CRdkafka
import Events

/// What was fetched of one lane and nobody has taken yet, apart from the other lanes: so a lane that must wait is left
/// alone, and loses nothing of what was fetched for it, as it would by a pause.
///
/// Its bound is librdkafka's `queued.max.messages.kbytes` and `queued.min.messages`, which count for each such queue,
/// plus the one fetch that crosses it. To be closed before its client.
final class LaneQueue {
    let lane: Lane
    let topic: String
    /// Whether nothing is taken from it for now.
    var isPaused = false
    private let queue: OpaquePointer
    /// The most that waited here since the brokers were last asked for more.
    private var peak = 0
    /// Below this a queue is too short to tell anything.
    private static let peakMin = 512

    /// To be made before the lane is assigned; else what is fetched goes to the consumer's queue at first.
    init?(of lane: Lane, topic: String, client: OpaquePointer, bell: borrowing Bell) {
        guard let queue = rd_kafka_queue_get_partition(client, topic, lane.partition) else { return nil }
        (self.lane, self.topic, self.queue) = (lane, topic, queue)
        rd_kafka_queue_forward(queue, nil)
        bell.hang(on: queue)
    }

    deinit {
        Bell.takeOff(queue)
        rd_kafka_queue_destroy(queue)
    }

    /// The stamp of the newest record that was taken, in epoch milliseconds; the least before there is one.
    private(set) var newestMs = Int64.min

    /// Records and other news that wait.
    var waiting: Int { rd_kafka_queue_length(queue) }

    /// Brings what waits, as far as the turn allows.
    ///
    /// librdkafka hands its whole queue over at once and takes back what is left when told to stop: a lock or two for
    /// thousands of records, where polling takes some for each. The call is an old one; the one that came in its
    /// place loses records around rebalances until 2.1.
    func serve(_ turn: inout LaneTurn) {
        let waiting = waiting
        guard waiting > 0 else { return }
        peak = max(peak, waiting)
        withUnsafeMutablePointer(to: &turn) { turn in
            _ = rd_kafka_consume_callback_queue(queue, 0, bring, turn)
        }
        newestMs = max(newestMs, turn.newestMs)
    }

    /// Whether it has run half empty since it was last said to be, and the log has more.
    func isRunningDry(client: OpaquePointer) -> Bool {
        guard peak >= Self.peakMin else { return false }
        let waiting = waiting
        guard 2 * waiting < peak else { return false }
        peak = waiting
        guard let end = knownEnd(of: topic, lane.partition, client: client) else { return false }
        return end > taken + Int64(waiting)
    }

    /// The offset after the last record that was taken.
    var taken: Int64 = 0
}

/// librdkafka: a message of the lane whose turn it is.
private func bring(_ message: UnsafeMutablePointer<rd_kafka_message_t>?, _ turn: UnsafeMutableRawPointer?) {
    guard let message, let turn else { return }
    turn.assumingMemoryBound(to: LaneTurn.self).pointee.bring(Message(message))
}
