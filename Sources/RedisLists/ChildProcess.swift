import CHiredis
import Glibc

/// A process that we started and that ends with us: `deinit` kills it, unless it was released.
struct ChildProcess: ~Copyable {
    let pid: pid_t
    /// Ended and collected, or no longer ours: the number may belong to another process by now.
    private var isGone = false

    /// `POSIX_SPAWN_SETSID` of <spawn.h>, which Swift's Glibc does not show.
    private static let newSession: Int16 = 0x80

    /// Starts a program in a session of its own, so that Ctrl-C on our terminal does not reach it.
    ///
    /// It inherits no open file, no blocked and no ignored signal, and two variables of the environment.
    ///
    /// - Parameters:
    ///   - words: the program, looked up in `PATH`, and its arguments.
    ///   - input: its standard input; `nil` is `/dev/null`.
    ///   - output: the file to which it says everything.
    /// - Returns: the process; throws the `errno` that says why there is none.
    init(_ words: [String], input: Int32? = nil, output: String) throws(StartFailure) {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        if let input {
            posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
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
        var environment = [strdup("PATH=/usr/local/bin:/usr/bin:/bin"), strdup("LC_ALL=C"), nil]
        defer { for text in arguments + environment { free(text) } }
        var started: pid_t = 0
        let refusal = posix_spawnp(&started, words[0], &files, &attributes, &arguments, &environment)
        guard refusal == 0 else { throw StartFailure(code: refusal) }
        pid = started
    }

    deinit {
        guard !isGone else { return }
        sendKill()
        collect()
    }

    /// Whether it has ended by itself or by `kill`.
    mutating func hasEnded() -> Bool {
        if !isGone { isGone = waitpid(pid, nil, WNOHANG) != 0 }
        return isGone
    }

    /// Ends it at once.
    mutating func kill() {
        guard !hasEnded() else { return }
        sendKill()
        collect()
        isGone = true
    }

    /// Lets it live on without us.
    mutating func release() { isGone = true }

    /// Kills it without waiting; it stays ours to collect.
    func sendKill() {
        if !isGone { Glibc.kill(pid, SIGKILL) }
    }

    private func collect() {
        while waitpid(pid, nil, 0) == -1, errno == EINTR {}
    }

    /// Why a program could not be started.
    struct StartFailure: Error {
        let code: Int32
    }
}
