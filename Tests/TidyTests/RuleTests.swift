import Testing

/// The rules catch what they are for, and nothing else.
@Suite struct RuleTests {
    @Test(arguments: [
        ("Sources/Events/A.swift", "import Foundation", "Events is pure and imports Foundation"),
        ("Sources/Model/A.swift", "package import Dispatch", "Model is pure and imports Dispatch"),
        ("Sources/Events/A.swift", "import Model", "Events may not import Model"),
        ("Sources/Model/A.swift", "import CRdkafka", "Model may not import CRdkafka"),
        ("Sources/streamctl/A.swift", "import CHiredis", "streamctl may not import CHiredis"),
        ("Sources/streamctl/A.swift", "import Simulation", "streamctl may not import Simulation"),
        ("Sources/Telemetry/A.swift", "import Events", "Telemetry may not import Events"),
        ("Sources/KafkaLog/A.swift", "import struct Model.Factors", "KafkaLog may not import Model"),
        (
            "Sources/RedisLists/A.swift", "@preconcurrency import KafkaLog",
            "RedisLists may not import KafkaLog"
        ),
        ("Tests/EventsTests/A.swift", "@testable import Pipeline", "EventsTests may not import Pipeline"),
        ("Tests/KafkaLogTests/A.swift", "import CRdkafka", "KafkaLogTests may not import CRdkafka"),
        ("Sources/Attic/A.swift", "import Events", "the target Attic has no place in the design"),
    ])
    func aWrongImportIsCaught(path: String, line: String, problem: String) {
        let findings = ImportRules.findings(in: SourceFile(path: path, text: "// A file.\n\(line)\n"))
        #expect(findings.map(\.problem) == [problem])
        #expect(findings.allSatisfy { !$0.mend.isEmpty })
    }

    @Test(arguments: [
        ("Sources/Events/A.swift", "import CSimdjson"), ("Sources/Model/A.swift", "import Glibc"),
        ("Sources/Pipeline/A.swift", "package import Events"),
        ("Sources/KafkaLog/A.swift", "import Foundation"),
        ("Tests/PipelineTests/A.swift", "@testable import Windowing"),
        ("Tests/StreamctlTests/A.swift", "import Telemetry"),
        ("Sources/Events/A.swift", "// import Foundation"),
        ("Sources/Events/A.swift", "let word = \"import Foundation\""),
        ("Sources/Events/A.swift", "let important = 1"),
        ("Sources/Events/A.swift", "/* import\nimport Model */"),
    ])
    func aRightImportIsLeftAlone(path: String, line: String) {
        #expect(ImportRules.findings(in: SourceFile(path: path, text: line)).isEmpty)
    }

    @Test func everyCModuleHasOneOwner() {
        for module in Rooms.c {
            #expect(Rooms.arrows.values.count { $0.contains(module) } == 1, "\(module)")
        }
        #expect(Rooms.c.allSatisfy { $0.hasPrefix("C") } && Rooms.c.count >= 8)
    }

    @Test func theArrowsFormNoCircle() {
        func depth(_ room: String, _ left: Int) -> Bool {
            left > 0 && (Rooms.arrows[room] ?? []).allSatisfy { depth($0, left - 1) }
        }
        #expect(Rooms.arrows.keys.allSatisfy { depth($0, Rooms.arrows.count) })
    }

