/// A parameter of any type.
protocol DeclaredParameter: Sendable {
    var form: ParameterForm { get }

    /// Reads what was given, in order. The parser has checked that it was given as often as the form says.
    func value(of texts: [String]) throws(Misreading) -> any Sendable
}
