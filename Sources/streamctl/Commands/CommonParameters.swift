/// What several commands take, so that it is called and said the same everywhere.
enum CommonParameters {
    static let config = Parameter<String?>.option(
        "config", short: "c", "FILE", as: .path,
        "Read settings from this YAML file. Without it the defaults hold.")
    static let set = Parameter<[Assignment]>.repeated(
        "set", "KEY=VALUE", as: .assignment, "Override one setting of the file.")
    static let json = Parameter<Bool>.flag("json", "Print one JSON object instead of text.")
    static let publishBrokers = Parameter<String?>.option(
        "brokers", "HOST:PORT", as: .brokers, "Publish to these brokers instead of those in the settings.")
    static let publishDryRun = Parameter<Bool>.flag(
        "dry-run", "Read and check the files, say what would be published, and publish nothing.")
    static let folder = Parameter<String>.option(
        "folder", "FOLDER", as: .folder, default: "topics",
        "Where the topics are declared, one YAML file each.")
}
