import Settings
import StateStore
import Telemetry

/// `streamctl state inspect|verify|backup|restore`: what was learned, as it is kept on disk.
enum StateCommand {
    static let file = Parameter<String>.operand("FILE", as: .path, "The file of the backup.")
    static let backupFile = Parameter<String?>.option(
        "backup", "FILE", as: .path, "Look at this backup instead of the state folder.")
    static let force = Parameter<Bool>.flag(
        "force", "Restore without asking Kafka whether the offsets fit its topics.")

    static let inspect = Command(
        name: "inspect",
        summary: "Show what the state holds: sizes, rows, offsets, versions",
        discussion: [sideBySide],
        parameters: [CommonParameters.config, CommonParameters.set, backupFile, CommonParameters.json],
        examples: [
            .init(purpose: "Look at the state", line: "streamctl state inspect -c config/freshet.yaml"),
            .init(purpose: "Look at a backup", line: "streamctl state inspect --backup monday.db"),
        ],
        failsWhen: "there is no state, or it cannot be read",
        body: { (arguments) throws(CommandFailure) in try runInspect(arguments) })

    static let verify = Command(
        name: "verify",
        summary: "Check every row of the state, and print its digest",
        discussion: [
            """
            The digest is of what was learned and of the offsets, however it came about: two states that are equal \
            print the same line on standard output.
            """,
            sideBySide,
        ],
        parameters: [CommonParameters.config, CommonParameters.set, backupFile],
        examples: [
            .init(purpose: "Check the state", line: "streamctl state verify -c config/freshet.yaml"),
            .init(purpose: "Check a backup", line: "streamctl state verify --backup monday.db"),
        ],
        failsWhen: "there is no state, or it is damaged",
        body: { (arguments) throws(CommandFailure) in try runVerify(arguments) })

    static let backup = Command(
        name: "backup",
        summary: "Copy the state into a file",
        discussion: [
            """
            The copy is of the newest checkpoint and is whole from the moment it can be found; a file that is there \
            already is never replaced.
            """,
            sideBySide,
        ],
        parameters: [file, CommonParameters.config, CommonParameters.set],
        examples: [
            .init(
                purpose: "Keep what was learned until today", line: "streamctl state backup monday.db")
        ],
        failsWhen: "there is no state, or the file could not be written",
        body: { (arguments) throws(CommandFailure) in try runBackup(arguments) })

    static let restore = Command(
        name: "restore",
        summary: "Put a backup in the place of the state",
        discussion: [
            """
            The next 'streamctl run' goes on from the offsets of the backup. So Kafka is asked first: where a topic \
            is missing, is called otherwise or has another number of partitions, these offsets would mean other \
            events, and nothing is restored.
            """,
            """
            What is in the state folder is replaced, in one step, after every row of the backup was checked. A \
            folder in which 'streamctl run' is at work is left alone.
            """,
        ],
        parameters: [file, force, CommonParameters.config, CommonParameters.set],
        examples: [
            .init(
                purpose: "Go back to Monday", line: "streamctl state restore monday.db -c config/freshet.yaml"
            ),
            .init(
                purpose: "The same while Kafka is away", line: "streamctl state restore monday.db --force"),
        ],
        failsWhen: "the backup is damaged or does not fit the topics, or Kafka did not answer",
        body: { (arguments) throws(CommandFailure) in try runRestore(arguments) })

    static let command = Command(
        name: "state",
        summary: "Look at what was learned, check it, back it up or restore it",
        subcommands: [inspect, verify, backup, restore])

    private static let sideBySide =
        "It may be done while 'streamctl run' is at work: it sees the newest checkpoint, and nobody waits."
}
