package import Events
package import Model

/// Somebody who looks on while a core learns: first at what the model knows, then at what it was taught.
///
/// Told only of what is learned: duplicates, late events and refused ones pass in silence. What a witness does
/// changes nothing that is learned.
package protocol Witness: ~Copyable {
    /// Whether anybody looks on at all.
    var isThere: Bool { get }

    /// The model is about to learn an interaction, and knows nothing of it yet.
    mutating func willLearn(_ interaction: Interaction, at position: Position, model: borrowing Model)

    /// The model has learned it.
    mutating func learned(_ lesson: Lesson, from interaction: Interaction)
}

extension Witness where Self: ~Copyable {
    package var isThere: Bool { true }
}

/// Nobody: what production runs with.
struct NoWitness: Witness {
    var isThere: Bool { false }

    func willLearn(_ interaction: Interaction, at position: Position, model: borrowing Model) {}

    func learned(_ lesson: Lesson, from interaction: Interaction) {}
}
