extension RatingFormat {
    /// How many lines may be bad before the first one that shows the shape of a file without a header.
    private static let linesMax = 32
    /// A number beyond this is no rating: the file is `user,item,timestamp`.
    private static let ratingMax: Float = 100_000_000

    /// Tells the format from the beginning of a file: by a header that names the columns, else by the shape of the
    /// first rows; `nil` where neither fits.
    ///
    /// - Parameters:
    ///   - head: the last line counts only if its line feed is there.
    ///   - actions: tell a column of actions by what stands in it.
    static func recognise(
        _ head: UnsafeBufferPointer<UInt8>, actions: ActionNames = ActionNames()
    ) -> RatingFormat? {
        let lines = head.split(separator: 10, maxSplits: linesMax, omittingEmptySubsequences: false)
            .dropLast()
            .map { UnsafeBufferPointer(rebasing: $0) }
            .filter { !LineReading.isBlank($0) }
        guard let first = lines.first else { return nil }
        for separator in Separator.allCases {
            if let format = headed(first, separator) { return format }
        }
        for (index, line) in lines.enumerated() {
            for separator in Separator.allCases where separator != .bar {
                if let format = headerless(line, separator, actions) { return format }
            }
            // An unknown header must not be passed over as a bad row: the columns could mean anything.
            if index == 0, looksLikeHeader(line) { return nil }
        }
        return nil
    }

    private static func headed(_ line: UnsafeBufferPointer<UInt8>, _ separator: Separator) -> RatingFormat? {
        var splitter = FieldSplitter(separator)
        guard let count = splitter.split(line), (2...FieldSplitter.fieldsMax).contains(count) else {
            return nil
        }
        let names = splitter.fields.map { HeaderName(line[$0.start..<$0.end]) }
        func column(_ meaning: HeaderName.Meaning) -> Int? {
            let found = names.indices.filter { names[$0].meaning == meaning }
            return found.count == 1 ? found.first : nil
        }
        guard let user = column(.user), let item = column(.item) else { return nil }
        let columns = Columns(
            user: user, item: item, rating: column(.rating), action: column(.action),
            timestamp: column(.timestamp) ?? column(.date), count: count)
        let family: Family
        if names[user].isTyped {
            family = .recBole
        } else if columns.rating == nil || columns.action != nil {
            family = .headedFeedback
        } else if let rating = columns.rating, names[rating].text == "bookrating" {
            family = .bookCrossing
        } else if names.map(\.text) == ["userid", "movieid", "rating", "timestamp"] {
            family = .movieLensCSV
        } else {
            family = .headed
        }
        return RatingFormat(family: family, separator: separator, columns: columns, hasHeader: true)
    }

    private static func headerless(
        _ line: UnsafeBufferPointer<UInt8>, _ separator: Separator, _ actions: ActionNames
    ) -> RatingFormat? {
        var splitter = FieldSplitter(separator)
        guard let count = splitter.split(line), count == 3 || count == 4 else { return nil }
        let fields = splitter.fields.map { UnsafeBufferPointer(rebasing: line[$0.start..<$0.end]) }
        guard !fields[0].isEmpty, !fields[1].isEmpty else { return nil }
        var columns = Columns(user: 0, item: 1, timestamp: count == 4 ? 3 : nil, count: count)
        if let rating = DecimalField.float(fields[2]), rating.magnitude < ratingMax {
            columns.rating = 2
        } else if actions.action(fields[2]) != nil {
            columns.action = 2
        } else if count == 3, fault(ofTime: fields[2]) == nil {
            columns.timestamp = 2
        } else {
            return nil
        }
        if count == 4, fault(ofTime: fields[3]) == .timestampNotATime { return nil }
        let family: Family =
            switch separator {
            case _ where columns.rating == nil: .headerlessFeedback
            case .tab where count == 4: .movieLensTab
            case .doubleColon where count == 4: .movieLensDoubleColon
            default: .headerless
            }
        return RatingFormat(family: family, separator: separator, columns: columns, hasHeader: false)
    }

    private static func fault(ofTime text: UnsafeBufferPointer<UInt8>) -> RowFault? {
        do throws(RowFault) {
            _ = try TimestampField.parse(text)
            return nil
        } catch {
            return error
        }
    }

    /// Whether nothing in the line is a number, however it is divided.
    private static func looksLikeHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        Separator.allCases.allSatisfy { separator in
            var splitter = FieldSplitter(separator)
            guard splitter.split(line) != nil else { return true }
            return splitter.fields.allSatisfy {
                DecimalField.double(UnsafeBufferPointer(rebasing: line[$0.start..<$0.end])) == nil
            }
        }
    }
}
