import Evaluation
import Events
import Model
import Pipeline
import Telemetry

extension EvaluationReport {
    var text: String {
        var lines = files.map { String($0.text.dropLast()) }
        lines.append(AccountingText.sum(accounting))
        for rejection in accounting.rejections {
            lines.append("  refused     \(grouped(rejection.count)) \(rejection.rule.rawValue)")
        }
        lines.append(catalog.text)
        lines.append("protocol      \(protocolName)" + (epochs.map { ", \(counted($0, "epoch"))" } ?? ""))
        if leftOut > 0 {
            lines.append(
                "left out      \(counted(leftOut, "row")): refused, no act, or older than another of the same user and "
                    + "item")
        }
        lines.append(
            "lists         by \(algorithm.rawValue)" + (diversity > 0 ? ", diversity \(diversity)" : ""))
        lines.append(
            "speed         \(grouped(UInt64(learnedPerSecond))) events/s learned, "
                + "\(grouped(UInt64(eventsPerSecond))) events/s with judging")
        for part in parts { lines += ["", part.heading] + table(part.span) }
        if !bands.isEmpty { lines += ["", "HR@10 by the events that the user had before"] + bandTable }
        if !curve.isEmpty { lines += ["", curveHeading] + curveTable }
        for warning in warnings { lines += ["", warning] }
        return lines.joined(separator: "\n")
    }

    private func table(_ span: Span) -> [String] {
        var table = TextTable(
            ["MEASURE"] + contenders.map(\.title), rightAligned: Set(1...contenders.count))
        func add(_ name: String, _ figure: (Contender) -> Double?) {
            table.add(
                [name] + contenders.map { Self.decimals(figure($0)) })
        }
        add("RMSE") { span[$0].all.errors.rmse }
        add("MAE") { span[$0].all.errors.mae }
        add("MSE") { span[$0].all.errors.mse }
        for cutoff in RankingFigures.cutoffs {
            add("HR@\(cutoff)") { span[$0].all.rankings.hitRatio(at: cutoff) }
            add("NDCG@\(cutoff)") { span[$0].all.rankings.ndcg(at: cutoff) }
            add("Recall@\(cutoff)") { span[$0].all.rankings.recall(at: cutoff) }
            add("Precision@\(cutoff)") { span[$0].all.rankings.precision(at: cutoff) }
            add("MRR@\(cutoff)") { span[$0].all.rankings.mrr(at: cutoff) }
        }
        add("MRR") { span[$0].all.rankings.mrr }
        add("HR@10, unseen missed") { span[$0].withUnseen.hitRatio(at: 10) }
        add("NDCG@10, unseen missed") { span[$0].withUnseen.ndcg(at: 10) }
        add("coverage@10") { $0.makesLists ? span.coverage(of: $0) : nil }
        add("novelty@10, bits") { span[$0].lists.meanNovelty }
        add("diversity@10") { span[$0].lists.meanDiversity }
        add("cold users: RMSE") { span[$0].coldUsers.errors.rmse }
        add("cold users: HR@10") { span[$0].coldUsers.rankings.hitRatio(at: 10) }
        add("cold items: RMSE") { span[$0].coldItems.errors.rmse }
        add("cold items: HR@10") { span[$0].coldItems.rankings.hitRatio(at: 10) }
        add("first-week items: HR@10") { span[$0].freshItems.hitRatio(at: 10) }
        return table.lines
    }

    private var bandTable: [String] {
        var table = TextTable(["EVENTS", "LISTS", "FRESHET", "POPULARITY"], rightAligned: [1, 2, 3])
        for band in bands where band.freshet.count > 0 {
            let (from, to) = (band.events.lowerBound, band.events.upperBound)
            table.add([
                from == to ? "\(from)" : to == .max ? "\(from) or more" : "\(from) to \(to)",
                grouped(band.freshet.count), Figures.decimals(band.freshet.hitRatio(at: 10), 4),
                Figures.decimals(band.popularity.hitRatio(at: 10), 4),
            ])
        }
        return table.lines
    }

    /// Of a curve of many points every second one: ten rows.
    private var curveStride: Int { curve.count > CurvePoint.count / 2 ? 2 : 1 }

    private var curveHeading: String {
        "learning curve: stretches of the stream, each by itself"
            + (curveStride > 1 ? "; every second of \(curve.count)" : "")
    }

    private var curveTable: [String] {
        var table = TextTable(
            ["EVENTS", "RMSE", "OF BIASES", "HR@10", "OF POPULARITY"], rightAligned: [0, 1, 2, 3, 4])
        for place in stride(from: curveStride - 1, to: curve.count, by: curveStride) {
            let point = curve[place]
            let (from, to) = (point.rows.lowerBound + 1, point.rows.upperBound)
            table.add([
                "\(grouped(UInt64(from))) to \(grouped(UInt64(to)))",
                Self.decimals(point.freshet.errors.rmse),
                Self.decimals(point.biasOnly.rmse), Self.decimals(point.freshet.rankings.hitRatio(at: 10)),
                Self.decimals(point.popularity.hitRatio(at: 10)),
            ])
        }
        return table.lines
    }

    /// Four places; `-` for what cannot be said.
    private static func decimals(_ figure: Double?) -> String {
        figure.map { Figures.decimals($0, 4) } ?? "-"
    }
}

extension EvaluationReport.Part {
    fileprivate var heading: String {
        let card = span[.freshet]
        return "\(title): \(counted(span.events, "event")), "
            + "\(counted(Int(clamping: card.all.rankings.count), "list")) judged"
    }
}

extension Contender {
    fileprivate var title: String {
        switch self {
        case .freshet: "FRESHET"
        case .globalMean: "MEAN"
        case .biasOnly: "BIASES"
        case .popularity: "POPULARITY"
        case .decayedPopularity: "DECAYED"
        case .undiversified: "UNDIVERSIFIED"
        }
    }
}
