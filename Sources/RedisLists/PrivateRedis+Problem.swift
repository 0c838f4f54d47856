import Processes

extension PrivateRedis {
    /// Why there is no private server; ends with the mend.
    package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
        package var message: String
        package var description: String { message }

        init(_ what: String, mend: String) {
            message = "\(what). \(mend)"
        }

        init(_ problem: TemporaryFolder.Problem) {
            message = problem.message
        }

        /// Redis' last words when another process has the port: "Failed listening on port …".
        var isPortTaken: Bool { message.contains("listening on port") }
    }
}
