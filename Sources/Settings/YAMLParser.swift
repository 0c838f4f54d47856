import CYAML

/// libyaml's parser over bytes that outlive it. The parser owns its buffers; an event is ours and must be
/// deleted, which `withNext` does.
struct YAMLParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// `nil` only when memory is gone.
    init?(reading bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Lends the next event; returns `nil` when the text is not YAML, and then `failure` says why.
    func withNext<Answer>(_ body: (yaml_event_t) throws(YAMLBuilder.Stop) -> Answer) throws(YAMLBuilder.Stop)
        -> Answer?
    {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { return nil }
        defer { yaml_event_delete(&event) }
        return try body(event)
    }

    /// What libyaml said about the text, and where it stopped: the line (from 0), or for ill-formed
    /// characters the byte.
    var failure: (problem: String, line: Int?, byte: Int) {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "memory is short"
        let context = parser.pointee.context.map { " \(String(cString: $0))" } ?? ""
        let isUnreadable = parser.pointee.error == YAML_READER_ERROR
        return (
            problem + context, isUnreadable ? nil : Int(parser.pointee.problem_mark.line),
            Int(parser.pointee.problem_offset)
        )
    }
}
