/// One entry of `kafka.properties`: any text, if Freshet does not keep the property for itself. What the
/// names mean and which values they take, librdkafka checks when the client starts.
struct PropertyValue {
    let name: String

    func read(_ text: String) throws(Fault) -> String {
        let isPlain = name.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0.value < 0x7F }
        guard isPlain, (1...200).contains(name.utf8.count) else {
            throw Fault(
                "is not a name that librdkafka could know",
                mend: "Write a property's native name, such as client.id.")
        }
        guard !text.unicodeScalars.contains("\0") else {
            throw Fault("contains a NUL character", mend: "Remove it.")
        }
        if let fault = OwnedProperty.all.first(where: { $0.name == name })?.fault(for: text) { throw fault }
        return text
    }
}
