/// Where a record that was sent with a tag stands in the log.
package struct PlacedRecord: Equatable, Sendable {
    package var tag: UInt32
    package var partition: Int32
    package var offset: Int64
}
