import Evaluation
import Events
import Model
import Pipeline

extension EvaluationReport {
    var json: JSON {
        var members: Members = [
            ("files", .list(files.map(\.json))), ("protocol", .text(protocolName)),
            ("events", .whole(Int(clamping: accounting.read))), ("accounting", accounting.json),
            ("catalog_items", .whole(catalog.items.count)), ("epochs", epochs.map(JSON.whole) ?? .null),
            ("rows_left_out", .whole(leftOut)), ("algorithm", .text(algorithm.rawValue)),
            ("diversity", .shortest(diversity)),
            ("judged_every", .whole(judgedEvery)), ("seconds", .number(seconds)),
            ("judging_seconds", .number(judgingSeconds)), ("events_per_second", .number(eventsPerSecond)),
            ("learned_per_second", .number(learnedPerSecond)),
        ]
        for part in parts { members.append((part.name, part.span.json(of: .freshet))) }
        var baselines: Members = []
        for contender in contenders where contender != .freshet {
            var ofOne: Members = []
            for part in parts { ofOne.append((part.name, part.span.json(of: contender))) }
            baselines.append((contender.name, .object(ofOne)))
        }
        members.append(("baselines", .object(baselines)))
        members.append(("by_user_events", .list(bands.map(\.json))))
        members.append(("learning_curve", .list(curve.map(\.json))))
        members.append(("calibration", .list(calibration.json)))
        return .object(members)
    }
}

private typealias Members = [(name: String, value: JSON)]

extension JSON {
    /// `null` for what is missing or not finite.
    fileprivate static func exact(orNull number: Double?) -> JSON { number.map(JSON.exact) ?? .null }
}

extension Accounting {
    fileprivate var json: JSON {
        var members: Members = [
            ("read", .whole(Int(clamping: read))), ("learned", .whole(Int(clamping: learned))),
            ("duplicate", .whole(Int(clamping: duplicate))), ("late", .whole(Int(clamping: late))),
            ("rejected", .whole(Int(clamping: rejected))),
        ]
        let rules = rejections.map { (name: $0.rule.rawValue, value: JSON.whole(Int(clamping: $0.count))) }
        members.append(("rejected_by_rule", .object(rules)))
        return .object(members)
    }
}

extension Span {
    fileprivate func json(of contender: Contender) -> JSON {
        let card = self[contender]
        var members: Members = [("events", .whole(events))]
        if contender.predictsRatings { members += card.all.errors.members }
        if contender.makesLists {
            members += card.all.rankings.members() + card.withUnseen.members(suffix: "_with_unseen")
            members += [
                ("coverage@10", .exact(orNull: coverage(of: contender))),
                ("novelty@10", .exact(orNull: card.lists.meanNovelty)),
                ("diversity@10", .exact(orNull: card.lists.meanDiversity)),
            ]
        }
        members += [
            ("cold_users", card.coldUsers.json(of: contender)),
            ("cold_items", card.coldItems.json(of: contender)),
        ]
        if contender.makesLists {
            members.append(("first_week_items", .object(card.freshItems.members(cutoffs: [10, 20]))))
        }
        return .object(members)
    }
}

extension GroupFigures {
    fileprivate func json(of contender: Contender) -> JSON {
        .object(
            (contender.predictsRatings ? errors.members : [])
                + (contender.makesLists ? rankings.members(cutoffs: [10]) : []))
    }
}

extension RatingErrors {
    fileprivate var members: Members {
        [
            ("ratings", .whole(Int(clamping: count))), ("rmse", .exact(orNull: rmse)),
            ("mae", .exact(orNull: mae)), ("mse", .exact(orNull: mse)),
        ]
    }
}

extension RankingFigures {
    fileprivate func members(
        suffix: String = "", cutoffs: [Int] = RankingFigures.cutoffs
    ) -> Members {
        var members: Members = [("lists\(suffix)", .whole(Int(clamping: count)))]
        let figures: [(String, (Int) -> Double?)] = [
            ("hr", hitRatio(at:)), ("ndcg", ndcg(at:)), ("recall", recall(at:)),
            ("precision", precision(at:)), ("mrr", mrr(at:)),
        ]
        for (name, figure) in figures {
            for cutoff in cutoffs {
                members.append(("\(name)@\(cutoff)\(suffix)", .exact(orNull: figure(cutoff))))
            }
        }
        return members + [("mrr\(suffix)", .exact(orNull: mrr))]
    }
}

extension EventBand {
    fileprivate var json: JSON {
        [
            "from": .whole(events.lowerBound),
            "to": events.upperBound == .max ? .null : .whole(events.upperBound),
            "lists": .whole(Int(clamping: freshet.count)), "hr@10": .exact(orNull: freshet.hitRatio(at: 10)),
            "ndcg@10": .exact(orNull: freshet.ndcg(at: 10)),
            "popularity_hr@10": .exact(orNull: popularity.hitRatio(at: 10)),
            "popularity_ndcg@10": .exact(orNull: popularity.ndcg(at: 10)),
        ]
    }
}

extension CurvePoint {
    fileprivate var json: JSON {
        [
            "events": .whole(rows.upperBound), "rmse": .exact(orNull: freshet.errors.rmse),
            "mae": .exact(orNull: freshet.errors.mae), "bias_only_rmse": .exact(orNull: biasOnly.rmse),
            "lists": .whole(Int(clamping: freshet.rankings.count)),
            "hr@10": .exact(orNull: freshet.rankings.hitRatio(at: 10)),
            "ndcg@10": .exact(orNull: freshet.rankings.ndcg(at: 10)),
            "popularity_hr@10": .exact(orNull: popularity.hitRatio(at: 10)),
        ]
    }
}

extension Calibration {
    fileprivate var json: [JSON] {
        bins.filter { $0.count > 0 }.map { bin in
            [
                "ratings": .whole(Int(clamping: bin.count)), "expected": .exact(orNull: bin.meanExpected),
                "given": .exact(orNull: bin.meanGiven),
            ]
        }
    }
}
