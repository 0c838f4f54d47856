package import Events

/// What was found in one file of items: `rowsRead = items.count + refusals.total`, always.
package struct MovieCatalog: Equatable, Sendable {
    /// As it was given; `-` is standard input.
    package var path: String
    package var format: CatalogFormat
    /// In the order of the file; an item that is described twice stands here twice, and the later one holds.
    package var items: [CatalogItem]
    /// Lines that are neither blank nor the header.
    package var rowsRead: Int
    package var refusals: Refusals
}
