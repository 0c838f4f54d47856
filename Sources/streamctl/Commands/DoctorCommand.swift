/// `streamctl doctor`: whether everything that `run` needs is there.
enum DoctorCommand {
    static let command = Command(
        name: "doctor",
        summary: "Check Kafka, Redis and the state folder, each with its mend",
        parameters: [CommonParameters.config, CommonParameters.set, CommonParameters.json],
        examples: [
            .init(purpose: "Before the first run", line: "streamctl doctor -c config/freshet.yaml")
        ],
        failsWhen: "a check failed")
}
