extension Scenario {
    /// `users`: who acts, and how often.
    package struct Users: Equatable, Sendable {
        package var count = 100_000
        package var activitySigma: Float = 1
        package var openSessions = 10_000
        package var sessionEvents = 12
        package var turnoverPercent: Float = 0
        package var hotPercent: Float = 0
    }

    /// `items`: what is acted on.
    package struct Items: Equatable, Sendable {
        package var count = 10_000
        package var zipf: Float = 0.9
        package var hotPercent: Float = 0
    }

    /// `tastes`: what a model can learn.
    package struct Tastes: Equatable, Sendable {
        package var dimensions = 6
        package var choices = 4
        package var noise: Float = 0.5
    }
}

extension Scenario.Users {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "users.count", \.users.count, WholeNumber(1...10_000_000), unit: "users",
            "Users that may act; the generator keeps some 60 bytes of each."),
        KeyRow(
            "users.activity_sigma", \.users.activitySigma, DecimalNumber(0...4),
            "Spread of the log-normal activity: 0 is all alike, 1 a few that do much."),
        KeyRow(
            "users.open_sessions", \.users.openSessions, WholeNumber(1...1_000_000), unit: "sessions",
            "Sittings that go on at the same time; a session's next event is any of theirs."),
        KeyRow(
            "users.session_events", \.users.sessionEvents, WholeNumber(1...10_000), unit: "events",
            "Mean length of a session, geometrically distributed."),
        KeyRow(
            "users.turnover_percent", \.users.turnoverPercent, DecimalNumber(0...100), unit: "%",
            "Sessions after which a user never comes again, and somebody new comes instead."),
        KeyRow(
            "users.hot_percent", \.users.hotPercent, DecimalNumber(0...100), unit: "%",
            "Share of the events that one single user has."),
    ]
}

extension Scenario.Items {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "items.count", \.items.count, WholeNumber(1...1_000_000), unit: "items",
            "Items that may be acted on; every list is chosen from all of them."),
        KeyRow(
            "items.zipf", \.items.zipf, DecimalNumber(0...4),
            "Exponent of Zipf's law: 0 is all alike, 1 the usual few that everybody knows."),
        KeyRow(
            "items.hot_percent", \.items.hotPercent, DecimalNumber(0...100), unit: "%",
            "Share of the events that one single item has."),
    ]
}

extension Scenario.Tastes {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "tastes.dimensions", \.tastes.dimensions, WholeNumber(1...32), unit: "numbers",
            "Latent factors of users and items, from which ratings and choices follow."),
        KeyRow(
            "tastes.choices", \.tastes.choices, WholeNumber(1...64), unit: "items",
            "Items that a user looks at before taking one by taste; 1 is no taste at all."),
        KeyRow(
            "tastes.noise", \.tastes.noise, DecimalNumber(0...10), unit: "stars",
            "Standard deviation of what no model can know of a rating."),
    ]
}
