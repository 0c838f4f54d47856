/// What a state file looks like inside, and how an older one becomes a newer one.
///
/// The version is SQLite's `user_version`: the number of steps that made the file. A file is made by taking all
/// steps, and upgraded by taking those that it lacks, in one transaction. Steps are never changed once released;
/// their names are written out, for what a name in the code becomes later must not change what a step did.
///
/// A row of learned state is a number, some bytes that only the learner understands, and a seal over both: SQLite
/// keeps no sums of its own over the pages of the file, and a flipped bit must not pass for something learned.
struct Schema: Sendable {
    /// SQL, one text per version.
    var steps: [String]

    var version: Int64 { Int64(steps.count) }

    /// Marks a SQLite file as ours: the bytes "Fsht".
    static let applicationID: Int64 = 0x4673_6874

    /// A row does not share a page that it fills by more than half, so small pages waste space on rows of some
    /// thousand bytes: blocks of 4 KiB take twice their size in pages of 8 KiB, and 1.3 times in these. Large pages
    /// cost more where few rows change here and there, for a page is written whole.
    static let pageBytes = 16_384

    static let current = Schema(steps: [first, second])

    private static let first =
        """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE core(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE offsets(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE users(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE user_factors(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE items(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE item_factors(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE neighbours(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE item_vectors(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE popularity(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE reservoir(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE windows(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE identities(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE serving(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE owed(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE tombstones(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        """

    /// What left memory.
    private static let second =
        """
        CREATE TABLE evicted_users(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE evicted_items(key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, data BLOB NOT NULL);
        """

    /// Makes a new file under a name of its own, whole before anybody finds it.
    func make(_ path: String) throws(StateError) {
        let connection = try Connection(path, .create)
        try connection.run("PRAGMA page_size=\(Self.pageBytes); PRAGMA application_id=\(Self.applicationID)")
        try upgrade(connection)
    }

    /// The version of a file of ours, no newer than we know.
    func version(of connection: borrowing Connection) throws(StateError) -> Int64 {
        guard try connection.number("PRAGMA application_id") == Self.applicationID else {
            throw StateError(.foreign, at: connection.path)
        }
        let found = try connection.number("PRAGMA user_version")
        guard found <= version else {
            throw StateError(.newer(version: found, known: version), at: connection.path)
        }
        guard found >= 0 else {
            throw StateError(.damaged(reason: "its version is \(found)"), at: connection.path)
        }
        return found
    }

    /// Takes the steps that a file lacks: all or none.
    func upgrade(_ connection: borrowing Connection) throws(StateError) {
        let found = try version(of: connection)
        guard found < version else { return }
        try connection.transaction { () throws(StateError) in
            for step in steps[Int(found)...] { try connection.run(step) }
            try connection.run("PRAGMA user_version=\(version)")
        }
    }
}
