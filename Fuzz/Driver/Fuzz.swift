import Fuzzing

/// What libFuzzer's main loop calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    ChosenTarget.target.run(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
