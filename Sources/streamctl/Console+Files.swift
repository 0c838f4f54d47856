import RatingFiles

extension Console {
    /// What was read of each file; names every one that cannot be read before it throws.
    func readEach<File>(
        _ paths: [String], _ read: (String) throws(RatingFileError) -> File
    ) throws(CommandFailure) -> [File] {
        var files: [File] = []
        var problems: [RatingFileError] = []
        for path in paths {
            do throws(RatingFileError) {
                files.append(try read(path))
            } catch {
                problems.append(error)
            }
        }
        guard let last = problems.popLast() else { return files }
        for problem in problems { diagnostics.print("error: \(problem).") }
        throw CommandFailure(.failed, "\(last).")
    }
}
