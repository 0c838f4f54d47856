/// What was given to a command, read and checked.
struct Arguments: Sendable {
    private let values: [String: any Sendable]

    /// Reads what was given to each parameter, in the order in which the command declares them.
    init(_ texts: [String: [String]], of parameters: [any DeclaredParameter], path: String) throws(UsageError)
    {
        var values: [String: any Sendable] = [:]
        for parameter in parameters {
            do throws(Misreading) {
                values[parameter.form.name] = try parameter.value(of: texts[parameter.form.name] ?? [])
            } catch {
                let given = Misreading.shown(error.text)
                throw UsageError(
                    problem: "\(parameter.form.shown) cannot be \(given): write \(error.expects).", path: path
                )
            }
        }
        self.values = values
    }

    subscript<Value>(parameter: Parameter<Value>) -> Value {
        guard let value = values[parameter.form.name] as? Value else {
            preconditionFailure("the command does not declare \(parameter.form.shown)")
        }
        return value
    }
}
