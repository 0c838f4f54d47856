/// The name that was probably meant: one that begins as the word does, else the one with the fewest edits, as long
/// as they are at most a third of its letters.
///
/// An edit is a letter put in, left out, changed, or swapped with the next (optimal string alignment).
func nearestName(to word: String, among names: [String]) -> String? {
    guard !word.isEmpty, word.count <= 64 else { return nil }
    let beginning = names.filter { $0.hasPrefix(word) }
    if word.count >= 2, beginning.count == 1 { return beginning[0] }
    let best = names.map { (name: $0, edits: edits(from: word, to: $0)) }.min { $0.edits < $1.edits }
    guard let best, best.edits <= max(1, best.name.count / 3) else { return nil }
    return best.name
}

private func edits(from word: String, to name: String) -> Int {
    let (old, new) = (Array(word), Array(name))
    var beforeLast: [Int] = []
    var last = Array(0...new.count)
    for row in old.indices {
        var current = [row + 1]
        for column in 0..<new.count {
            let isSame = old[row] == new[column]
            var least = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
            if row > 0, column > 0, old[row] == new[column - 1], old[row - 1] == new[column] {
                least = min(least, beforeLast[column - 1] + 1)
            }
            current.append(least)
        }
        (beforeLast, last) = (last, current)
    }
    return last[new.count]
}
