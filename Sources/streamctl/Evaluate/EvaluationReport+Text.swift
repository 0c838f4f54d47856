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
        lines.append("protocol      \(protocolName)" + (epochs.map { ", \(counted($0, "epoch"))" } ?? ""))
        lines.append(
            "lists         by \(algorithm.rawValue)" + (diversity > 0 ? ", diversity \(diversity)" : ""))
        lines.append(
            "speed         \(grouped(UInt64(learnedPerSecond))) events/s learned, "
                + "\(grouped(UInt64(eventsPerSecond))) events/s with judging")
        for part in parts { lines += ["", part.heading] + table(part.span) }
        if !bands.isEmpty { lines += ["", "HR@10 by the events that the user had before"] + bandTable }
        return lines.joined(separator: "\n")
    }

    private func table(_ span: Span) -> [String] {
        var table = TextTable(
            ["MEASURE"] + contenders.map(\.title), rightAligned: Set(1...contenders.count))
        func add(_ name: String, _ figure: (Contender) -> Double?) {
            table.add(
                [name]
                    + contenders.map { contender in
                        figure(contender).map { Figures.decimals($0, 4) } ?? "-"
                    })
        }
        add("RMSE") { span[$0].all.errors.rmse }
        add("MAE") { span[$0].all.errors.mae }
        add("MSE") { span[$0].all.errors.mse }
        for cutoff in RankingFigures.cutoffs {
            add("HR@\(cutoff)") { span[$0].all.rankings.hitRatio(at: cutoff) }
            add("NDCG@\(cutoff)") { span[$0].all.rankings.ndcg(at: cutoff) }
            add("Recall@\(cutoff)") { span[$0].all.rankings.recall(at: cutoff) }
            add("Precision@\(cutoff)") { span[$0].all.rankings.precision(at: cutoff) }
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
