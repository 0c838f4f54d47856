import Settings
import Testing

struct ExplainTests {
    @Test func explainsEveryKey() {
        let wanted = """
            KEY                         DEFAULT                 UNIT     RANGE
            kafka.brokers               localhost:9092                   host:port,…
                Where to find the cluster: one broker that answers is enough, two survive its absence.
            kafka.group                 freshet                          1…255 bytes
                Workers of one group share the partitions; another group reads everything anew.
            kafka.topics.ratings        ratings.v1                       Kafka topic name
                Ratings, keyed by user.
            kafka.topics.feedback       feedback.v1                      Kafka topic name
                Clicks, plays, skips and such, keyed by user.
            kafka.topics.catalog        catalog.v1                       Kafka topic name
                What the items are; compacted, keyed by item.
            kafka.topics.erasures       erasures.v1                      Kafka topic name
                Users to be forgotten, keyed by user.
            kafka.topics.dead_letters   dead-letters.v1                  Kafka topic name
                Where refused events go, byte for byte, with the reason.
            kafka.properties            {}                               native names
                Settings of librdkafka by their own names, such as security.protocol or sasl.password.
            redis.url                   redis://localhost:6379           redis://… or unix:///…
                Where the lists are written: redis://[user[:password]@]host[:port][/database] or a socket.
            redis.ttl_seconds           604_800                 seconds  60…31_536_000
                Lists of users who stay away vanish after this; a week covers weekly visitors.
            redis.timeout_ms            2000                    ms       10…600_000
                Longest wait to connect and for answers; after it Redis counts as down, and learning goes on.
            redis.profiles              true                             true, false
                Write each user's features to a hash for other services; false saves one write per user.
            redis.similar               true                             true, false
                Write each item's neighbours; false saves memory in Redis where nobody reads them.
            window.lateness_seconds     600                     seconds  0…2_592_000
                Events further behind the newest of their partition count as late and are not learned.
            window.dedupe_seconds       600                     seconds  0…2_592_000
                How long an event id is remembered; at least the lateness, else duplicates slip through.
            window.dedupe_entries_max   4_000_000               ids      1000…100_000_000
                Bound of the remembered ids; memory is about 32 to 80 bytes each.
            events.bytes_max            1_048_576               bytes    1024…67_108_864
                Larger values go to the dead letters unread; a rating takes about 120.
            events.rating_min           0                       stars    -1_000_000…1_000_000
                Ratings below go to the dead letters: a typing error must not bend the model.
            events.rating_max           10                      stars    -1_000_000…1_000_000
                Ratings above go to the dead letters.
            events.earliest             1990-01-01T00:00:00Z    UTC      1970-01-01…9999-12-31
                Events before this moment are refused: most are clocks that were never set.
            events.future_seconds       3600                    seconds  0…31_536_000
                How far an event may lie after its record's arrival; one far ahead would make all others late.
            merge.max_idle_ms           5000                    ms       0…60_000
                How long a silent partition may hold up the merge by event time: order against freshness.
            merge.lane_records_max      8192                    records  16…1_048_576
                Bound of one partition's buffer; at it fetching pauses, so memory stays flat.
            batch.events_max            4096                    events   1…65_536
                Most events of one turn: larger is faster under load, smaller is fresher.
            batch.poll_ms               50                      ms       1…10_000
                Longest wait for the first event of a turn, and so for a stop to be noticed.
            model.factors               64                      numbers  8…512, multiple of 8
                Length of a vector: more catches finer taste, and costs time and 4 bytes per user and item each.
            model.seed                  42                               0…4_294_967_295
                Feeds every random choice: the same log and seed give the same model, bit for bit.
            model.positive_rating       4                       stars    -1_000_000…1_000_000
                From here on a rating says 'more like this'; on a scale up to 10 try 7.
            model.actions.like          1                                -1…1
                What a like says of an item: 1 is 'more of this', -1 'less of this'.
            model.actions.purchase      1                                -1…1
                What a purchase says; lower it where people buy for others.
            model.actions.play          1                                -1…1
                What a play says; lower it where things play by themselves.
            model.actions.click         1                                -1…1
                What a click says; lower it where clicks are cheap.
            model.actions.view          0.5                              -1…1
                What a view says: that the item was looked at, and no more.
            model.actions.impression    -0.02                            -1…0
                What an offer that nobody took says: a little against the item. It stays on offer.
            model.actions.skip          -0.3                             -1…1
                What a skip says against an item.
            model.actions.dislike       -1                               -1…1
                What a dislike says against an item; it also keeps the item from lists.
            model.history               50                      items    1…10_000
                The latest items of a user that speak for the next; older ones carry little signal.
            model.neighbours            256                     items    4…4096
                Neighbours kept per item: more remembers rarer pairs, at 8 to 16 bytes each.
            limits.users                10_000_000              users    1…100_000_000
                Users in memory: of more, the coldest wait in state.folder and come back with their next event.
            limits.items                1_000_000               items    1…10_000_000
                Items in memory and on lists: of more, those wanted least wait in state.folder in the same way.
            lists.size                  20                      items    1…200
                Entries of a list: a page and a half; longer lists cost Redis memory and writing time.
            lists.algorithm             hybrid                           hybrid, collaborative, content, neighbours, popular
                What makes the lists: all that was learned together, or one part of it alone.
            lists.diversity             0                                0…1
                How much a list avoids items that are alike: 0 not at all; 0.3 is seen, and costs hits.
            lists.newcomers             1                       items    0…20
                Last places of a list, one in ten at most, that are for new items of a kind the user likes.
            lists.allow                 []                               list of item ids
                If there are any, no other items are ever listed.
            lists.deny                  []                               list of item ids
                Items that are never listed, even if they are allowed.
            lists.allow_genres          []                               list of genres
                If there are any, only items of one of these genres are listed, in upper or lower case.
            lists.deny_genres           []                               list of genres
                Items of any of these genres are never listed.
            lists.fallback_interval_ms  1000                    ms       100…3_600_000
                How often the popular, trending and genre lists are looked at again.
            log.level                   info                             debug, info, warning, error
                The least that is logged; debug says a line for every batch.
            log.format                  text                             text, json
                text for people, json (one object a line) for log collectors.
            log.metrics_file            none                             a path, none
                Metrics in the text format of Prometheus, anew every few seconds; for node_exporter name it *.prom.
            state.folder                state                            a path
                Where state is kept, from where the program starts; must be writable and on a local disk.
            state.checkpoint_seconds    5                       s        1…3600
                Time between two checkpoints; after a crash at most this much is learned again.
            state.checkpoint_events     1_000_000               events   1000…1_000_000_000
                A checkpoint also begins after so many events, to bound what is learned again.
            """
        #expect(Settings.explain() == wanted + "\n")
    }

