import Glibc
import Synchronization

/// Writes whole lines to a file descriptor, one after the other, from any thread.
///
/// A line is handed to the kernel in one call, so that lines of several processes on one pipe do not mix; only
/// what the kernel did not take is sent again. A log that cannot be written is given up: it must never stop the
/// stream.
package final class LogWriter: Sendable {
    package static let standardError = LogWriter(descriptor: STDERR_FILENO)

    private let descriptor: Mutex<Int32>

    /// The descriptor stays the caller's, and must stay open for as long as the writer is used.
    package init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    package func write(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            descriptor.withLock { descriptor in
                var rest = UnsafeRawBufferPointer(bytes)
                while !rest.isEmpty {
                    let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                    if written < 0 && errno == EINTR { continue }
                    guard written > 0 else { return }
                    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                }
            }
        }
    }
}
