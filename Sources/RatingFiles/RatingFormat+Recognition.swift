extension RatingFormat {
    /// How many lines may be bad before the first one that shows the shape of a file without a header.
    private static let linesMax = 32

    /// Tells the format from the beginning of a file: by a header that names the columns, else by the shape of the
    /// first rows; `nil` where neither fits.
    ///
    /// - Parameter head: the last line counts only if its line feed is there.
    static func recognise(_ head: UnsafeBufferPointer<UInt8>) -> RatingFormat? {
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
                if let format = headerless(line, separator) { return format }
            }
            // An unknown header must not be passed over as a bad row: the columns could mean anything.
            if index == 0, looksLikeHeader(line) { return nil }
        }
        return nil
    }

    private static func headed(_ line: UnsafeBufferPointer<UInt8>, _ separator: Separator) -> RatingFormat? {
        var splitter = FieldSplitter(separator)
        guard let count = splitter.split(line), (3...FieldSplitter.fieldsMax).contains(count) else {
            return nil
        }
        let names = splitter.fields.map { HeaderName(line[$0.start..<$0.end]) }
        func column(_ meaning: HeaderName.Meaning) -> Int? {
            let found = names.indices.filter { names[$0].meaning == meaning }
            return found.count == 1 ? found.first : nil
        }
        guard let user = column(.user), let item = column(.item), let rating = column(.rating) else {
            return nil
        }
        let family: Family
        if names[user].isTyped {
            family = .recBole
        } else if names[rating].text == "bookrating" {
            family = .bookCrossing
        } else if names.map(\.text) == ["userid", "movieid", "rating", "timestamp"] {
            family = .movieLensCSV
        } else {
            family = .headed
        }
        let columns = Columns(
            user: user, item: item, rating: rating, timestamp: column(.timestamp), count: count)
        return RatingFormat(family: family, separator: separator, columns: columns, hasHeader: true)
    }

    private static func headerless(_ line: UnsafeBufferPointer<UInt8>, _ separator: Separator)
        -> RatingFormat?
    {
        var splitter = FieldSplitter(separator)
        guard let count = splitter.split(line), count == 3 || count == 4 else { return nil }
        let fields = splitter.fields.map { UnsafeBufferPointer(rebasing: line[$0.start..<$0.end]) }
        // A rating beyond this is an epoch time: the file is `user,item,timestamp`.
        let ratingMax: Float = 100_000_000
        guard !fields[0].isEmpty, !fields[1].isEmpty, let rating = DecimalField.float(fields[2]),
            rating.magnitude < ratingMax
        else { return nil }
        if count == 4 {
            do throws(RowFault) {
                _ = try TimestampField.parse(fields[3])
            } catch {
                if error == .timestampNotATime { return nil }
            }
        }
        let family: Family =
            switch separator {
            case .tab where count == 4: .movieLensTab
            case .doubleColon where count == 4: .movieLensDoubleColon
            default: .headerless
            }
        let columns = Columns(user: 0, item: 1, rating: 2, timestamp: count == 4 ? 3 : nil, count: count)
        return RatingFormat(family: family, separator: separator, columns: columns, hasHeader: false)
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
