import Events
import RatingFiles

/// How files of feedback are read: what their actions are called.
enum FeedbackParameters {
    static let action = Parameter<[NamedAction]>.repeated(
        "action", "[NAME=]ACTION", as: .namedAction,
        "What rows are that name no action; with NAME=, what a name in the file means.")

    /// For the pages of help.
    static let about = """
        Feedback has a column for the action (impression, view, click, play, like, dislike, skip or purchase) where \
        others have the rating, or none at all: then '--action click' says what all rows are.
        """

    /// - Parameter bare: what rows of users, items and times alone are; `nil` asks for `--action`.
    static func names(_ arguments: Arguments, bare: Action? = nil) -> ActionNames {
        var names = ActionNames(bare: bare)
        for one in arguments[action] {
            if let name = one.name { names.others[name] = one.action } else { names.unnamed = one.action }
        }
        return names
    }
}

/// `click`, or `transaction=purchase`.
struct NamedAction: Equatable, Sendable {
    /// As it stands in files, in small letters; `nil` where nothing stands there.
    var name: String?
    var action: Action
}

extension Reading<NamedAction> {
    fileprivate static let namedAction = Self(
        expects: "one of \(ActionNames.list), or what it is called in the file before it: buy=purchase"
    ) { text in
        guard let equals = text.lastIndex(of: "=") else {
            return Action(rawValue: text).flatMap { $0 == .rating ? nil : NamedAction(action: $0) }
        }
        let name = text[..<equals].lowercased()
        guard !name.isEmpty, let action = Action(rawValue: String(text[text.index(after: equals)...])) else {
            return nil
        }
        return NamedAction(name: name, action: action)
    }
}
