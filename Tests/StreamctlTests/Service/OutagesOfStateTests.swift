import Foundation
import Testing

@testable import streamctl

/// What lies in the state folder cannot be used: the program says which file, why and the mend, and touches nothing.
@Suite(.ownThread) struct OutagesOfStateTests {
    @Test func aSecondProcessOnTheSameStateIsRefused() throws {
        let trial = try OutageTrial.start()
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        let second = try RunningProgram(["run", "-c", trial.file])
        #expect(try second.end() == .init(code: 1, output: ""))
        #expect(second.said.contains("is in use by another process (pid "))
        #expect(second.said.hasSuffix("Stop that process, or give this one a state.folder of its own.\n"))
        #expect(second.said.split(separator: "\n").count == 1)
        try trial.expectOrderlyEnd(learned: 0..<50)
    }

    @Test(arguments: ["cut short", "emptied", "garbage"])
    func aDamagedStateIsRefusedAndLeftAsItIs(damage: String) throws {
        let trial = try OutageTrial.start()
        try trial.publish(0..<100)
        try trial.waitForLists(of: 0..<100)
        try trial.expectOrderlyEnd(learned: 0..<100)
        let database = URL(filePath: "\(trial.servers.wiring.stateFolder)/freshet.db")
        let whole = try Data(contentsOf: database)
        #expect(whole.count > 50_000)
        let damaged =
            switch damage {
            case "cut short": whole.prefix(whole.count / 2)
            case "emptied": Data()
            default: Data((0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 3) })
            }
        try damaged.write(to: database)
        for words in [["run"], ["state", "verify"]] {
            let program = try RunningProgram(words + ["-c", trial.file])
            #expect(try program.end() == .init(code: 1, output: ""))
            #expect(program.said.hasPrefix("error: State at '\(database.path)' is "), "\(program.said)")
            #expect(program.said.split(separator: "\n").count == 1)
            #expect(try Data(contentsOf: database) == damaged)
        }
        try whole.write(to: database)
        let program = try RunningProgram(["state", "verify", "-c", trial.file])
        #expect(try program.end().code == 0)
    }
}
