import Testing

/// The rules of the house, held against every file of the tree.
@Suite struct TidyTests {
    private let tree = SourceTree.project
    private static let files = Result { try SourceTree.project.sourceFiles() }

    @Test func importsFollowTheArrows() throws {
        expectNone(try Self.files.get().flatMap(ImportRules.findings(in:)))
        expectNone(ImportRules.findings(inManifest: try tree.text(of: "Package.swift")))
    }

    @Test func noBannedWordStands() throws {
        expectNone(try Self.files.get().flatMap(BanRules.findings(in:)))
    }

    @Test func filesAreShortAndCalledAfterTheirTypes() throws {
        expectNone(try Self.files.get().flatMap(ShapeRules.findings(in:)))
        expectNone(ShapeRules.findings(inTargets: try tree.folders(in: "Sources")))
    }

    @Test func theReadmeShowsBothCommands() {
        // Without the file both commands are missing.
        expectNone(ReadmeRules.findings(in: (try? tree.text(of: "README.md")) ?? ""))
    }

    private func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
        for finding in findings { Issue.record("\(finding)", sourceLocation: sourceLocation) }
    }
}
