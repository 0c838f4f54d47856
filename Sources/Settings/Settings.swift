/// Everything that can be set, with its defaults. Each group's file holds the values and, beside them, their
/// rows in the table of keys: to add a key, add the property and its row there.
package struct Settings: KeyedSettings {
    package var kafka = KafkaSettings()
    package var redis = RedisSettings()
    package var window = WindowSettings()
    package var events = EventSettings()
    package var merge = MergeSettings()
    package var batch = BatchSettings()
    package var model = ModelSettings()
    package var limits = LimitSettings()
    package var lists = ListSettings()
    package var log = LogSettings()
    package var state = StateSettings()

    package init() {}

    package static let overrideOption = "--set"

    /// The table of keys, in the order of `config/freshet.yaml`.
    package static let keys: [Key] =
        KafkaSettings.keys + RedisSettings.keys + WindowSettings.keys + EventSettings.keys
        + MergeSettings.keys
        + BatchSettings.keys + ModelSettings.keys + LimitSettings.keys + ListSettings.keys + LogSettings.keys
        + StateSettings.keys
}
