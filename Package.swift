// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, and imports that must be said where they are used.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the house: a Swift target in `Sources/<name>`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The tests of a room: `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: house)
}

let package = Package(
    name: "freshet",
    products: [
        .executable(name: "streamctl", targets: ["streamctl"]),
        // Loaded by `streamctl bench` alone.
        .library(name: "freshet-allocations", type: .dynamic, targets: ["CAllocations"]),
    ],
    targets: [
        // C libraries: each is imported by exactly one room.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CRdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "CSimdjson",
            linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]),
        .target(name: "CKernels"),
        .target(name: "CAllocations"),

        // The pure middle: no I/O, no clock, no dice of its own.
        room("Events", ["CSimdjson"]),
        room("Windowing", ["Events"]),
        room("State"),
        room("Model", ["Events", "State", "CKernels"]),
        room("Ranking", ["Events", "Model"]),
        room("Pipeline", ["Events", "Windowing", "State", "Model", "Ranking"]),
        room("Load", ["Model"]),

        // Looks on while the core learns, and judges it; as pure.
        room("Evaluation", ["Events", "Model", "Ranking", "Pipeline"]),

        // The shell: each room talks to one thing outside.
        room("Settings", ["CYAML"]),
        room("Processes", ["CSpawn"]),
        room("KafkaLog", ["Events", "Pipeline", "CRdkafka"]),
        room("RedisLists", ["Events", "Ranking", "Pipeline", "Processes", "CHiredis"]),
        room("StateStore", ["Events", "State", "Pipeline", "CSQLite"]),
        room("RatingFiles", ["Events", "CZlib"]),
        room("Simulation", ["Events", "State", "Model", "Ranking", "Pipeline"]),
        // What `make fuzz` feeds; its corpus is part of the tests.
        room(
            "Fuzzing",
            [
                "Events", "State", "Model", "Ranking", "Pipeline", "RatingFiles", "StateStore", "Simulation",
            ]),
        room("Telemetry"),
        .executableTarget(
            name: "streamctl",
            dependencies: [
                "Events", "Windowing", "State", "Model", "Ranking", "Pipeline", "Evaluation", "Settings",
                "KafkaLog", "RedisLists", "StateStore", "RatingFiles", "Telemetry", "Processes", "Load",
            ],
            swiftSettings: house),

        tests("Events", ["Events"]),
        tests("Windowing", ["Events", "Windowing"]),
        tests("State", ["State"]),
        tests("Model", ["Events", "State", "Model", "CKernels"]),
        tests("Ranking", ["Events", "State", "Model", "Ranking"]),
        tests("Pipeline", ["Events", "Windowing", "State", "Model", "Ranking", "Pipeline"]),
        tests("Evaluation", ["Events", "State", "Model", "Ranking", "Pipeline", "Evaluation"]),
        tests("Settings", ["Settings"]),
        tests("KafkaLog", ["Events", "Pipeline", "KafkaLog"]),
        tests("RedisLists", ["Events", "Ranking", "Pipeline", "RedisLists"]),
        tests("StateStore", ["Events", "State", "Pipeline", "StateStore"]),
        tests("RatingFiles", ["Events", "RatingFiles"]),
        tests("Telemetry", ["Telemetry"]),
        tests("Load", ["Events", "State", "Model", "Load"]),
        tests("Simulation", ["Events", "Windowing", "State", "Model", "Ranking", "Pipeline", "Simulation"]),
        tests(
            "Streamctl",
            [
                "streamctl", "Events", "Windowing", "State", "Model", "Ranking", "Pipeline", "Evaluation",
                "Settings", "KafkaLog", "RedisLists", "StateStore", "RatingFiles", "Telemetry", "Processes",
                "Load",
            ]),
        tests("Fuzzing", ["Fuzzing"]),
        tests("Tidy", []),
    ],
    cxxLanguageStandard: .cxx17
)

// Its main loop is libFuzzer's, which is only there under `--sanitize fuzzer`: see scripts/fuzz.
if Context.environment["FRESHET_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(name: "fuzz", dependencies: ["Fuzzing"], path: "Fuzz/Driver", swiftSettings: house))
}

// `make sanitize` leaves out the program and the tests that start it.
if Context.environment["FRESHET_SANITIZE"] != nil {
    package.products.removeAll { $0.name == "streamctl" }
    package.targets.removeAll { ["streamctl", "StreamctlTests", "TidyTests"].contains($0.name) }
    // ThreadSanitizer does not know the threads of librdkafka without it.
    package.targets.append(.target(name: "CThreads", path: "Tests/CThreads"))
    for target in package.targets where target.name == "KafkaLogTests" {
        target.dependencies.append("CThreads")
    }
}
