import Dispatch
import Glibc
import Synchronization
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

    @Test func aPipeThatWouldBlockIsWaitedFor() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        try #require(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
        // A thread of its own: both sides block.
        let total = Mutex(0)
        let isDrained = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            while case let count = read(reader, &bytes, bytes.count), count > 0 {
                total.withLock { $0 += count }
            }
            close(reader)
            isDrained.signal()
        }
        // More than a pipe holds.
        let text = String(repeating: "0123456789", count: 100_000)
        let output = Output(descriptor: writer)
        output.write(text)
        close(writer)
        isDrained.wait()
        #expect(total.withLock { $0 } == text.utf8.count)
        #expect(output.failure == nil)
    }
}