    @Test func aWideManifestIsCaught() {
        let manifest = #"""
            room("Events", ["CSimdjson", "Model"]),
            room("Telemetry"),
            room("Attic", ["Events"]),
            """#
        #expect(
            ImportRules.findings(inManifest: manifest).map(\.problem) == [
                "Events may not depend on Model", "the target Attic has no place in the design",
            ])
    }

    @Test(arguments: [
        ("Sources/Model/A.swift", "let now = Date()"),
        ("Sources/Model/A.swift", "var clock: ContinuousClock"),
        ("Sources/Pipeline/A.swift", "var dice = SystemRandomNumberGenerator()"),
        ("Sources/Ranking/A.swift", "let x = Int.random(in: 0..<9)"),
        ("Sources/Model/A.swift", "rows.shuffled()"),
        ("Sources/Model/A.swift", "sum.addProduct(a, b)"), ("Sources/Events/A.swift", "Foundation.exit(0)"),
        ("Sources/KafkaLog/A.swift", "fatalError(\"no\")"), ("Sources/KafkaLog/A.swift", "let x = try! y()"),
        ("Tests/EventsTests/A.swift", "usleep(10)"),
        ("Tests/EventsTests/A.swift", "try await Task.sleep(for: .seconds(1))"),
        ("Sources/Events/A.swift", "// TODO: later"), ("Sources/Events/A.swift", "/* a\n FIXME */"),
        ("Sources/KafkaLog/A.swift", "final class Box: @unchecked Sendable {}"),
        ("Sources/CKernels/a.c", "/* TODO */"),
    ])
    func aBannedWordIsCaughtOnce(path: String, text: String) {
        let findings = BanRules.findings(in: SourceFile(path: path, text: text))
        #expect(findings.count == 1, "\(findings)")
        #expect(findings.allSatisfy { !$0.mend.isEmpty && $0.line != nil })
    }

    @Test(arguments: [
        ("Sources/KafkaLog/A.swift", "let now = Date()"),
        ("Sources/Model/A.swift", "/// Unlike Date(), this is pure."),
        ("Sources/Model/A.swift", "let word = \"Date(\""), ("Sources/Model/A.swift", "let x = eventDate(42)"),
        ("Sources/Model/A.swift", "let x = runtime(nil)"), ("Tests/EventsTests/A.swift", "let oversleep(3)"),
        ("Sources/KafkaLog/A.swift", "/// Owned by one thread.\nfinal class Box: @unchecked Sendable {}"),
        ("Sources/Model/A.swift", "let text = #\"\"\"\n  a \"\"\" Date() \\(x)\n\"\"\"#"),
        ("Sources/Model/A.swift", "let text = \"a \\(f(\"b\", g(\")\"))) fatalError(\" // Date("),
    ])
    func aGoodWordIsLeftAlone(path: String, text: String) {
        let findings = BanRules.findings(in: SourceFile(path: path, text: text))
        #expect(findings.isEmpty, "\(findings)")
    }

    @Test func linesKeepTheirNumbers() {
        let text = "/* one\ntwo */ let a = \"\"\"\n three \\(\n 4)\n\"\"\"\nlet b = Date()\n"
        let findings = BanRules.findings(in: SourceFile(path: "Sources/Model/A.swift", text: text))
        #expect(findings.map(\.line) == [6])
        #expect(
            findings.first?.description.hasPrefix(
                "Sources/Model/A.swift:6: 'Date(' does not belong here. Take") == true)
    }

    @Test(arguments: [
        ("Sources/Events/Event.swift", "package struct Event {}", true),
        ("Sources/Events/Event+JSON.swift", "extension Event {}", true),
        ("Sources/Events/Other.swift", "package struct Event {\n    struct Other {}\n}", false),
        ("Sources/Events/Event+JSON.swift", "extension Lane {}", false),
        ("Sources/Events/escape.swift", "package func escape() {}", true),
        ("Sources/Events/Main.swift", "private struct Box {}\npackage func main() {}", true),
        ("Sources/Events/main.swift", "print(1)", true),
        ("Sources/Events/Two Words.swift", "", false),
        ("Sources/Events/Event.swift", "@frozen\npackage enum Event: ~Copyable, Sendable {", true),
        ("Sources/Events/Kind.swift", "extension Event.Kind {}", true),
        ("Tests/EventsTests/Anything.swift", "struct Other {}", true),
        ("Sources/Events/Event.swift", "struct Event {}" + String(repeating: "\n", count: 400), true),
        ("Sources/Events/Event.swift", "struct Event {}" + String(repeating: "\n", count: 401), false),
    ])
    func filesAreCalledAfterTheirTypesAndShort(path: String, text: String, isRight: Bool) {
        #expect(ShapeRules.findings(in: SourceFile(path: path, text: text)).isEmpty == isRight)
    }

    @Test func aVagueTargetIsCaught() {
        #expect(ShapeRules.findings(inTargets: ["Events", "Utilities", "Utils"]).count == 2)
    }

    @Test func aReadmeWithoutTheCommandsIsCaught() {
        #expect(ReadmeRules.findings(in: "Run `make demo`.").map(\.problem) == ["'make test' is not shown"])
        #expect(ReadmeRules.findings(in: "make demo, make test").isEmpty)
    }
}
