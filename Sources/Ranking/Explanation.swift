package import Model

/// Why a list is as it is.
package struct Explanation: Sendable {
    package struct Item: Sendable {
        package var row: UInt32
        package var entry: TopList.Entry
        /// In the order of `algorithm.parts`; they add up to the score, but for rounding.
        package var parts: [Float]
        /// Where it would stand if nothing was diversified, from 0.
        package var place: Int
    }

    /// The one that made the list: for somebody who has done nothing yet it is `popular`, whatever was asked for.
    package var algorithm: Algorithm
    package var items: [Item]
    /// What could not be listed, each item under the first reason that holds; in the order of `Omission.Reason`.
    package var omissions: [Omission]
}
