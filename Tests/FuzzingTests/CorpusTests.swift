import Foundation
import Fuzzing
import Testing

/// What fuzzing found once, and what leads it to interesting places: none of it may trap.
@Suite struct CorpusTests {
    @Test(arguments: FuzzTarget.allCases)
    func whatWasFoundStaysMended(target: FuzzTarget) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fuzz/Corpus/\(target.rawValue)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.isEmpty)
        for name in names.sorted() {
            let bytes = try Data(contentsOf: folder.appending(path: name))
            bytes.withUnsafeBytes { target.run($0) }
        }
    }
}
