import RatingFiles

extension BenchCase {
    /// Decoded, validated, merged, windowed and noted in profiles, by the worker's own parts; beside a drain of the same
    /// topic that looks at nothing, in turns.
    static let ingest = BenchCase(
        name: "ingest_over_drain", unit: "x",
        purpose: "Reading, decoding, window and profiles, beside a raw drain of the same topic", runs: 7
    ) { (input) throws(CommandFailure) in
        let topic = try BenchTopic(input.ratings().table.repeated(5))
        return { () throws(CommandFailure) in
            let drain = try topic.drain()
            let stages = try BenchStages.run(topic, headsLearn: false, isWatched: false)
            let rate = Double(topic.count) / stages.seconds
            return BenchRun(
                value: rate / drain, allocations: stages.allocations.map { Double($0) / Double(topic.count) },
                details: [("events_per_second", rate), ("drain_per_second", drain)])
        }
    }

    /// The whole way by one thread, told apart; the heads' part is what learning takes longer with them than without.
    static let profile = BenchCase(
        name: "profile", unit: "ns", purpose: "Where the time of an event goes, stage by stage", runs: 7
    ) { (input) throws(CommandFailure) in
        let topic = try BenchTopic(input.ratings().table.repeated(2))
        return { () throws(CommandFailure) in
            let bare = try BenchStages.run(topic, headsLearn: false, isWatched: true)
            let whole = try BenchStages.run(topic, headsLearn: true, isWatched: true)
            let events = Double(topic.count)
            let each = { (stages: BenchStages, stage: BenchStages.Stage) in
                Double(stages.spentNs[stage.rawValue]) / events
            }
            let window = each(bare, .learn)
            return BenchRun(
                value: whole.seconds / events * 1e9,
                allocations: whole.allocations.map { Double($0) / events },
                details: [
                    ("read", each(whole, .read)), ("decode", each(whole, .decode)),
                    ("merge_window_profile", window), ("heads", each(whole, .learn) - window),
                    ("rank", each(whole, .rank)), ("write", each(whole, .write)),
                    ("lists_per_event", Double(whole.lists) / events),
                ])
        }
    }
}
