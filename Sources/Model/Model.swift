package import Events
package import State

/// What Freshet knows: who did what, two heads that learn from it, and the catalog.
///
/// Only `learn` and `describe` add rows, up to the limits; everything else leaves the model as it is.
package struct Model: ~Copyable {
    package let options: ModelOptions
    package internal(set) var users = IDTable()
    package internal(set) var items = IDTable()
    package internal(set) var catalog = Catalog()
    package internal(set) var quality = Quality()
    package internal(set) var errorDrift = ErrorDrift()
    package internal(set) var ratingDrift = RatingDrift()
    /// Rises with everything that can change a list.
    package internal(set) var age: UInt64 = 0
    var profiles: [UserProfile] = []
    var ratingHead: RatingHead
    var rankingHead: RankingHead
    var dice: Dice
    var coldUsers = ColdestRow()
    var coldItems = ColdestRow()
    /// The era of the popularity that `coldItems` knows.
    var coldItemsEra: UInt64 = 0
    /// By row, while a state is read.
    var readNumbers: [UInt32] = []
    private var sheet = ScoreSheet()

    /// A lesson changes the neighbours of the user's newest acts, so many at most.
    package static let actsPerLesson = 1 + RankingHead.partners

    package init(options: ModelOptions) {
        self.options = options
        dice = Dice(seed: options.seed)
        ratingHead = RatingHead(options: options)
        rankingHead = RankingHead(options: options)
    }

    /// What a user has done. Lent, because copying a long history costs more than reading it.
    package func withProfile<T>(of user: UInt32, _ body: (borrowing UserProfile) -> T) -> T {
        body(profiles[Int(user)])
    }

    /// A user's acts on items that are in memory, by item row.
    package func actsByRow(of user: UInt32) -> [UserProfile.Act] {
        let acts = profiles[Int(user)].acts
        if numbers.isPlain { return acts }
        return acts.compactMap { act in
            numbers.row(of: act.item).map { row in
                var act = act
                act.item = row
                return act
            }
        }
    }

    /// What a user has done with an item, if anything.
    package func act(of user: UInt32, on item: UInt32) -> UserProfile.Act? {
        profiles[Int(user)].act(on: numbers.number(of: item))
    }

    /// Where items are.
    var numbers: ItemNumbers { rankingHead.neighbours.numbers }

    /// Whether anybody did anything with the item yet; else only the catalog knows it.
    package func isSeen(_ item: UInt32) -> Bool { rankingHead.popularity.counts[Int(item)] > 0 }

    /// Steps of either head that were not taken, because they would have let something enormous, or no number, in.
    package var stepsRefused: UInt64 { ratingHead.stepsRefused + rankingHead.vectors.stepsRefused }

    /// Whether there is room for what this interaction would add. Mutating, because a model that is only lent is moved:
    /// two kilobytes an event.
    package mutating func hasRoom(for interaction: Interaction) -> Bool {
        (!usersAreFull || users.row(of: interaction.user) != nil)
            && (!itemsAreFull || items.row(of: interaction.item) != nil)
    }

    /// Learns one interaction. With `judges`, first looks up where its item stands in the user's list.
    /// The caller has asked `hasRoom`.
    package mutating func learn(
        _ interaction: Interaction, judges: Bool, recorder: inout StateRecorder
    ) -> Lesson {
        if judges { judge(interaction) }
        age += 1
        let user = row(ofUser: interaction.user, &recorder)
        let item = row(ofItem: interaction.item, &recorder)
        keep(user: user, &recorder)
        let act = UserProfile.Act(
            item: numbers.number(of: item), action: interaction.action, value: interaction.value,
            timestampMs: interaction.timestampMs, isPositive: options.isPositive(interaction))
        profiles[Int(user)].learnedAtAge = age
        let place = profiles[Int(user)].place(of: act.item)
        let isUpdate = place != nil
        if act.action == .impression {
            // An offer, and no act: it neither keeps the item from lists nor takes a place in the history.
            if options.headsLearn, !isUpdate {
                discourage(item, by: act, user: user, recorder: &recorder)
            }
            return Lesson(user: user, item: item, isUpdate: false, isTaken: false)
        }
        guard profiles[Int(user)].note(act, inPlaceOf: place) else {
            return Lesson(user: user, item: item, isUpdate: true, isTaken: false)
        }

        if options.headsLearn { teach(act, user: user, item: item, isUpdate: isUpdate, recorder: &recorder) }
        profiles[Int(user)].taste(catalog[item].genres, liking: act.liking)
        return Lesson(
            user: user, item: item, isUpdate: isUpdate, isTaken: options.actions.target(act) > 0)
    }

    private mutating func teach(
        _ act: UserProfile.Act, user: UInt32, item: UInt32, isUpdate: Bool, recorder: inout StateRecorder
    ) {
        if act.action == .rating {
            let expected = ratingHead.learn(
                user: user, item: item, rating: act.value, timestampMs: act.timestampMs, dice: &dice,
                recorder: &recorder)
            quality.note(rating: act.value, expected: expected)
            watch(rating: act.value, expected: expected)
        }
        if !isUpdate {
            rankingHead.learn(user: user, acts: actsByRow(of: user), dice: &dice, recorder: &recorder)
            if ItemTraits.isCold(rankingHead.popularity.counts[Int(item)]) { describeTraits(of: item) }
        }
        discourage(item, by: act, user: user, recorder: &recorder)
    }

    /// Takes in what the catalog says of an item; an item that nobody rated yet gets a row. `false` when there is
    /// no room for one.
    package mutating func describe(_ item: CatalogItem, recorder: inout StateRecorder) -> Bool {
        guard !itemsAreFull || items.row(of: item.item) != nil else { return false }
        age += 1
        let row = row(ofItem: item.item, &recorder)
        keep(item: row, &recorder)
        catalog.describe(row, as: item)
        describeTraits(of: row)
        return true
    }

    /// Brings what the catalog says into the row of the item's traits.
    func describeTraits(of item: UInt32) {
        ratingHead.traits.describe(
            item, as: catalog[item], count: rankingHead.popularity.counts[Int(item)])
    }

    /// Forgets a user's name, what the user did, and what was learned for that user alone. The row is left to the
    /// next new user.
    package mutating func forget(_ user: UInt32, recorder: inout StateRecorder) {
        age += 1
        clear(user, recorder: &recorder)
    }

    /// How often each item was acted on, by item row.
    package func scorePopular(on sheet: inout ScoreSheet) {
        let counts = rankingHead.popularity.counts
        sheet.fill(count: counts.count) { Float(counts[$0]) }
    }

    /// How much each item is wanted now, as a logarithm, by item row.
    package func scoreTrending(on sheet: inout ScoreSheet) {
        rankingHead.popularity.score(on: &sheet)
    }

    /// The rating expected from a user for an item at a time of the stream; unknown ones count as new.
    package func predictRating(user: UInt32?, item: UInt32?, timestampMs: Int64) -> Float {
        ratingHead.predict(user: user, item: item, timestampMs: timestampMs)
    }

    /// The score of every item for a user as of the user's last act, by item row; higher is better, comparable within
    /// one sheet.
    package func score(user: UInt32, on sheet: inout ScoreSheet) {
        rankingHead.score(
            user: user, acts: actsByRow(of: user), timestampMs: profiles[Int(user)].lastActiveMs,
            taste: ratingHead.taste(of: user), traits: ratingHead.traits, on: &sheet)
    }

    /// The score of everything that may stand on a user's list at a time of the stream: minus infinity for what the
    /// user has acted on. Without a user: what is wanted now, for everybody.
    package func scoreCandidates(
        user: UInt32?, by algorithm: Algorithm = .hybrid, timestampMs: Int64, on sheet: inout ScoreSheet
    ) {
        guard let user else { return scoreTrending(on: &sheet) }
        score(user: user, by: algorithm, timestampMs: timestampMs, on: &sheet)
        for act in actsByRow(of: user) { sheet.hide(act.item) }
    }

    /// Hides what nobody has acted on yet.
    package func hideUnseen(on sheet: inout ScoreSheet) {
        rankingHead.popularity.hideUnseen(on: &sheet)
    }

    /// The available items that follow `item`, best first; their weights compare within one call.
    package func neighbours(of item: UInt32) -> [(item: UInt32, weight: Float)] {
        let unavailable = catalog.unavailable
        return rankingHead.neighbours.heaviest(item).filter { !unavailable.contains($0.item) }
    }

    /// Another number whenever an item left memory or came back, or the catalog said something of one.
    package var itemsRevision: UInt64 { catalog.revision &+ items.removals }

    /// Where a positive's item stands among all items seen so far that the user has not yet acted on. Judged are
    /// users with an earlier positive, and items seen before.
    private mutating func judge(_ interaction: Interaction) {
        guard let user = users.row(of: interaction.user), let item = items.row(of: interaction.item),
            isSeen(item), profiles[Int(user)].acts.contains(where: \.isPositive),
            act(of: user, on: item) == nil
        else { return }
        let acts = actsByRow(of: user)
        rankingHead.score(
            user: user, acts: acts, timestampMs: interaction.timestampMs, taste: ratingHead.taste(of: user),
            traits: ratingHead.traits, on: &sheet)
        for act in acts { sheet.hide(act.item) }
        rankingHead.popularity.hideUnseen(on: &sheet)
        quality.note(rank: sheet.rank(of: item))
    }

    /// Watches whether people rate, or predictions miss, in another way than before.
    private mutating func watch(rating: Float, expected: Float) {
        let scale = ratingHead.scale
        errorDrift.note(Double(abs(rating - expected)) / scale.spread)
        let width = scale.highest - scale.lowest
        if width > 0 { ratingDrift.note(Double((rating - scale.lowest) / width)) }
    }

    /// Teaches the ranking head what an act says against an item, if it does.
    private mutating func discourage(
        _ item: UInt32, by act: UserProfile.Act, user: UInt32, recorder: inout StateRecorder
    ) {
        let weight = -options.actions[act]
        guard weight > 0 else { return }
        rankingHead.discourage(
            item, user: user, acts: actsByRow(of: user), timestampMs: act.timestampMs, weight: weight,
            dice: &dice, recorder: &recorder)
    }

    /// The user's row; a new user gets one, with random factors.
    private mutating func row(ofUser name: Identifier, _ recorder: inout StateRecorder) -> UInt32 {
        if let row = users.row(of: name) { return row }
        let row = addUser(name, &recorder)
        ratingHead.fillFactors(ofUser: row, dice: &dice)
        return row
    }

    /// Gives a name the next free row, or a new one, where all is as if nothing was ever learned.
    mutating func addUser(_ name: Identifier, _ recorder: inout StateRecorder) -> UInt32 {
        let row = users.nextRow
        if Int(row) < profiles.count {
            keep(user: row, &recorder)
            ratingHead.keepFactors(ofUser: row, &recorder)
        } else {
            profiles.append(UserProfile())
            ratingHead.addUser()
            rankingHead.addUser()
            recorder.added(.users, row)
            recorder.added(.userFactors, row)
        }
        return users.add(name)
    }

    /// The item's row; a new item gets one, with a number and random vectors.
    private mutating func row(ofItem name: Identifier, _ recorder: inout StateRecorder) -> UInt32 {
        if let row = items.row(of: name) { return row }
        let row = addItem(name, &recorder)
        rankingHead.neighbours.numbers.add(row)
        ratingHead.fillFactors(ofItem: row, dice: &dice)
        rankingHead.vectors.fill(item: row, dice: &dice)
        return row
    }

    /// Gives a name the next free row, or a new one, where all is as if nothing was ever learned; it has no number yet.
    mutating func addItem(_ name: Identifier, _ recorder: inout StateRecorder) -> UInt32 {
        let row = items.nextRow
        if Int(row) == items.rowCount {
            ratingHead.addItem()
            rankingHead.addItem(recorder: &recorder)
            recorder.added(.items, row)
            recorder.added(.itemFactors, row)
            recorder.added(.neighbours, row)
            recorder.added(.itemVectors, row)
        }
        return items.add(name)
    }
}
