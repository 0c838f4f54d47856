import KafkaLog
import Pipeline
import Telemetry

/// Drives an engine until it is told to stop, and then stops it in order.
struct RunLoop {
    let logger: Logger
    let pollMs: Int32
    /// How long a stop waits for servers that are away.
    var patienceMs: Int64 = 10_000

    /// Turns until `shouldStop`. Trouble that may heal is logged once per kind and waited out; other trouble is
    /// thrown.
    func drive(_ engine: inout Engine, until shouldStop: (inout Engine) -> Bool) throws(CommandFailure) {
        var link = Link.up
        while !shouldStop(&engine) {
            do throws(Trouble) {
                _ = try engine.tick(nowMs: Clock.nowMs(), timeoutMs: pollMs)
                link.succeeded()
            } catch {
                guard error.cure == .tryAgain else { throw CommandFailure(.failed, error.message) }
                if link.isUp {
                    logger.warning("the log cannot be read now; trying again", ["reason": error.message])
                }
                link.failed(nowMs: Clock.nowMs())
            }
        }
    }

    /// Writes what is owed, keeps the state and commits the offsets; `false` when something could not be written in time.
    func settle(_ engine: inout Engine) throws(CommandFailure) -> Bool {
        let deadlineMs = Clock.nowMs() + patienceMs
        do throws(Trouble) {
            while try !engine.settle(nowMs: Clock.nowMs()) {
                guard Clock.nowMs() < deadlineMs else { return false }
                // The links say when to try again; until then there is nothing to do.
                Clock.rest(ms: 20)
            }
            try keepLast(&engine, deadlineMs: deadlineMs)
            try engine.source.commit()
            return true
        } catch {
            guard error.cure == .tryAgain else { throw CommandFailure(.failed, error.message) }
            logger.warning("offsets could not be committed", ["reason": error.message])
            return false
        }
    }

    /// Keeps the state once more after a trouble that only a person can mend, if nothing stands in the way. What the
    /// trouble itself made impossible, the next start learns again.
    func keepWhatCanBe(_ engine: inout Engine) {
        guard engine.isWhole, !engine.isStateLost, engine.core.mayBeginCheckpoint else { return }
        _ = try? keepLast(&engine, deadlineMs: Clock.nowMs() + patienceMs)
    }

    /// A stop that finds no time to keep the state loses nothing: the next start learns the rest of the log again.
    private func keepLast(_ engine: inout Engine, deadlineMs: Int64) throws(Trouble) {
        guard engine.checkpoints.isKept else { return }
        while try !engine.keepLast(nowMs: Clock.nowMs()) {
            guard Clock.nowMs() < deadlineMs else {
                return logger.warning(
                    "no time to keep the newest state; the next start learns the rest again")
            }
            Clock.rest(ms: 1)
        }
    }
}
