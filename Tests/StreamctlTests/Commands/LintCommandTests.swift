import Foundation
import Settings
import Testing

@testable import streamctl

@Suite struct LintCommandTests {
    @Test func whatTheProjectShipsIsSound() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
            .standardized
        let heard = try lint("\(root.path)/config/freshet.yaml \(root.path)/topics")
        #expect(heard.code == .done, "\(heard.output)")
        #expect(heard.output.hasSuffix("files checked: all well\n"))
    }

    @Test func reportsEverythingAtOnceWithLines() throws {
        let scratch = try Scratch()
        let settings = try scratch.write(
            "s.yaml",
            """
            window:
              latenes_seconds: 5
            kafka:
              properties:
                linger.ms: soon
                queud.min.messages: 10
                ssl.key.pem: hunter2
            """)
        let page = try scratch.write(
            "README.md", "# Freshet\n\n```yaml freshet\nlists:\n  size: 0\n```\n\n```yaml\nother: true\n```\n"
        )
        let heard = try lint("\(settings) \(page)")
        #expect(heard.code == .badConfiguration)
        let lines = heard.output.split(separator: "\n")
        #expect(
            lines[0].hasPrefix(
                "\(settings):2: error: window.latenes_seconds is not a known key. Did you mean"))
        #expect(heard.output.contains("\(settings):5: error: kafka.properties.linger.ms cannot be 'soon'"))
        #expect(heard.output.contains("\(settings):6: error: kafka.properties.queud.min.messages is not"))
        #expect(heard.output.contains("\(page):5: error: lists.size is "))
        #expect(!heard.output.contains("hunter2"))
        #expect(lines.last == "2 files checked: 4 errors, 0 warnings", "\(heard.output)")
    }

    @Test func checksTopicFilesOneByOneAndTogether() throws {
        let scratch = try Scratch()
        let folder = "\(scratch.path)/topics"
        try scratch.write(
            "topics/a.yaml", "name: a.v1\nkey: user_id\npartitions: 6\nschema: schemas/a.json\n")
        try scratch.write("topics/schemas/a.json", "{}")
        try scratch.write(
            "topics/b.yaml", "name: b.v1\nkey: user_id\npartition: 6\npartitions: 4\nschema: schemas/b.json\n"
        )
        try scratch.write("topics/c.yml", "name: a.v1\nkey: color\npartitions: 0\nconfigs: [1]\n")
        try scratch.write("topics/d.yaml", "name: a.v1\nkey: item_id\npartitions: 1\nschema: d.txt\n")
        try scratch.write("topics/d.txt", "not json")
        try scratch.write("topics/notes.txt", "name: ???")
        let heard = try lint(folder)
        #expect(heard.code == .badConfiguration)
        for line in [
            "\(folder)/b.yaml:3: error: partition is not a known key. Did you mean partitions?",
            "\(folder)/b.yaml:5: error: schema names \(folder)/schemas/b.json, which does not exist. Check the path.",
            "\(folder)/b.yaml:4: error: partitions is 4, but a.v1 has 6, and both are keyed by user. Give them the "
                + "same number, so that a user's events meet in one task.",
            "\(folder)/c.yml:2: error: key is not what it should be. Write user_id, item_id, any.",
            "\(folder)/c.yml:3: error: partitions is not what it should be. Write a whole number from 1 to 10000.",
            "\(folder)/c.yml:4: error: configs is a list, not a group of keys. Put Kafka's topic configs below it.",
            "\(folder)/d.yaml:4: error: schema names \(folder)/d.txt, which is not a JSON object. Mend that file.",
            "\(folder)/d.yaml:1: error: name is that of \(folder)/a.yaml. Give each topic one file.",
        ] {
            #expect(heard.output.contains("\(line)\n"), "\(line)\n\(heard.output)")
        }
        #expect(heard.output.hasSuffix("4 files checked: 8 errors, 0 warnings\n"))
    }

    @Test(arguments: [
        ("", "The file is empty. Write name, key and partitions."),
        ("- a\n", ":1: error: The file is a list, not a group of keys. Write name, key and partitions."),
        ("name: a\nname: b\n", "name"),
        ("key: user_id\n", ":1: error: name is missing. Write a Kafka topic name."),
        ("name: a b\nkey: any\npartitions: 1\n", ":1: error: name is not what it should be."),
        ("name: a\nkey: any\npartitions: 1\nreplication_factor: x\n", ":4: error: replication_factor"),
        (
            "name: a\nkey: any\npartitions: 1\nconfigs: {retentoin.ms: 1}\n",
            ":4: warning: configs.retentoin.ms is not a topic config that we know. A newer Kafka may know it; an "
                + "older one refuses it. Did you mean retention.ms?"
        ),
        (
            "name: a\nkey: any\npartitions: 1\nconfigs: {a: [1]}\n",
            ":4: error: configs.a is a list. Write one value."
        ),
    ])
    func refusesOddTopicFiles(yaml: String, message: String) throws {
        let file = TopicFile(path: "t.yaml", document: .init(parsing: yaml, source: "t.yaml"))
        #expect(
            file.findings.map(\.description).joined(separator: "\n").contains(message), "\(file.findings)")
    }

    @Test func whatCannotBeReadIsNamedAndTheRestIsChecked() throws {
        let scratch = try Scratch()
        let settings = try scratch.write("s.yaml", "lists:\n  size: 5\n")
        try FileManager.default.createDirectory(
            atPath: "\(scratch.path)/empty", withIntermediateDirectories: true)
        let heard = try lint("\(scratch.path)/missing \(scratch.path)/empty \(settings)")
        #expect(heard.code == .failed)
        #expect(heard.output == "1 file checked: all well\n")
        #expect(
            heard.diagnostics == """
                error: '\(scratch.path)/missing' does not exist. Check the path.
                error: '\(scratch.path)/empty' holds no .yaml file. Name a folder of topic files.

                """)
    }

    @Test func aProgramReadsTheSame() throws {
        let scratch = try Scratch()
        let settings = try scratch.write("s.yaml", "lists:\n  sise: 5\n")
        let heard = try lint("--json \(settings)")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
        #expect(json["errors"] as? Int == 1)
        let finding = try #require((json["findings"] as? [[String: Any]])?.first)
        #expect(finding["line"] as? Int == 2)
        #expect(finding["path"] as? String == "lists.sise")
        #expect(finding["mend"] as? String == "Did you mean lists.size?")
    }

    @Test func variablesAreTakenFromTheEnvironment() throws {
        let scratch = try Scratch()
        let settings = try scratch.write("s.yaml", "lists:\n  size: ${SIZE}\n")
        #expect(try lint(settings, environment: ["SIZE": "7"]).code == .done)
        #expect(try lint(settings, environment: ["SIZE": "many"]).code == .badConfiguration)
        #expect(try lint(settings).output.contains("needs the environment variable SIZE"))
    }

    private func lint(_ line: String, environment: [String: String] = [:]) throws -> Heard {
        try hear("lint \(line)") { (arguments, console) throws(CommandFailure) in
            try LintCommand.run(arguments, console: console, environment: environment)
        }
    }
}
