internal import CSimdjson

/// The fields of items.
extension EventDecoder {
    func catalogItem(_ fields: JSONObject) throws(Refusal) -> CatalogItem {
        // Where an item is the whole message, its id is what people call `id`.
        let item = try identifier(fields[FRESHET_JSON_ITEM] ?? fields[FRESHET_JSON_ID], .item)
        var described = CatalogItem(item: item)
        if let title = fields[FRESHET_JSON_TITLE] {
            described.title = try usable(
                title.shortText, "title", "a string of at most \(FieldRules.textBytesMax) bytes")
        }
        if let genres = fields[FRESHET_JSON_GENRES] {
            described.genres = try usable(
                genres.shortTexts(max: FieldRules.genresMax), "genres",
                "an array of at most \(FieldRules.genresMax) short strings")
        }
        if let people = fields[FRESHET_JSON_PEOPLE] {
            described.people = try usable(
                people.shortTexts(max: FieldRules.peopleMax), "people",
                "an array of at most \(FieldRules.peopleMax) short strings")
        }
        if let year = fields[FRESHET_JSON_YEAR] {
            let isYear =
                year.kind == FRESHET_JSON_INTEGER && year.is_whole != 0 && (0...9999).contains(year.whole)
            described.year = try usable(
                isYear ? Int(year.whole) : nil, "year", "a whole number from 0 to 9999")
        }
        if let available = fields[FRESHET_JSON_AVAILABLE] {
            let isFlag = available.kind == FRESHET_JSON_TRUE || available.kind == FRESHET_JSON_FALSE
            described.available = try usable(
                isFlag ? available.kind == FRESHET_JSON_TRUE : nil, "available", "true or false")
        }
        return described
    }

    private func usable<Value>(_ value: Value?, _ name: String, _ form: String) throws(Refusal) -> Value {
        guard let value else {
            throw Refusal(
                .invalidField, "\(name) of the item is not as agreed: send \(form), or leave it out")
        }
        return value
    }
}
