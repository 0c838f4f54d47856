extension Refusal {
    init(_ rule: Rule, _ reason: String) {
        self.init(rule: rule, reason: reason)
    }

    static var emptyValue: Refusal {
        Refusal(.emptyValue, "the record has no value: send the event as a JSON object")
    }
}
