/// `streamctl config`: the settings as the program sees them.
enum ConfigCommand {
    static let explain = Parameter<Bool>.flag(
        "explain",
        "Say of each key what it does, its unit, range and default, and where its value comes from.")

    static let command = Command(
        name: "config",
        summary: "Show the settings that hold, and explain every key",
        discussion: ["Passwords are never shown."],
        parameters: [explain, CommonParameters.config, CommonParameters.set],
        examples: [
            .init(purpose: "Learn what can be set", line: "streamctl config --explain"),
            .init(
                purpose: "See what holds after an override",
                line: "streamctl config -c config/freshet.yaml --set lists.size=50"),
        ])
}
