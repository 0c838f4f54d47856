import Foundation
import Testing

@testable import Model

@Suite struct CurvesTests {
    @Test func logarithmsAgreeWithTheLibrary() {
        for exponent in stride(from: -60.0, to: 60, by: 0.37) {
            let x = Foundation.exp2(exponent)
            #expect(abs(Curves.log2(x) - Foundation.log2(x)) < 1e-9 * max(1, abs(exponent)))
        }
        #expect(Curves.log(1) == 0)
    }

    @Test func powersAgreeWithTheLibrary() {
        for x in stride(from: -300.0, to: 300, by: 0.913) {
            #expect(abs(Curves.exp2(x) / Foundation.exp2(x) - 1) < 1e-9)
        }
        #expect(Curves.exp2(-2_000) == 0)
        #expect(Curves.exp2(5_000).isFinite)
    }
}
