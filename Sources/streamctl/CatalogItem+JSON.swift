import Events

extension CatalogItem {
    /// The body of its event in `catalog.v1`.
    var json: JSON {
        [
            "item_id": .text(item.text), "title": .text(title), "genres": .list(genres.map(JSON.text)),
            "year": year.map(JSON.whole) ?? .null, "available": .flag(available),
        ]
    }
}
