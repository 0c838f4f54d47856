import Testing

@testable import Evaluation

@Suite struct SplitTests {
    /// Two users, in the order of time.
    private static let users: [UInt32] = [0, 0, 1, 0, 1, 0, 0, 1, 1, 1]

    @Test(arguments: [
        (Split.temporal(0.8), [8, 9]), (.temporal(0.29), Array(2...9)), (.perUser(0.8), [6, 9]),
        (.leaveLastOut, [6, 9]),
    ])
    func holdsOutTheLast(split: Split, heldOut: [Int]) {
        let parts = split.parts(users: Self.users)
        #expect(parts.heldOut == heldOut)
        #expect((parts.learned + parts.heldOut).sorted() == Array(0..<10))
    }

    @Test func aUserWithOneEventIsOnlyLearned() {
        #expect(Split.leaveLastOut.parts(users: [3, 1, 3]).heldOut == [2])
        #expect(Split.perUser(0.8).parts(users: [3]).heldOut == [0])
    }

    @Test func theSameSeedDrawsTheSameRows() {
        let users = [UInt32](repeating: 0, count: 1_000)
        let one = Split.drawn(0.8, seed: 42).parts(users: users)
        #expect(one.learned.count == 800 && one.heldOut.count == 200)
        #expect(one.heldOut == Split.drawn(0.8, seed: 42).parts(users: users).heldOut)
        #expect(one.heldOut != Split.drawn(0.8, seed: 43).parts(users: users).heldOut)
        // Drawn from all over the file, not from an end of it.
        #expect((60...140).contains(one.heldOut.count { $0 < 500 }))
    }

    @Test func nothingIsPartedIntoNothing() {
        for split in [Split.temporal(0.8), .drawn(0.8, seed: 1), .perUser(0.8), .leaveLastOut] {
            let parts = split.parts(users: [])
            #expect(parts.learned.isEmpty && parts.heldOut.isEmpty)
        }
    }
}
