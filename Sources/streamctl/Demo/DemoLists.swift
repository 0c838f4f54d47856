import Events
import Model
import RedisLists

/// What a front end finds in Redis when the demo is over, held against what the model knows.
struct DemoLists {
    private(set) var byUser: [Identifier: StoredList] = [:]
    /// Lists that hold an item which their user rated.
    private(set) var withRated = 0

    init(from address: RedisAddress, model: borrowing Model) throws(CommandFailure) {
        var reader = RedisReader(from: address)
        do throws(RedisError) {
            for row in 0..<UInt32(model.users.count) {
                let user = model.users.name(of: row)
                guard let list = try reader.list(of: user) else { continue }
                byUser[user] = list
                let rated = Set(model.actsByRow(of: row).map { model.items.name(of: $0.item).text })
                if list.items.contains(where: { rated.contains($0.id) }) { withRated += 1 }
            }
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }
}
