import Fuzzing
import Glibc

enum ChosenTarget {
    /// The target that `FRESHET_FUZZ` names.
    static let target: FuzzTarget = {
        if let name = getenv("FRESHET_FUZZ"), let target = FuzzTarget(rawValue: String(cString: name)) {
            return target
        }
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        print("error: FRESHET_FUZZ must name one of \(names). Run 'make fuzz'.")
        exit(64)
    }()
}
