import Testing

@testable import streamctl

/// What every declared command promises.
@Suite struct CommandTests {
    @Test func theProgramHasTheseCommands() {
        let names = everyPath().dropFirst().map { $0.dropFirst().map(\.name).joined(separator: " ") }
        #expect(
            names == [
                "demo", "run", "replay", "bootstrap", "catalog", "catalog import", "evaluate", "recommend",
                "topics", "topics plan", "topics apply", "dlq", "dlq list", "dlq show", "dlq replay", "user",
                "user forget", "state", "state inspect", "state verify", "state backup", "state restore",
                "lint", "config", "doctor", "bench", "loadtest",
            ])
    }

    @Test func summariesAreOneLineWithoutAFullStop() {
        for command in everyPath().compactMap(\.last) {
            #expect(
                !command.summary.isEmpty && !command.summary.hasSuffix(".") && command.summary.count <= 68)
        }
    }

    @Test func everyParameterHasItsOwnNameAndASentence() {
        for path in everyPath() {
            let forms = path[path.count - 1].parameters.map(\.form)
            #expect(Set(forms.map(\.name)).count == forms.count)
            #expect(Set(forms.compactMap(\.short)).count == forms.compactMap(\.short).count)
            for form in forms {
                #expect(form.help.hasSuffix("."), "\(form.name)")
                #expect(form.short != "h" && form.name != "help", "these words ask for help")
            }
        }
    }

    @Test func onlyTheLastOperandMayBeLeftOutOrRepeated() {
        for path in everyPath() {
            #expect(path[path.count - 1].operands.dropLast().allSatisfy { $0.occurs == 1...1 })
        }
    }

    @Test func everyDefaultCanBeReadByItsOwnReading() throws {
        for path in everyPath() {
            for parameter in path[path.count - 1].parameters where parameter.form.defaultText != nil {
                _ = try parameter.value(of: [])
            }
        }
    }

    @Test func everyExampleIsUnderstood() throws {
        for path in everyPath() where path[path.count - 1].subcommands.isEmpty {
            let command = path[path.count - 1]
            #expect(!command.examples.isEmpty, "\(command.name) has no example")
            for example in command.examples {
                let call = try #require(example.line.split(separator: "|").last)
                let words = call.split(separator: " ").map(String.init)
                #expect(words.first == "streamctl")
                guard case .run(let found, _) = try request(Array(words.dropFirst())) else {
                    Issue.record("'\(example.line)' runs nothing")
                    continue
                }
                #expect(found.name == command.name)
            }
        }
    }
}
