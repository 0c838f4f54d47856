extension Reading<ClosedRange<Int64>> {
    /// One offset or a range of them, both ends included: `120`, `120-180`, `120-`.
    static let offsets = Self(expects: "an offset or a range of them: 120, 120-180 or 120-") { text in
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = offset(ends[0]) else { return nil }
        guard ends.count == 2 else { return first...first }
        guard let last = ends[1].isEmpty ? Int64.max : offset(ends[1]), first <= last else { return nil }
        return first...last
    }

    private static func offset(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    }
}
