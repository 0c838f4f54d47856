import Simulation
import State
import Testing

/// The tests of the tests: a program with such a mistake would be found out.
@Suite struct BreakageTests {
    /// Every table on which a reading of the log stands, visible too soon or not at all. Rows of `serving` only say
    /// what was newest, so that to know them early does no harm; what is `owed` is written anew by the sweep.
    private static let mistakes: [Breakage] =
        named
        + StateTable.allCases.filter { ![.serving, .owed, .offsets].contains($0) }.map { .early([$0]) }
        + StateTable.allCases.filter { $0 != .owed }.map { .missing([$0]) }
        + [
            .early(Set(StateTable.allCases)), .missing([.windows, .identities]), .newDice, .lostCommits,
            .tornCommits, .lettersForgotten,
        ]

    /// The three that others have made: offsets that are stored before what came of them is written, a dedupe window
    /// outside of the transaction, and a list that is owed and forgotten when its write fails.
    private static let named: [Breakage] = [
        .early([.offsets]), .early([.windows, .identities]), .listsForgotten,
    ]

    @Test(arguments: mistakes)
    func isFoundOut(mistake: Breakage) {
        let found = (0..<40 as Range<UInt64>).first { isFoundOut(mistake, seed: $0) }
        #expect(found != nil, "no seed shows it")
    }

    /// A program that does not come to the end of the log, because it cannot start from what was kept, is found out
    /// as well.
    private func isFoundOut(_ mistake: Breakage, seed: UInt64) -> Bool {
        let traffic = SimulatedTraffic(seed: seed, events: 200)
        do throws(SimulatedRun.NoEnd) {
            // Less room than there are users and items, so that some leave memory and come back.
            let calm = try SimulatedRun.finish(
                traffic: traffic, faults: .none(seed: seed), eventsMax: 8, usersMax: 15, itemsMax: 20)
            let broken = try SimulatedRun.finish(
                traffic: traffic, faults: Faults(seed: ~seed, perMille: 30, deathPerMille: 8),
                breakage: mistake, eventsMax: 8, usersMax: 15, itemsMax: 20)
            return !broken.differences(from: calm, except: mistake.spoiledTables).isEmpty
        } catch {
            return true
        }
    }
}
