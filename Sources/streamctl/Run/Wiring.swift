import Events
import KafkaLog
import Model
import Pipeline
import Ranking
import RedisLists
import Settings
import Windowing

/// Settings, handed to each room in the words of that room.
struct Wiring {
    let settings: Settings

    /// The names in Kafka of what the worker reads.
    var topics: [Topic: String] {
        let names = settings.kafka.topics
        return [
            .ratings: names.ratings, .feedback: names.feedback, .catalog: names.catalog,
            .erasures: names.erasures,
        ]
    }

    var kafka: KafkaConnection { KafkaConnection(settings.kafka) }

    var redis: RedisAddress { RedisAddress(settings.redis.url) }

    var lists: RedisLists.RedisSettings {
        var lists = RedisLists.RedisSettings()
        lists.ttlSeconds = Int32(settings.redis.ttlSeconds)
        lists.timeoutMs = Int32(settings.redis.timeoutMs)
        lists.profiles = settings.redis.profiles
        return lists
    }

    var core: CoreOptions {
        var core = CoreOptions()
        core.rules.bytesMax = settings.events.bytesMax
        core.rules.ratingMin = Double(settings.events.ratingMin)
        core.rules.ratingMax = Double(settings.events.ratingMax)
        core.rules.earliestMs = settings.events.earliestMs
        core.rules.futureMs = Int64(settings.events.futureSeconds) * 1_000
        core.window = WindowRules(
            latenessMs: Int64(settings.window.latenessSeconds) * 1_000,
            dedupeMs: Int64(settings.window.dedupeSeconds) * 1_000,
            entriesMax: settings.window.dedupeEntriesMax)
        core.mergeIdleMs = Int64(settings.merge.maxIdleMs)
        core.laneRecordsMax = settings.merge.laneRecordsMax
        core.model.factors = settings.model.factors
        core.model.seed = UInt64(settings.model.seed)
        core.model.positiveRating = settings.model.positiveRating
        core.model.actions = actions
        core.model.history = settings.model.history
        core.model.neighbours = settings.model.neighbours
        core.model.usersMax = settings.limits.users
        core.model.itemsMax = settings.limits.items
        core.ranking = ranking
        core.fallbackIntervalMs = Int64(settings.lists.fallbackIntervalMs)
        core.writesProfiles = settings.redis.profiles
        core.writesSimilar = settings.redis.similar
        return core
    }

    private var ranking: RankingOptions {
        var ranking = RankingOptions()
        ranking.size = settings.lists.size
        ranking.algorithm = Algorithm(settings.lists.algorithm)
        ranking.diversity = settings.lists.diversity
        ranking.newcomers = settings.lists.newcomers
        ranking.filter.allow = Set(settings.lists.allow.compactMap { Identifier($0) })
        ranking.filter.deny = Set(settings.lists.deny.compactMap { Identifier($0) })
        ranking.filter.allowGenres = Set(settings.lists.allowGenres)
        ranking.filter.denyGenres = Set(settings.lists.denyGenres)
        return ranking
    }

    private var actions: ActionWeights {
        let said = settings.model.actions
        var weights = ActionWeights()
        (weights.like, weights.purchase, weights.play) = (said.like, said.purchase, said.play)
        (weights.click, weights.view, weights.impression) = (said.click, said.view, said.impression)
        (weights.skip, weights.dislike) = (said.skip, said.dislike)
        return weights
    }

    var limits: WorkerLimits {
        var limits = WorkerLimits()
        limits.eventsMax = settings.batch.eventsMax
        limits.checkpointIntervalMs = Int64(settings.state.checkpointSeconds) * 1_000
        limits.checkpointEvents = UInt64(settings.state.checkpointEvents)
        return limits
    }
}

extension Algorithm {
    /// The same in the words of the model.
    init(_ algorithm: ListSettings.Algorithm) {
        self =
            switch algorithm {
            case .hybrid: .hybrid
            case .collaborative: .collaborative
            case .content: .content
            case .neighbours: .neighbours
            case .popular: .popular
            }
    }
}
