/// `streamctl lint`: everything that is wrong with the settings, at once, without a server.
enum LintCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 0, as: .path,
        """
        Settings files, topic folders, or Markdown files with YAML blocks. Without any: config/freshet.yaml, \
        topics and README.md.
        """)

    static let command = Command(
        name: "lint",
        summary: "Check settings, topic files and YAML examples without a server",
        discussion: ["Reports every mistake at once: where it is, what is wrong and what to write instead."],
        parameters: [files, CommonParameters.json],
        examples: [
            .init(purpose: "Check everything in the project", line: "streamctl lint"),
            .init(purpose: "Check one file", line: "streamctl lint config/production.yaml"),
        ],
        failsWhen: "a file could not be read")
}
