/// What a port throws: it answers the only question the loop has, whether to try again or to stop.
package struct Trouble: Error, Equatable, Sendable {
    package enum Cure: Equatable, Sendable {
        /// The world may heal by itself: a server that is away, a time-out.
        case tryAgain
        /// Only a person can mend it: a wrong password, a corrupt file.
        case stop
    }

    package var cure: Cure
    /// What is wrong and where, with the mend as its last sentence. No user ids, no payloads, no secrets.
    package var message: String

    package init(_ cure: Cure, _ message: String) {
        self.cure = cure
        self.message = message
    }
}
