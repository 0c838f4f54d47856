package import Pipeline

/// What is wrong with a state on disk: what, where, and the mend.
package struct StateError: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Nothing was kept there yet.
        case missing
        /// A backup that was named is not there.
        case noBackup
        /// The folder cannot be made or entered, in the words of the operating system.
        case unreachable(reason: String)
        case readOnly
        /// Another process owns the folder.
        case owned(pid: Int32?)
        /// Somebody else holds the file for now.
        case busy
        case full
        /// The disk or the file system failed, in its words.
        case diskFailed(reason: String)
        /// Not a file of SQLite's, or one of another program.
        case foreign
        case damaged(reason: String)
        case newer(version: Int64, known: Int64)
        /// Only read, and of a version that a start would have upgraded.
        case older(version: Int64, known: Int64)
        /// Learned with settings that its numbers depend on.
        case learnedOtherwise(was: String, now: String)
        /// The offsets in it belong to other topics; one difference per line.
        case otherTopics(differences: [String])
        /// Learned from topics that the settings do not name; one difference per line.
        case otherLog(differences: [String])
        /// A backup never replaces a file.
        case exists
        /// A backup cannot be written there.
        case noCopy(reason: String)
        case outOfMemory
        /// Anything else, in SQLite's words.
        case failed(reason: String)
    }

    package var kind: Kind
    /// The file or folder.
    package var path: String

    package init(_ kind: Kind, at path: String) {
        self.kind = kind
        self.path = path
    }

    /// A full disk and a damaged file stop the stream: to learn on without ever keeping it would only make the
    /// next start longer.
    package var cure: Trouble.Cure { kind == .busy ? .tryAgain : .stop }

    package var trouble: Trouble { Trouble(cure, description) }

    /// Does `body` and throws what it throws in the words of the ports.
    static func asTrouble<Result: ~Copyable>(
        _ body: () throws(StateError) -> Result
    ) throws(Trouble) -> Result {
        do throws(StateError) {
            return try body()
        } catch {
            throw error.trouble
        }
    }
}

extension StateError: CustomStringConvertible {
    package var description: String { "State at '\(path)' \(what). \(mend)" }

    /// What is wrong, as the end of a sentence about the state.
    package var what: String {
        switch kind {
        case .missing: "does not exist yet"
        case .noBackup: "does not exist"
        case .unreachable(let reason): "cannot be reached: \(reason)"
        case .readOnly: "cannot be written by this user, or lies on a read-only disk"
        case .owned(let pid): "is in use by another process\(pid.map { " (pid \($0))" } ?? "")"
        case .busy: "is held by another program for the moment"
        case .full: "cannot grow: the disk is full"
        case .diskFailed(let reason): "cannot be read or written: \(reason)"
        case .foreign: "is not a state of Freshet"
        case .damaged(let reason): "is damaged: \(reason)"
        case .newer(let version, let known):
            "was written by a newer Freshet (version \(version) of the file, this one knows \(known))"
        case .older(let version, let known):
            "was written by an older Freshet (version \(version) of the file, this one writes \(known))"
        case .learnedOtherwise(let was, let now): "was learned with \(was), and the settings say \(now)"
        case .otherTopics(let differences): "belongs to other topics: \(differences.joined(separator: "; "))"
        case .otherLog(let differences):
            "was learned from other topics: \(differences.joined(separator: "; "))"
        case .exists: "is there already"
        case .noCopy(let reason): "cannot be copied there: \(reason)"
        case .outOfMemory: "needs more memory than there is"
        case .failed(let reason): "cannot be used: \(reason)"
        }
    }

    package var mend: String {
        switch kind {
        case .missing: "Check state.folder, or start 'streamctl run', which makes it."
        case .noBackup: "Check the path of the backup."
        case .unreachable: "Check state.folder and the rights on it."
        case .readOnly: "Give this user the right to write there, or point state.folder elsewhere."
        case .owned: "Stop that process, or give this one a state.folder of its own."
        case .busy: "Close other programs that use the file."
        case .full: "Free some space, then start again: nothing that was kept is lost."
        case .diskFailed: "Check the disk and the system's log, then start again or restore a backup."
        case .foreign: "Move it away, or point state.folder elsewhere."
        case .damaged:
            "Restore a backup that is whole ('streamctl state restore FILE'), or move it away to learn anew from the log."
        case .newer: "Use that newer Freshet, or restore a backup of this version."
        case .older: "Start 'streamctl run' once: it upgrades the file."
        case .learnedOtherwise: "Set them back, or point state.folder elsewhere to learn anew."
        case .otherTopics: "Correct kafka.topics, or restore with --force if this is meant."
        case .otherLog: "Set kafka.topics back, or point state.folder elsewhere to learn the other topics."
        case .exists: "Name another file, or remove that one."
        case .noCopy: "Name a file in a folder where this user may write and where there is room."
        case .outOfMemory: "Give the process more memory."
        case .failed: "Check the file with 'streamctl state verify'."
        }
    }
}
