import Testing

@testable import Events

/// Made by OpenSSL 3.0: `openssl mac -macopt hexkey:000102…0f -macopt c-rounds:1 -macopt d-rounds:3 SipHash`
/// over the bytes 00 01 02 …, with `size:8` and `size:16`.
@Test(
    arguments: [
        (0, 0xabac_0158_050f_c4dc, 0x0130_30dd_6adb_62fd, 0xbea5_8827_b2bc_7ee7),
        (1, 0xc9f4_9bf3_7d57_ca93, 0x63f0_2f2b_cc73_055e, 0xa8ed_d360_0437_6ffc),
        (7, 0xd392_7d98_9bb1_1140, 0x77ab_4808_c82e_2fa6, 0xc3e0_aaf2_23b9_8410),
        (8, 0x3690_9511_8d29_9a8e, 0x99c7_f935_ab16_4f72, 0xb4da_e3d5_e1fe_12aa),
        (9, 0x25a4_8eb3_6c06_3de4, 0x427c_1394_000e_72f4, 0x9439_f32c_04b8_dd81),
        (15, 0xd320_d86d_2a51_9956, 0x0901_7e1e_eccd_2129, 0x6c52_bdb2_0555_7ec1),
        (16, 0xcc4f_dd1a_7d90_8b66, 0x9317_9e3d_f8b0_13b5, 0xeb8e_5115_57d9_a8d0),
        (17, 0x9cf2_6890_63db_d80c, 0xecf7_bdfe_e812_5197, 0x8d66_bb3f_f926_4123),
        (64, 0xf179_97ec_4b4a_6065, 0xc266_6aba_59a7_c84e, 0x36a5_4a4b_f2de_5312),
        (300, 0x4016_a23b_da5a_2224, 0x2b57_cd73_cf9d_8119, 0x17c5_6127_d6ea_6531),
    ] as [(Int, UInt64, UInt64, UInt64)])
func agreesWithOpenSSL(count: Int, short: UInt64, high: UInt64, low: UInt64) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    bytes.withUnsafeBytes { bytes in
        #expect(SipHash.hash64(bytes) == short)
        #expect(SipHash.hash128(bytes).high == high)
        #expect(SipHash.hash128(bytes).low == low)
    }
}
