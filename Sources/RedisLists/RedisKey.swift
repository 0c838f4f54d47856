package import Events
package import Pipeline

/// The names of everything that readers find in Redis. Nothing else in the program spells a key.
///
/// A user's keys share the hash tag `{u:<user>}` and so stand on one node of a cluster. Ids are put in as they
/// are: a key is bytes, and no id can make one key look like another of a different kind.
package enum RedisKey: Hashable, Sendable {
    /// `SET … EX`: the user's list, as `ListEncoder` writes it.
    case top(Identifier)
    /// `HASH`: the user's features, as `ProfileField` names them.
    case profile(Identifier)
    /// `SET … EX`: a JSON array of the item's neighbours.
    case similar(Identifier)
    /// `SET … EX`: a JSON array, the list for people nobody knows yet.
    case fallback(FallbackName)
    /// `SET … EX`: the model that is serving, and the mark of who wrote it.
    case model

    /// What a key begins with, whatever it is.
    package static let prefix = "reco:v1:"
    /// The pattern of `SCAN` that finds every user's list.
    package static let topPattern = "reco:v1:{u:*}:top"

    /// What stands before the id, the id, and what stands after it.
    private var parts: (head: StaticString, id: String, tail: StaticString) {
        switch self {
        case .top(let user): ("reco:v1:{u:", user.text, "}:top")
        case .profile(let user): ("reco:v1:{u:", user.text, "}:profile")
        case .similar(let item): ("reco:v1:{i:", item.text, "}:similar")
        case .fallback(.popular): ("reco:v1:popular", "", "")
        case .fallback(.trending): ("reco:v1:trending", "", "")
        case .fallback(.genre(let genre)): ("reco:v1:genre:", genre, "")
        case .model: ("reco:v1:model", "", "")
        }
    }

    /// The key as text.
    package var text: String {
        let (head, id, tail) = parts
        return "\(head)\(id)\(tail)"
    }

    /// Adds the key to a pipeline as one word of a command; allocates nothing.
    func appendWord(to pipeline: inout ByteBuffer) {
        let (head, id, tail) = parts
        pipeline.appendWordHeader(byteCount: head.utf8CodeUnitCount + id.utf8.count + tail.utf8CodeUnitCount)
        pipeline.append(head)
        pipeline.append(id)
        pipeline.append(tail)
        pipeline.append("\r\n")
    }

    /// The user whose list has this key; `nil` for any other key.
    package static func user(ofTop key: [UInt8]) -> Identifier? {
        let (head, tail) = ("reco:v1:{u:", "}:top")
        guard key.count > head.utf8.count + tail.utf8.count, key.starts(with: head.utf8),
            key.suffix(tail.utf8.count).elementsEqual(tail.utf8)
        else { return nil }
        return key[head.utf8.count..<(key.count - tail.utf8.count)].withUnsafeBytes(Identifier.init(copying:))
    }
}
