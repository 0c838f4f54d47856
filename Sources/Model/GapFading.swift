/// (1 + gap / reach)^power of gaps in event time, from a table: eight steps to an octave, so good to 3 % for powers
/// down to −0.6, which a lesson can afford twenty times over.
struct GapFading {
    private let reachMs: Float
    private let table: [Float]

    private static let octaves = 40

    init(reachSeconds: Double, power: Double) {
        reachMs = Float(reachSeconds * 1_000)
        table = (0..<8 * Self.octaves).map { step in
            let (octave, eighth) = (step / 8, step % 8)
            let middle = Curves.log2(1 + (Double(eighth) + 0.5) / 8) + Double(octave)
            return Float(Curves.exp2(power * middle))
        }
    }

    subscript(gapMs: Int64) -> Float {
        guard gapMs > 0 else { return 1 }
        let ratio = 1 + Float(gapMs) / reachMs
        // The exponent and the first three bits of the fraction.
        let step = Int((ratio.bitPattern &- Float(1).bitPattern) >> 20)
        return table[min(step, table.count - 1)]
    }
}
