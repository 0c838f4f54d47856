/// The charts of a load test, as SVG: freshness, throughput, what waits, and what the processor uses, over time; and
/// the freshness of all events by rank.
struct LoadCharts {
    private struct Chart {
        var file: String
        var title: String
        var label: String
        var isLogarithmic = false
        /// Each with its points; a missing point breaks the line.
        var lines: [(name: String, points: [(x: Double, y: Double?)])]
    }

    private let report: LoadReport

    init(_ report: LoadReport) { self.report = report }

    func draw(into folder: String) throws(CommandFailure) {
        try Gnuplot.run(script(folder: folder), in: folder)
    }

    /// The files that `draw` makes.
    static let files = ["freshness", "percentiles", "throughput", "lag", "cpu", "memory"].map { "\($0).svg" }

    func script(folder: String) -> String {
        var text = "set terminal svg size 900,420 dynamic enhanced background '#ffffff' font 'sans,12'\n"
        text += "set grid\nset key top left\nset yrange [0:*]\nset datafile missing '?'\n"
        for chart in overTime { text += plot(chart, folder: folder, xLabel: "seconds") }
        text +=
            "set logscale x\nset xrange [1:*]\nset xtics ('50%%' 2, '90%%' 10, '99%%' 100, '99.9%%' 1000, '99.99%%' 10000)\n"
        return text + plot(byRank, folder: folder, xLabel: "share of events that were at least as fresh")
    }

    private var overTime: [Chart] {
        let slices = report.slices
        func line(_ value: (Int) -> Double?) -> [(x: Double, y: Double?)] {
            slices.indices.map { (slices[$0].seconds, value($0)) }
        }
        func rate(_ count: (LoadCourse.Slice) -> Int) -> [(x: Double, y: Double?)] {
            line { index in
                let before = index == 0 ? (0.0, 0) : (slices[index - 1].seconds, count(slices[index - 1]))
                let seconds = slices[index].seconds - before.0
                return seconds > 0 ? Double(count(slices[index]) - before.1) / seconds : nil
            }
        }
        return [
            Chart(
                file: Self.files[0], title: "freshness: from when an event was due to a GET", label: "ms",
                lines: [("p50", line { report.sliceMs($0, 50) }), ("p99", line { report.sliceMs($0, 99) })]),
            Chart(
                file: Self.files[2], title: "events a second", label: "events/s",
                lines: [("sent", rate(\.sent)), ("done, lists and all", rate(\.done))]),
            Chart(
                file: Self.files[3], title: "events in the log that the processor is not done with",
                label: "events", lines: [("lag", line { Double(slices[$0].lag) })]),
            Chart(
                file: Self.files[4], title: "CPU of the processor", label: "cores",
                lines: [("streamctl run", line { slices[$0].cpuCores })]),
            Chart(
                file: Self.files[5], title: "memory of the processor", label: "MB",
                lines: [("resident", line { Double(slices[$0].residentBytes) / 1e6 })]),
        ]
    }

    /// The x of a percentile is 1 / (1 − p), so that each nine has the same width.
    private var byRank: Chart {
        let nines = stride(from: 0.0, through: 4.0, by: 0.05).map { nine in
            var rest = 1.0
            for _ in 0..<Int((nine / 0.05).rounded()) { rest *= 0.891_250_938_133_745_5 }  // 10^−0.05
            return rest
        }
        return Chart(
            file: Self.files[1], title: "freshness by share of events", label: "ms",
            lines: [("all after the warm-up", nines.map { (1 / $0, report.freshnessMs((1 - $0) * 100)) })])
    }

    private func plot(_ chart: Chart, folder: String, xLabel: String) -> String {
        var text = "set output \(Gnuplot.quoted("\(folder)/\(chart.file)"))\n"
        text += "set title \(Gnuplot.quoted("\(report.scenario): \(chart.title)")) noenhanced\n"
        text += "set xlabel \(Gnuplot.quoted(xLabel))\nset ylabel \(Gnuplot.quoted(chart.label))\n"
        for (index, line) in chart.lines.enumerated() {
            let points = line.points.map { "\($0.x) \($0.y.map { "\($0)" } ?? "?")" }
            text +=
                "$data\(index) << EOD\n\((points.isEmpty ? ["0 ?"] : points).joined(separator: "\n"))\nEOD\n"
        }
        let plots = chart.lines.enumerated().map { index, line in
            "$data\(index) using 1:2 with lines lw 2 title \(Gnuplot.quoted(line.name))"
        }
        return text + "plot \(plots.joined(separator: ", "))\n"
    }
}
