/// How lists are made.
package struct RankingOptions: Equatable, Sendable {
    /// Items on a list at most.
    package var size = 20

    package init() {}
}
