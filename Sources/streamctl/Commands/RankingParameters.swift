import Settings

/// Options that say how lists are made, in the place of the settings.
enum RankingParameters {
    static let algorithm = Parameter<String?>.option(
        "algorithm", "NAME", as: .algorithm,
        "Make lists by hybrid, collaborative, content, neighbours or popular.")
    static let diversity = Parameter<String?>.option(
        "diversity", "S", as: .text("a number from 0 to 1"),
        "Avoid items that are alike: 0 not at all, 0.3 is seen, up to 1.")

    static func overrides(_ arguments: Arguments) -> [SettingsFile.Override] {
        [
            .init(option: "--algorithm", key: "lists.algorithm", value: arguments[algorithm]),
            .init(option: "--diversity", key: "lists.diversity", value: arguments[diversity]),
        ]
    }
}

extension Reading<String> {
    /// One of the ways to make a list.
    fileprivate static var algorithm: Self {
        let names = ListSettings.Algorithm.allCases.map(\.rawValue)
        return Self(expects: "one of \(names.joined(separator: ", "))") { names.contains($0) ? $0 : nil }
    }
}
