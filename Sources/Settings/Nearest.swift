/// The candidate that a person most likely meant, or `nil` when none is near.
///
/// Distance: insertions, deletions, replacements and swaps of two neighbours count one each (Damerau, Commun.
/// ACM 7(3), 1964, in its "optimal string alignment" form); capitals and small letters are the same. Near is
/// a third of the typed name's letters or fewer, at least one, and never the whole name. Of equally near
/// candidates the first wins.
///
/// - Complexity: O(length of `name` × letters of all candidates); names of over 100 letters have none.
package func nearest(_ name: String, among candidates: some Sequence<String>) -> String? {
    nearest(name, among: candidates, within: min(max(1, name.count / 3), name.count - 1))
}

/// The same, with as many edits as the caller allows.
func nearest(_ name: String, among candidates: some Sequence<String>, within edits: Int) -> String? {
    let typed = Array(name.lowercased())
    guard (1...100).contains(typed.count) else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let limit = min(edits, (best?.distance ?? .max) - 1)
        let letters = Array(candidate.lowercased())
        guard abs(letters.count - typed.count) <= limit else { continue }
        let distance = editDistance(typed, letters)
        if distance <= limit { best = (candidate, distance) }
    }
    return best?.candidate
}

/// The optimal string alignment distance: no letter is edited twice.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let isSame = left[row] == right[column]
            var least = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                least = min(least, beforeLast[column - 1] + 1)
            }
            current.append(least)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
