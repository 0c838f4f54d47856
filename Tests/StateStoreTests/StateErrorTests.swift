import Pipeline
import Testing

@testable import StateStore

@Suite struct StateErrorTests {
    /// Codes of SQLite's, with what the operating system said.
    @Test(arguments: [
        (Int32(5), Int32(0), StateError.Kind.busy), (6, 0, .busy), (261, 0, .busy), (13, 0, .full),
        (778, 28, .full), (778, 122, .full), (778, 27, .full), (4_874, 28, .full),
        (778, 5, .diskFailed(reason: "Input/output error")),
        (522, 0, .damaged(reason: "it ends too early")), (8, 0, .readOnly), (1_032, 0, .readOnly),
        (11, 0, .damaged(reason: "in SQLite's words")), (26, 0, .foreign), (7, 0, .outOfMemory),
        (14, 13, .unreachable(reason: "Permission denied")), (1, 0, .failed(reason: "in SQLite's words")),
    ])
    func everyCodeHasAMeaning(code: Int32, errno: Int32, kind: StateError.Kind) {
        #expect(StateError.kind(of: code, message: "in SQLite's words", errno: errno) == kind)
    }

    @Test func onlyWhatPassesByItselfIsTriedAgain() {
        let kinds: [StateError.Kind] = [
            .missing, .noBackup, .unreachable(reason: ""), .readOnly, .owned(pid: nil), .full,
            .diskFailed(reason: ""), .foreign, .damaged(reason: ""), .newer(version: 2, known: 1),
            .older(version: 1, known: 2), .learnedOtherwise(was: "", now: ""), .otherTopics(differences: []),
            .otherLog(differences: []), .exists, .noCopy(reason: ""), .outOfMemory, .failed(reason: ""),
        ]
        #expect(kinds.allSatisfy { StateError($0, at: "x").cure == .stop })
        #expect(StateError(.busy, at: "x").cure == .tryAgain)
        for error in kinds.map({ StateError($0, at: "folder") }) {
            #expect(error.description.hasPrefix("State at 'folder' ") && error.description.hasSuffix("."))
        }
    }
}
