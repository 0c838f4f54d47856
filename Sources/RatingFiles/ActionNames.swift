package import Events

/// What rows of feedback are called in files, and what a row is where its file does not say.
///
/// The names of the contract are always known, in any case: `click`, `Purchase`.
package struct ActionNames: Equatable, Sendable {
    /// What the rows of files are that have neither ratings nor actions; `nil` where only `bare` may say.
    package var unnamed: Action?
    /// The same, of files that hold users, items and times alone.
    package var bare: Action?
    /// Names that the contract does not have, in small letters.
    package var others: [String: Action]

    package init(unnamed: Action? = nil, bare: Action? = nil, others: [String: Action] = [:]) {
        (self.unnamed, self.bare, self.others) = (unnamed, bare, others)
    }

    /// For messages: what feedback may be.
    package static let list = Action.allCases.filter { $0 != .rating }.map(\.rawValue).joined(separator: ", ")

    /// What the text stands for; `nil` where nobody has said.
    func action(_ text: UnsafeBufferPointer<UInt8>) -> Action? {
        let word = String(decoding: text, as: UTF8.self)
        if others.isEmpty, let action = Action(rawValue: word) { return action }
        let small = word.lowercased()
        return others[small] ?? Action(rawValue: small)
    }

    /// What the rows of such a file are taken for; `nil` where its columns say it, or nobody does.
    func assumed(_ columns: RatingFormat.Columns) -> Action? {
        guard !columns.sayWhatWasDone else { return nil }
        let isBare = columns.count == (columns.timestamp == nil ? 2 : 3)
        return unnamed ?? (isBare ? bare : nil)
    }
}
