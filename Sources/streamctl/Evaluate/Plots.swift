import Evaluation
import Model

/// The charts of `--plots`, as SVG files in a folder.
struct Plots {
    private let folder: String

    private static let curveName = "learning-curve.svg"
    private static let calibrationName = "calibration.svg"

    /// Makes the folder and looks for gnuplot, so that what is missing is told before the work.
    ///
    /// - Parameter inputs: files that are read, over which nothing may be drawn.
    init(in folder: String, sparing inputs: [String]) throws(CommandFailure) {
        self.folder = folder
        try Gnuplot.run("", in: folder)
        // Now that the folder is there, every spelling of it leads there.
        for chart in [Self.curveName, Self.calibrationName] {
            try FileIdentity.check("\(folder)/\(chart)", of: "--plots", against: inputs)
        }
    }

    /// Draws what the report has the figures for.
    func write(_ report: EvaluationReport) throws(CommandFailure) {
        for script in [
            Self.learningCurve(report.curve, output: "\(folder)/\(Self.curveName)"),
            Self.calibration(report.calibration, output: "\(folder)/\(Self.calibrationName)"),
        ] {
            if let script { try Gnuplot.run(script, in: folder) }
        }
    }

    /// Two panels over the events: errors of ratings, and hits of lists.
    static func learningCurve(_ curve: [CurvePoint], output: String) -> String? {
        let panels = [
            panel(
                "RMSE", curve,
                [("Freshet", { $0.freshet.errors.rmse }), ("mean and biases", { $0.biasOnly.rmse })]),
            panel(
                "HR\\\\@10", curve,
                [
                    ("Freshet", { $0.freshet.rankings.hitRatio(at: 10) }),
                    ("popularity", { $0.popularity.hitRatio(at: 10) }),
                ]),
        ].compactMap { $0 }
        guard !panels.isEmpty else { return nil }
        return """
            set terminal svg size 900,\(360 * panels.count) font 'sans,13' background '#ffffff'
            set output \(Gnuplot.quoted(output))
            set multiplot layout \(panels.count),1
            set grid
            set format x '%.0f'
            set xlabel 'events'
            \(panels.joined(separator: "\n"))
            unset multiplot

            """
    }

    /// One panel; `nil` where there is nothing to show.
    private static func panel(
        _ title: String, _ curve: [CurvePoint], _ series: [(name: String, figure: (CurvePoint) -> Double?)]
    ) -> String? {
        var (data, plots): ([String], [String]) = ([], [])
        for (index, one) in series.enumerated() {
            let points = curve.compactMap { point in
                one.figure(point).flatMap { $0.isFinite ? "\(point.rows.upperBound) \($0)" : nil }
            }
            guard !points.isEmpty else { continue }
            data.append("$series\(index) << END\n\(points.joined(separator: "\n"))\nEND")
            plots.append("$series\(index) using 1:2 with linespoints pt 7 ps 0.5 lw 2 title '\(one.name)'")
        }
        guard !plots.isEmpty else { return nil }
        return "\(data.joined(separator: "\n"))\nset ylabel '\(title)'\nplot \(plots.joined(separator: ", "))"
    }

    /// Ratings given over ratings expected; on the diagonal they are the same.
    static func calibration(_ calibration: Calibration, output: String) -> String? {
        let points = calibration.bins.compactMap { bin -> String? in
            guard let expected = bin.meanExpected, let given = bin.meanGiven else { return nil }
            guard expected.isFinite, given.isFinite else { return nil }
            return "\(expected) \(given) \(bin.count)"
        }
        guard !points.isEmpty else { return nil }
        return """
            set terminal svg size 700,600 font 'sans,13' background '#ffffff'
            set output \(Gnuplot.quoted(output))
            set grid
            set xlabel 'rating expected'
            set ylabel 'rating given, mean'
            set key left top
            $bins << END
            \(points.joined(separator: "\n"))
            END
            plot x with lines lc '#999999' title 'as expected', $bins using 1:2 with linespoints pt 7 lw 2 title 'Freshet'

            """
    }
}
