import Testing

@testable import Telemetry

@Suite struct PrometheusTextTests {
    @Test func writesCountersAndGauges() {
        var page = PrometheusText()
        page.counter(MetricNames.eventsConsumed, 12, labels: ["ratings.v1"])
        page.counter(MetricNames.eventsConsumed, .max, labels: ["a\"b\\c\nd"])
        page.gauge(MetricNames.prequentialRMSE, 0.8625)
        page.gauge(MetricNames.modelUsers, 610)
        #expect(
            page.text == """
                # HELP freshet_events_consumed_total Records read from Kafka.
                # TYPE freshet_events_consumed_total counter
                freshet_events_consumed_total{topic="ratings.v1"} 12
                freshet_events_consumed_total{topic="a\\"b\\\\c\\nd"} 18446744073709551615
                # HELP freshet_prequential_rmse Root mean squared error of ratings predicted before learning them.
                # TYPE freshet_prequential_rmse gauge
                freshet_prequential_rmse 0.8625
                # HELP freshet_model_users Users that the model knows.
                # TYPE freshet_model_users gauge
                freshet_model_users 610

                """)
    }

    @Test(arguments: [
        (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (-0.5, "-0.5"), (1e300, "1e+300"),
    ])
    func writesNumbersThatJSONCannot(value: Double, expected: String) {
        var page = PrometheusText()
        page.gauge(MetricNames.prequentialRMSE, value)
        #expect(page.text.hasSuffix("\nfreshet_prequential_rmse \(expected)\n"))
    }

    @Test func writesHistogramsInSeconds() {
        var freshnessUs = Histogram()
        for value: UInt64 in [400, 2_400, 2_400, 90_000, 7_000_000] { freshnessUs.record(value) }
        var page = PrometheusText()
        page.histogram(
            MetricNames.freshness, freshnessUs, unitsPerSecond: 1e6, bounds: [0.0005, 0.0025, 0.1, 1, 10])
        #expect(
            page.text.split(separator: "\n").dropFirst(2).joined(separator: "\n") == """
                freshet_freshness_seconds_bucket{le="0.0005"} 1
                freshet_freshness_seconds_bucket{le="0.0025"} 3
                freshet_freshness_seconds_bucket{le="0.1"} 4
                freshet_freshness_seconds_bucket{le="1"} 4
                freshet_freshness_seconds_bucket{le="10"} 5
                freshet_freshness_seconds_bucket{le="+Inf"} 5
                freshet_freshness_seconds_sum 7.0952
                freshet_freshness_seconds_count 5
                """)
    }

    @Test func namesFollowTheRules() {
        let names = MetricNames.all.map(\.name)
        #expect(Set(names).count == names.count)
        for metric in MetricNames.all {
            #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter), "\(metric.name)")
            #expect(metric.kind != .histogram || metric.name.hasSuffix("_seconds"), "\(metric.name)")
            #expect(metric.name.hasPrefix("freshet_") || metric.name.hasPrefix("kafka_consumergroup_"))
            #expect(!metric.labels.contains { $0.contains("user") || $0.contains("item") || $0 == "le" })
            #expect(metric.help.hasSuffix("."))
        }
    }

    @Test func aCounterCountsFromEveryThread() async {
        let counter = Counter()
        await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { for _ in 0..<1000 { counter.add() } } }
        }
        counter.add(2)
        #expect(counter.value == 8002)
    }
}
