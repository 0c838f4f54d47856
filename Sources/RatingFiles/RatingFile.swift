package import Events

/// What was found in one rating file: `rowsRead = rowsDecoded + rowsOutside + refusals.total`, always.
package struct RatingFile: Equatable, Sendable {
    /// As it was given; `-` is standard input.
    package var path: String
    package var format: RatingFormat
    /// Lines that are neither blank nor the header.
    package var rowsRead: Int
    /// Rows that are now in the table.
    package var rowsDecoded: Int
    /// Sound rows outside the wanted times.
    package var rowsOutside: Int
    package var refusals: Refusals
    /// As they stand in the file: packed bytes for gzip.
    package var bytes: Int
    /// What its rows were taken for, where it does not say itself.
    package var assumedAction: Action?
    /// Whether the file has no times, so that they were made: one second a row from 2000-01-01T00:00:00Z.
    package var timestampsMadeUp: Bool
}
