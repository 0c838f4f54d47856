package import Events

/// What the model expected of an event, before it learned it.
package struct Expectation: Sendable {
    /// The event's row in the table that is evaluated.
    package var row: Int
    /// The rating; `nil` where the event is none.
    package var rating: Float?
    /// The first ten items of the user's list at that time; empty for a user who is not known.
    package var top: [Identifier]
}
