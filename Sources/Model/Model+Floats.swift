extension Model {
    /// Numbers that are learned for a user: the vectors of both heads, and the regression.
    package static func floatsOfUser(_ options: ModelOptions) -> Int {
        2 * options.factors + TasteRegression.floats
    }

    /// Numbers that are learned for an item: the vectors of both heads.
    package static func floatsOfItem(_ options: ModelOptions) -> Int { 2 * options.factors }
}
