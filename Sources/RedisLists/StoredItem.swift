/// One item of a list as a reader found it.
package struct StoredItem: Equatable, Sendable, Decodable {
    package var id: String
    /// Higher is better; comparable within one list only.
    package var score: Double
    /// The item of the user's history that speaks most for this one; `nil` where none does.
    package var because: String?

    package init(id: String, score: Double, because: String? = nil) {
        self.id = id
        self.score = score
        self.because = because
    }
}
