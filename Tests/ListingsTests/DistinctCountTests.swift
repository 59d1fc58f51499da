import ListingsTestSupport
import Testing

@testable import Listings

/// Counting different numbers, and comparing bytes word by word, against the plain way.
@Suite struct DistinctCountTests {
  private func column(_ numbers: [UInt64]) -> BlockColumn<UInt64> {
    let column = BlockColumn<UInt64>()
    numbers.withUnsafeBufferPointer { column.append($0) }
    return column
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 1000, 70_000, 200_000]) func asManyAsASetHas(count: Int) {
    var dice = Dice(seed: UInt64(count))
    for kinds in [1, 3, 1000, UInt64.max] {
      let numbers = (0..<count).map { _ in UInt64.random(in: 0..<kinds, using: &dice) &* 0x9e37_79b9_7f4a_7c15 }
      let all = RowSet(allOf: count)
      #expect(DistinctCount.of(column(numbers), among: all) == Set(numbers).count)
      let some = RowSet((0..<count).filter { _ in Bool.random(using: &dice) }, of: count)
      #expect(DistinctCount.of(column(numbers), among: some) == Set(some.rows.map { numbers[$0] }).count)
    }
  }

  @Test func numbersOfOneGroupAreCountedToo() {
    // All in the group of zero: fingerprints may be crafted.
    let numbers = (0..<100_000).map { UInt64($0 / 3) }
    #expect(DistinctCount.of(column(numbers), among: RowSet(allOf: numbers.count)) == 33_334)
  }

  @Test func bytesAreEqualOnlyIfAllOfThemAre() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 1) }
      for place in 0...count {
        var other = bytes
        if place < count { other[place] ^= 1 }
        let isEqual = bytes.withUnsafeBytes { a in other.withUnsafeBytes { equal(a, $0) } }
        #expect(isEqual == (bytes == other), "\(count) bytes, \(place)")
      }
      #expect(!bytes.withUnsafeBytes { a in (bytes + [0]).withUnsafeBytes { equal(a, $0) } })
    }
  }

  @Test func aFingerprintIsThatOfTheBytesOneByOne() {
    func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let (high, low) = a.multipliedFullWidth(by: b)
      return high ^ low
    }
    func slow(_ bytes: [UInt8], _ seed: UInt64) -> UInt64 {
      var state = mix(seed ^ 0xa076_1d64_78bd_642f, UInt64(bytes.count) ^ 0xe703_7ed1_a0b4_28db)
      for start in stride(from: 0, to: bytes.count, by: 8) {
        let word = bytes[start..<min(start + 8, bytes.count)].enumerated().reduce(UInt64(0)) {
          $0 | UInt64($1.element) << UInt64(8 * $1.offset)
        }
        state = mix(state ^ word, start + 8 <= bytes.count ? 0x8ebc_6af0_9c88_c6e3 : 0x5899_65cc_7537_4cc3)
      }
      return mix(state, 0x1d8e_4e27_c47d_124f)
    }
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 91 + 200) }
      for seed in [0, 1, UInt64.max] {
        #expect(bytes.withUnsafeBytes { Fingerprint.of($0, seed: seed) } == slow(bytes, seed), "\(count) bytes")
      }
    }
  }

  @Test func foldingInPlaceIsFoldingByTheTable() {
    for text in ["", "Plain ASCII, 42!", "ÀÉ mixed", "ｶﾞ", "Z"] {
      var appended = Array("Before".utf8)
      Array(text.utf8).withUnsafeBytes { Folding.append($0, to: &appended) }
      #expect(appended == Array("Before".utf8) + Array(Folding.folded(text).utf8))
    }
    #expect(Folding.folded("Plain ASCII, 42!") == "plain ascii, 42!")
  }

  @Test func codesOfABatchAreThoseOfItsValuesOneByOne() {
    let texts = (0..<3_000).map { Array("seller \($0 * 7919 % 1_200)".utf8) }
    let kept = texts.map { text in
      let stored = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
      stored.copyBytes(from: text)
      return UnsafeRawBufferPointer(stored)
    }
    defer { for text in kept { text.deallocate() } }
    let (whole, single) = (ValueTable(), ValueTable())
    for batch in stride(from: 0, to: texts.count, by: 700) {
      var values = BatchValues()
      let range = batch..<min(batch + 700, texts.count)
      let local = range.map { values.code(for: kept[$0]) }
      let codes = whole.codes(of: values)
      #expect(codes[0] == 0)
      // The table meets new values in the order of the batch, as one lookup per row would.
      #expect(zip(local, range).allSatisfy { codes[Int($0)] == single.code(for: kept[$1]) })
    }
    #expect(whole.count == single.count)
    #expect((0..<whole.count).allSatisfy { whole.string(UInt32($0)) == single.string(UInt32($0)) })
  }
}
