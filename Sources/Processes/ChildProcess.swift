import CSpawn
import Glibc

/// A process that we started and that ends with us: `deinit` kills it, unless it was released.
package struct ChildProcess: ~Copyable {
    package let pid: Int32
    /// Ended and collected, or no longer ours: the number may belong to another process by now.
    private var isGone = false

    /// `POSIX_SPAWN_SETSID` of <spawn.h>, which Swift's Glibc does not show.
    private static let newSession: Int16 = 0x80

    package static let plainEnvironment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C"]

    /// Starts a program in a session of its own, so that Ctrl-C on our terminal does not reach it.
    ///
    /// It inherits no open file, no blocked and no ignored signal.
    ///
    /// - Parameters:
    ///   - words: the program, looked up in `PATH`, and its arguments.
    ///   - input: its standard input; `nil` is `/dev/null`.
    ///   - output: the file to which it says everything.
    ///   - errors: the file to which its standard error goes; `nil` is the same.
    ///   - environment: `NAME=value`; what it needs to find programs and to speak plainly where nothing is said.
    /// - Returns: the process; throws the `errno` that says why there is none.
    package init(
        _ words: [String], input: Int32? = nil, output: String, errors: String? = nil,
        environment: [String] = plainEnvironment
    ) throws(StartFailure) {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        if let input {
            posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(
                &files, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
        }
        // In the child, where nothing is opened meanwhile: a socket of another thread that slips through would keep its
        // port taken for as long as the server lives.
        posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | Self.newSession
        posix_spawnattr_setflags(&attributes, flags)

        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var started: Int32 = 0
        let refusal = posix_spawnp(&started, words[0], &files, &attributes, &arguments, &variables)
        guard refusal == 0 else { throw StartFailure(code: refusal) }
        pid = started
    }

    deinit {
        guard !isGone else { return }
        sendKill()
        collect()
    }

    /// How it ended by itself: its exit code, or 128 and the signal; `nil` while it runs, and after `kill`.
    package private(set) var exitCode: Int32?

    /// Whether it has ended by itself or by `kill`.
    package mutating func hasEnded() -> Bool { collect(WNOHANG) }

    /// Waits until it has ended by itself.
    package mutating func waitForEnd() { _ = collect(0) }

    private mutating func collect(_ options: Int32) -> Bool {
        guard !isGone else { return true }
        var status: Int32 = 0
        var answer = waitpid(pid, &status, options)
        while answer == -1, errno == EINTR { answer = waitpid(pid, &status, options) }
        guard answer != 0 else { return false }
        isGone = true
        if answer == pid { exitCode = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F }
        return true
    }

    /// Sends a signal, if it still runs.
    package mutating func signal(_ number: Int32) {
        if !hasEnded() { Glibc.kill(pid, number) }
    }

    /// Ends it at once.
    package mutating func kill() {
        guard !hasEnded() else { return }
        sendKill()
        collect()
        isGone = true
    }

    /// Lets it live on without us.
    package mutating func release() { isGone = true }

    /// Kills it without waiting; it stays ours to collect.
    package func sendKill() {
        if !isGone { Glibc.kill(pid, SIGKILL) }
    }

    private func collect() {
        while waitpid(pid, nil, 0) == -1, errno == EINTR {}
    }

    /// Why a program could not be started.
    package struct StartFailure: Error {
        package let code: Int32
    }
}
