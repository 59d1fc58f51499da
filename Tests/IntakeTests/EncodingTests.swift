import Glibc
@testable import Intake
import Listings
import ListingsTestSupport
import Testing

@Suite struct EncodingTests {
  private static let wide: [TextEncoding] = [.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian]

  private func find(_ bytes: [UInt8], chosen: TextEncoding? = nil) -> EncodingFinding {
    bytes.withUnsafeBytes { EncodingDetection.find(in: $0, chosen: chosen) }
  }

  @Test func fortyTitlesAreEnoughToBeRightAndSure() {
    for (encoding, titles) in InventedAdverts.titles {
      let finding = find(InventedAdverts.encoded(InventedAdverts.table(titles, rows: 40), encoding))
      #expect(finding.encoding == encoding, "\(encoding): \(finding.sentence)")
      #expect(finding.confidence != .unsure, "\(encoding): \(finding.sentence)")
    }
  }

  @Test func threeTitlesAreRightOrUnsure() {
    for (encoding, titles) in InventedAdverts.titles {
      for start in 0..<titles.count - 2 {
        let text = InventedAdverts.table(Array(titles[start..<start + 3]), rows: 3)
        let finding = find(InventedAdverts.encoded(text, encoding))
        #expect(finding.encoding == encoding || finding.confidence == .unsure, "\(encoding): \(finding.sentence)")
      }
    }
  }

  /// Prints which encoding each text is taken for, with LINSANG_PRINT_ENCODINGS=1.
  @Test(.enabled(if: getenv("LINSANG_PRINT_ENCODINGS") != nil, "prints; on demand"))
  func theScoresOfEveryEncoding() {
    for (encoding, titles) in InventedAdverts.titles {
      for rows in [1, 3, 40] {
        let bytes = InventedAdverts.encoded(InventedAdverts.table(titles, rows: rows), encoding)
        let sample = bytes.withUnsafeBytes { TextSample($0).linesBeyondASCII(limit: 1 << 16) }
        let scores = LegacyDetection.scores(of: sample).map { "\($0.encoding.rawValue) \(Int($0.mean * 100))" }
        print(encoding.rawValue, rows, find(bytes).confidence, scores.joined(separator: ", "))
      }
    }
  }

  @Test func textInAnyEncodingIsReadAsItWasWritten() throws {
    for (encoding, titles) in InventedAdverts.titles {
      let bytes = InventedAdverts.encoded(InventedAdverts.table(titles, rows: 40), encoding)
      let (dataset, problems) = try DatasetOpening.open(bytes)
      #expect(problems.isEmpty, "\(encoding): \(problems.kept)")
      #expect(
        (0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == (0..<40).map { titles[$0 % titles.count] })
      let reader = dataset.sources[0].reader
      #expect(Array(reader.originalBytes) == bytes)
      #expect(reader.conversions.map(\.kind) == [.decoded])
      #expect(reader.conversions[0].sentence.hasPrefix("decoded from \(encoding.rawValue) ("))
      #expect(dataset.rowsWithAnotherKey.isEmpty)
    }
  }

  @Test func wideTextIsReadWithAndWithoutAMark() throws {
    for encoding in Self.wide {
      for (_, titles) in InventedAdverts.titles {
        let text = InventedAdverts.table(titles, rows: 8)
        for mark in ["", "\u{FEFF}"] {
          let (dataset, problems) = try DatasetOpening.open(InventedAdverts.encoded(mark + text, encoding))
          #expect(problems.isEmpty, "\(encoding) \(mark.isEmpty): \(problems.kept)")
          try #require(dataset.rowCount == 8)
          #expect(dataset.text(of: .title, at: 7) == titles[7], "\(encoding)")
        }
      }
    }
  }

  @Test func utf8IsReadWhereItStands() throws {
    for text in ["title\n象牙\n", "\u{FEFF}title\n玉\n", "title\nivory\n"] {
      let (dataset, problems) = try DatasetOpening.open(text: text)
      let reader = dataset.sources[0].reader
      #expect(problems.isEmpty)
      #expect(reader.conversions.isEmpty)
      #expect(reader.bytes.baseAddress == reader.originalBytes.baseAddress)
    }
  }

  @Test func theChosenEncodingOverrules() throws {
    let bytes = InventedAdverts.encoded("title\nПродам\n", .windows1251)
    #expect(find(bytes, chosen: .gb18030).encoding == .gb18030)
    #expect(find(bytes, chosen: .windows1251).confidence == .sure)
    for name in ["gbk", "GB2312", "cp936"] { #expect(TextEncoding(named: name) == .gb18030) }
    for name in ["Shift-JIS", "sjis"] { #expect(TextEncoding(named: name) == .shiftJIS) }
    #expect(TextEncoding(named: "utf8") == .utf8)
    #expect(TextEncoding(named: "klingon") == nil)
  }

  @Test func bytesThatAreNoCharacterBecomeMarksAndAreCountedPerListing() throws {
    let titles = InventedAdverts.titles[0].titles
    var bytes = InventedAdverts.encoded(InventedAdverts.table(titles, rows: 40), .gb18030)
    bytes += Array("40,".utf8) + [0xFF] + Array("ivory".utf8) + [0xFF] + Array(",5\n41,ok,6\n".utf8)
    let (dataset, problems) = try DatasetOpening.open(bytes)
    #expect(dataset.rowCount == 42)
    #expect(dataset.text(of: .title, at: 40) == "\u{FFFD}ivory\u{FFFD}")
    #expect(problems.kept.map(\.what) == [.undecodable(.gb18030)])
    #expect(problems.kept.map(\.row) == [40])
    #expect(problems.kept.map(\.line) == [42])
  }

  @Test func aFewBadBytesDoNotMakeUTF8AnythingElse() throws {
    let bytes = Array(InventedAdverts.table(InventedAdverts.titles[0].titles, rows: 40).utf8) + [0xE9, 0x0A]
    #expect(find(bytes).encoding == .utf8)
    #expect(find(bytes).confidence == .likely)
  }

  @Test func anyBytesAreJudgedWithoutHarm() {
    var random = Dice(seed: 7)
    for round in 0..<60 {
      var bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      if round % 3 == 0 { bytes = bytes.filter { $0 >= 0x20 } }
      let finding = find(bytes)
      let text = bytes.withUnsafeBytes { TextDecoding.text($0, finding.encoding) }
      #expect(text.map { TextCheck.flags(of: $0.utf8) & TextCheck.invalidUTF8 } ?? 0 == 0)
    }
  }
}
