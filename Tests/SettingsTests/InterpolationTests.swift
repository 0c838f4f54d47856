import Settings
import Testing

struct InterpolationTests {
    private func group(_ scalar: String) -> LoadedSettings {
        Settings.load(
            yaml: "kafka: {group: \"\(scalar)\"}", source: "a.yaml",
            environment: ["NAME": "eu", "_N2": "two", "EMPTY": "", "LOOP": "${NAME}"])
    }

    @Test(arguments: [
        ("plain", "plain"), ("${NAME}", "eu"), ("a-${NAME}-${_N2}", "a-eu-two"), ("${GONE:x:y/z}", "x:y/z"),
        ("${NAME:x}", "eu"), ("a${GONE:}b", "ab"), ("a${EMPTY}b", "ab"), ("a${EMPTY:x}b", "ab"), ("$$", "$"),
        ("$${NAME}", "${NAME}"), ("$$$${NAME}", "$${NAME}"), ("$$${NAME}", "$eu"), ("a$b$", "a$b$"),
        ("$NAME", "$NAME"), ("${LOOP}", "${NAME}"), ("${GONE:-5}", "-5"), ("${NAME}}", "eu}"),
        ("${GONE:{x}", "{x"),
    ])
    func replaces(scalar: String, text: String) {
        #expect(group(scalar).findings.isEmpty)
        #expect(group(scalar).settings.kafka.group == text)
    }

    @Test(arguments: [
        (
            "${GONE}",
            "needs the environment variable GONE, which is not set. Set GONE, or write ${GONE:default}."
        ),
        ("${NAME", "has a '${' without its '}'. Close it, or write '$$' for a dollar sign."),
        (
            "${}",
            "has '${}', which does not name a variable. Write ${NAME} or ${NAME:default}, or '$$' for a dollar sign."
        ),
        (
            "${2X:y}",
            "has '${2X}', which does not name a variable. Write ${NAME} or ${NAME:default}, or '$$' for a dollar sign."
        ),
        (
            "${A B}",
            "has '${A B}', which does not name a variable. Write ${NAME} or ${NAME:default}, or '$$' for a dollar sign."
        ),
        (
            "${GONE:${NAME}}", "has a variable within the default of ${GONE}. Give ${GONE:…} a plain default."
        ),
        (
            "${GONE:-x}",
            "has a default for ${GONE} that begins with '-', as in a shell. Write ${GONE:default}, without the minus."
        ),
    ])
    func refuses(scalar: String, message: String) {
        #expect(group(scalar).findings.map(\.description) == ["a.yaml:1: error: kafka.group \(message)"])
        #expect(group(scalar).settings.kafka.group == "freshet")
    }

    @Test func typesWhatComesFromTheEnvironment() {
        let yaml = "lists:\n  size: ${SIZE:20}\nredis:\n  profiles: \"${PROFILES}\"\n"
        let good = Settings.load(yaml: yaml, source: "a", environment: ["SIZE": "5", "PROFILES": "false"])
        #expect(good.findings.isEmpty)
        #expect(good.settings.lists.size == 5)
        #expect(!good.settings.redis.profiles)
        #expect(good.origins["lists.size"] == .environment(["SIZE"], line: 2))
        let bad = Settings.load(yaml: yaml, source: "a", environment: ["SIZE": "five", "PROFILES": ""])
        #expect(bad.findings.map(\.line) == [2, 4])
        #expect(bad.settings == Settings())
    }
}
