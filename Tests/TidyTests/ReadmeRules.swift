/// What a newcomer must find.
enum ReadmeRules {
    static func findings(in text: String) -> [Finding] {
        ["make demo", "make test"].filter { !text.contains($0) }.map {
            Finding(
                path: "README.md", problem: "'\($0)' is not shown",
                mend: "Show both commands: each does all its own set-up")
        }
    }
}
