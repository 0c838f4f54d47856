/// Every metric of the program. Dashboards and alerts hold these names: they are never renamed.
///
/// Seconds, `_total` on counters only, no ids of users or items as labels.
package enum MetricNames {
    package static let eventsConsumed = Metric(
        "freshet_events_consumed_total", .counter, labels: ["topic"], "Records read from Kafka.")
    package static let eventsLearned = Metric(
        "freshet_events_learned_total", .counter, "Events that changed a profile or the model.")
    package static let eventsRejected = Metric(
        "freshet_events_rejected_total", .counter, labels: ["rule"], "Events that broke a rule.")
    package static let eventsDuplicate = Metric(
        "freshet_events_duplicate_total", .counter, "Events that had been seen before.")
    package static let eventsLate = Metric(
        "freshet_events_late_total", .counter, "Events older than the allowed lateness.")
    package static let deadLetters = Metric(
        "freshet_dead_letters_total", .counter, labels: ["reason"], "Records written to the dead letters.")

    package static let freshness = Metric(
        "freshet_freshness_seconds", .histogram,
        "Time from an event's arrival in Kafka to its list being visible in Redis.")
    package static let eventProcessing = Metric(
        "freshet_event_processing_seconds", .histogram,
        "Time to window and learn one event: the mean of its turn.")

    package static let listsWritten = Metric(
        "freshet_lists_written_total", .counter, "Lists written to Redis because they changed.")
    package static let listsDropped = Metric(
        "freshet_lists_dropped_total", .counter,
        "Last lists of users who left memory that found no room while Redis was away.")
    package static let redisWrite = Metric(
        "freshet_redis_write_seconds", .histogram,
        "Time of one pipelined batch of writes to Redis; the next lists are ranked meanwhile.")
    package static let redisErrors = Metric(
        "freshet_redis_errors_total", .counter, "Batches of writes that Redis refused or never answered.")

    package static let modelUsers = Metric("freshet_model_users", .gauge, "Users that the model knows.")
    package static let modelItems = Metric("freshet_model_items", .gauge, "Items that the model knows.")
    package static let modelEvictions = Metric(
        "freshet_model_evictions_total", .counter, labels: ["kind"],
        "Users or items that left memory for the state because there are more than fit.")
    package static let modelReturns = Metric(
        "freshet_model_returns_total", .counter, labels: ["kind"],
        "Users or items that came back from the state with an event.")
    package static let modelStepsRefused = Metric(
        "freshet_model_steps_refused_total", .counter,
        "Steps of learning that were not taken because they were enormous or no number.")
    package static let prequentialRMSE = Metric(
        "freshet_prequential_rmse", .gauge,
        "Root mean squared error of ratings predicted before learning them.")
    package static let prequentialHitRatio = Metric(
        "freshet_prequential_hit_ratio", .gauge, labels: ["k"],
        "Share of positive events whose item was in the top k before learning them.")
    package static let driftAlarms = Metric(
        "freshet_drift_alarms_total", .counter, labels: ["kind"],
        "Lasting changes that were told: of the errors of predictions, of the distribution of ratings.")
    package static let driftErrorLevel = Metric(
        "freshet_drift_error_level", .gauge, "How near the next alarm about errors is, from 0 to 1.")
    package static let driftRatingStability = Metric(
        "freshet_drift_rating_psi", .gauge,
        "Population stability index of the newest ratings against the long run.")

    package static let checkpoint = Metric(
        "freshet_checkpoint_seconds", .histogram, "Time to commit state and offsets.")
    package static let checkpointLastSuccess = Metric(
        "freshet_checkpoint_last_success_timestamp_seconds", .gauge,
        "When state was last committed, epoch time.")
    package static let checkpointPause = Metric(
        "freshet_checkpoint_pause_seconds", .histogram, "Time that the stream gave to a checkpoint at once.")

    package static let outage = Metric(
        "freshet_outage", .gauge, labels: ["part"],
        "1 while what this part talks to is away; parts: redis, dead_letters, state, kafka.")
    package static let outages = Metric(
        "freshet_outages_total", .counter, labels: ["part"], "How often that began.")
    package static let logGaps = Metric(
        "freshet_log_gaps_total", .counter,
        "How often records of a partition were deleted from Kafka before they were read.")
    package static let buildInfo = Metric(
        "freshet_build_info", .gauge, labels: ["version"], "Always 1; the version is in the label.")

    package static let consumerGroupLag = Metric(
        "kafka_consumergroup_lag", .gauge, labels: ["consumergroup", "topic", "partition"],
        "Records between what was learned and the end of the partition, of the partitions that are ours.")
    package static let consumerGroupLagSeconds = Metric(
        "kafka_consumergroup_lag_seconds", .gauge, labels: ["consumergroup", "topic", "partition"],
        "How old the oldest record that is not yet learned is at most; 0 where there is none.")

    /// All of them, in the order in which they are exposed.
    package static let all: [Metric] = [
        eventsConsumed, eventsLearned, eventsRejected, eventsDuplicate, eventsLate, deadLetters, freshness,
        eventProcessing, listsWritten, listsDropped, redisWrite, redisErrors, modelUsers, modelItems,
        modelEvictions, modelReturns, modelStepsRefused, prequentialRMSE, prequentialHitRatio, driftAlarms,
        driftErrorLevel, driftRatingStability, checkpoint, checkpointLastSuccess, checkpointPause, outage,
        outages, logGaps, buildInfo, consumerGroupLag,
        consumerGroupLagSeconds,
    ]
}
