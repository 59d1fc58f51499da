import Testing

@testable import Listings

struct DistinctValueTests {
  private func code(of text: String, in table: ValueTable) -> UInt32 {
    var text = text
    return text.withUTF8 { table.code(for: UnsafeRawBufferPointer($0)) }
  }

  @Test func everyValueKeepsItsCodeAndItsBytes() {
    let table = ValueTable()
    for round in 0..<2 {
      for number in 0..<5_000 {
        #expect(code(of: "seller \(number)", in: table) == UInt32(number + 1), "round \(round)")
      }
    }
    #expect(table.count == 5_001)
    #expect(table.string(1) == "seller 0")
    #expect(table.string(5_000) == "seller 4999")
    #expect(table.string(0) == "")
  }

  @Test func noBytesAreTheMissingValue() {
    let table = ValueTable()
    #expect(code(of: "", in: table) == 0)
    #expect(table.count == 1)
  }

  @Test func valuesOfASlotAreComparedByTheirBytes() {
    // 5,000 values in 256 slots meet each other in the table, and prefixes of each other are different values.
    let table = ValueTable()
    let values = (0..<300).map { String(repeating: "a", count: $0 + 1) }
    let codes = values.map { code(of: $0, in: table) }
    #expect(Set(codes).count == values.count)
    #expect(zip(codes, values).allSatisfy { table.string($0) == $1 })
  }

  @Test func aHugeValueIsKeptWhole() {
    let table = ValueTable()
    let huge = String(repeating: "象", count: 1_000_000)
    let first = code(of: huge, in: table)
    let second = code(of: huge + "牙", in: table)
    #expect(first != second)
    #expect(table.string(first) == huge)
    #expect(code(of: huge, in: table) == first)
  }

  @Test func aBatchCountsItsOwnValues() {
    var values = BatchValues()
    let texts = (0..<2_000).map { Array("value \($0 % 700)".utf8) }
    var codes: [UInt32] = []
    for text in texts {
      // Kept for the test's end, as the batch only remembers where a value stands.
      let stored = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
      stored.copyBytes(from: text)
      codes.append(values.code(for: UnsafeRawBufferPointer(stored)))
    }
    #expect(values.count == 701)
    #expect(zip(codes, texts).allSatisfy { Array(values.bytes(Int($0))) == $1 })
    #expect(values.code(for: UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
    #expect(codes[0] == codes[700])
  }

  @Test(arguments: [
    ("", []), ("Manis javanica", ["Manis javanica"]),
    ("Manis javanica; Python regius", ["Manis javanica", "Python regius"]),
    ("a|b；c", ["a", "b", "c"]), ("a;;a; a ;b", ["a", "b"]), (" ; | ", []),
    ("['Manis javanica', 'Python regius']", ["Manis javanica", "Python regius"]),
    ("[\"Manis javanica\"]", ["Manis javanica"]), ("[]", []),
    ("Loxodonta africana, adult", ["Loxodonta africana, adult"]),
    ("[a; b, c]", ["a", "b", "c"]), ("[", ["["]), ("穿山甲；象", ["穿山甲", "象"]),
  ])
  func aCellIsSplitIntoItsValues(cell: String, values: [String]) {
    #expect(ValueLists.split(cell) == values)
  }

  @Test func fingerprintsDependOnEveryByteAndTheLength() {
    func fingerprint(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { Fingerprint.of($0) } }
    for length in 0..<40 {
      let bytes = (0..<length).map { UInt8($0) }
      let whole = fingerprint(bytes)
      #expect(fingerprint(bytes) == whole)
      #expect(fingerprint(bytes + [0]) != whole)
      for place in bytes.indices {
        var other = bytes
        other[place] ^= 0x80
        #expect(fingerprint(other) != whole, "byte \(place) of \(length)")
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (1, "0.0001"), (10_000, "1"), (125_000, "12.5"), (12_005_000, "1200.5"), (-5_000, "-0.5"),
    (-1, "-0.0001"),
    (30_000_000, "3000"), (Int64.max, "922337203685477.5807"), (Int64.min + 1, "-922337203685477.5807"),
  ])
  func anAmountIsWrittenExactly(tenThousandths: Int64, text: String) {
    #expect(Amount(tenThousandths: tenThousandths).description == text)
  }
}