    @Test func showsValuesAndWhereTheyComeFrom() {
        let loaded = Settings.load(
            yaml: """
                kafka:
                  brokers: ${KAFKA:localhost:9092}
                  properties:
                    security.protocol: SASL_SSL
                    sasl.password: hunter2
                redis:
                  url: redis://me:${PASSWORD}@cache/1
                events:
                  rating_min: 0.5
                """, source: "a.yaml", overrides: ["lists.size=50", "kafka.properties.ssl.key.pem=hunter2"],
            environment: ["PASSWORD": "hunter2"])
        #expect(loaded.findings.isEmpty)
        #expect(loaded.settings.redis.url.password == "hunter2")
        #expect(loaded.settings.kafka.properties["sasl.password"] == "hunter2")
        let wanted = """
            KEY                                 VALUE                         FROM                DEFAULT
            kafka.brokers                       localhost:9092                a.yaml:2            localhost:9092
            kafka.properties.sasl.password      ****                          a.yaml:5
            kafka.properties.security.protocol  SASL_SSL                      a.yaml:4
            kafka.properties.ssl.key.pem        ****                          --set
            redis.url                           redis://me:****@cache:6379/1  PASSWORD, a.yaml:7  redis://localhost:6379
            events.rating_min                   0.5                           a.yaml:9            0
            lists.size                          50                            --set               20
            """
        let changed = loaded.explain().split(separator: "\n").filter { !$0.contains("  default  ") }
        #expect(changed.joined(separator: "\n") == wanted)
        #expect(loaded.explain().split(separator: "\n").count == Settings.keys.count + 3)
    }

    /// However settings are printed, no secret shows.
    @Test func masksSecretsEverywhere() {
        let loaded = Settings.load(
            yaml: "", source: "",
            overrides: [
                "redis.url=redis://:hunter2@a", "kafka.properties.sasl.password=hunter2",
                "kafka.properties.ssl.key.password=hunter2", "kafka.properties.ssl.keystore.password=hunter2",
                "kafka.properties.sasl.oauthbearer.client.secret=hunter2",
                "kafka.properties.sasl.oauthbearer.config=hunter2", "kafka.properties.ssl.key.pem=hunter2",
            ])
        #expect(loaded.findings.isEmpty)
        for print in [
            loaded.explain(), "\(loaded)", "\(loaded.settings)", String(reflecting: loaded.settings),
            "\(loaded.settings.redis.url)", loaded.settings.kafka.properties.description,
        ] {
            #expect(!print.contains("hunter2"))
            #expect(print.contains("****"))
        }
    }
}
