/// The targets and what each may import of the others: the arrows of the design. A target exists to forbid something,
/// so a new arrow is a decision, made here.
enum Rooms {
    static let arrows: [String: Set<String>] = [
        "Events": ["CSimdjson"],
        "Windowing": ["Events"],
        "State": [],
        "Model": ["Events", "State", "CKernels"],
        "Ranking": ["Events", "Model"],
        "Pipeline": ["Events", "Windowing", "State", "Model", "Ranking"],
        "Evaluation": ["Events", "Model", "Ranking", "Pipeline"],
        "Settings": ["CYAML"],
        "Processes": ["CSpawn"],
        "Load": ["Model"],
        "KafkaLog": ["Events", "Pipeline", "CRdkafka"],
        "RedisLists": ["Events", "Ranking", "Pipeline", "Processes", "CHiredis"],
        "RatingFiles": ["Events", "CZlib"],
        "StateStore": ["Events", "Windowing", "State", "Model", "Ranking", "Pipeline", "CSQLite"],
        "Simulation": ["Events", "Windowing", "State", "Model", "Ranking", "Pipeline"],
        "Fuzzing": [
            "Events", "State", "Model", "Ranking", "Pipeline", "RatingFiles", "StateStore", "Simulation",
        ],
        "Telemetry": [],
        "Gateway": ["Pipeline", "Telemetry", "CMicrohttpd"],
        "streamctl": [
            "Events", "Windowing", "State", "Model", "Ranking", "Pipeline", "Evaluation", "Settings",
            "KafkaLog", "RedisLists", "RatingFiles", "StateStore", "Telemetry", "Gateway", "Processes",
            "Load",
        ],
    ]

    /// No I/O, no clock and no dice of their own: events and the time go in, effects come out.
    static let pure: Set<String> = [
        "Events", "Windowing", "State", "Model", "Ranking", "Pipeline", "Evaluation", "Load",
    ]

    /// Wrappers of C: each stands behind exactly one arrow.
    static let c: Set<String> = Set(arrows.values.joined()).filter { arrows[$0] == nil }

    /// C that is ours alone, so that its tests are ours too.
    private static let testedDirectly: Set<String> = ["CKernels"]

    /// What a target may import: `nil` for a target that nobody has drawn.
    ///
    /// The tests of a room may import the room and what it stands on, and C where it is our own loops; tidy tests import nothing of ours.
    static func allowed(for target: String) -> Set<String>? {
        if target == "TidyTests" { return [] }
        guard target.hasSuffix("Tests") else { return arrows[target] }
        let name = String(target.dropLast("Tests".count))
        guard let room = arrows.keys.first(where: { $0.lowercased() == name.lowercased() }) else {
            return nil
        }
        let kernels = (arrows[room] ?? []).intersection(testedDirectly)
        return reach(of: room).subtracting(c).union(kernels).union([room])
    }

    private static func reach(of room: String) -> Set<String> {
        (arrows[room] ?? []).reduce(into: []) { $0.formUnion(reach(of: $1).union([$1])) }
    }
}
