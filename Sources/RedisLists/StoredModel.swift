/// What `reco:v1:model` says: `{"version":"…","writer":"…","generated_at":ms}`.
package struct StoredModel: Equatable, Sendable, Decodable {
    /// The version that is serving.
    package var version: String
    /// The mark of whoever wrote it first.
    package var writer: String
    package var generatedAtMs: Int64

    private enum CodingKeys: String, CodingKey {
        case version, writer
        case generatedAtMs = "generated_at"
    }

    /// Appends the JSON.
    static func encode(version: String, writer: String, generatedAtMs: Int64, into json: inout ByteBuffer) {
        json.append("{\"version\":")
        json.append(json: version)
        json.append(",\"writer\":")
        json.append(json: writer)
        json.append(",\"generated_at\":")
        json.append(decimal: generatedAtMs)
        json.append(UInt8(ascii: "}"))
    }
}
