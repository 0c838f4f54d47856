import Glibc
import Testing

@testable import streamctl

@Suite struct OutputTests {
    init() {
        signal(SIGPIPE, SIG_IGN)
    }

    @Test func aReaderThatGoesAwayIsNoFailure() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        let output = Output(descriptor: ends[1])
        output.print("one")
        #expect(output.isOpen)
        close(ends[0])
        output.print("two")
        output.print("three")
        #expect(!output.isOpen)
        #expect(output.failure == nil)
    }

    @Test func aFullDiskIsAFailure() throws {
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        defer { close(full) }
        let output = Output(descriptor: full)
        output.print("one")
        #expect(!output.isOpen)
        #expect(output.failure == "No space left on device")
    }

    @Test func writesWhatItIsGiven() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let output = Output(descriptor: ends[1])
        output.write("a é ")
        output.print("b")
        close(ends[1])
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(ends[0], &bytes, bytes.count)
        #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "a é b\n")
    }
}
