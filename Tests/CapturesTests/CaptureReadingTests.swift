import CapturesTestSupport
import Foundation
import Testing

@testable import Captures

/// Web archives looked into: whole ones, and each thing that can be wrong.
@Suite struct CaptureReadingTests {
  private let folder = CaptureFolder()

  private func report(_ bytes: [UInt8], as expected: MediaType) throws -> CaptureReport {
    let path = folder.write("capture", bytes)
    let file = try LocalFile(path: path)
    let type = CaptureReading.mediaType(
      of: file.descriptor, size: file.size, beginning: Array(bytes.prefix(MediaType.beginningLength)))
    #expect(type == expected)
    return try #require(CaptureReading.report(on: file.descriptor, size: file.size, as: type))
  }

  private func wacz(_ files: [(name: String, bytes: [UInt8])]) throws -> CaptureReport {
    try report(InventedCapture.zip(files), as: .wacz)
  }

  @Test func wholeArchivesHaveNoFindings() throws {
    let plain = try report(InventedCapture.warc(), as: .warc)
    #expect(plain.isWhole && plain.records == 2 && plain.digestsAgreed == 3)
    let packed = try report(InventedCapture.packedWARC(), as: .packedWARC)
    #expect(packed.isWhole && packed.records == 2 && packed.digestsAgreed == 3)
    let wacz = try report(InventedCapture.wacz(), as: .wacz)
    #expect(wacz.isWhole && wacz.entries == 4 && wacz.records == 2 && wacz.digestsAgreed == 6, "\(wacz)")
    #expect(wacz.clause == "4 files, 2 WARC records, 6 digests computed again: whole")
  }

  @Test func aWrongBlockDigestIsFoundWhereverTheRecordIs() throws {
    for (bytes, type, place) in [
      (InventedCapture.warc(wrongBlockDigest: true), MediaType.warc, ""),
      (InventedCapture.packedWARC(wrongBlockDigest: true), .packedWARC, ""),
      (InventedCapture.wacz(wrongBlockDigest: true), .wacz, "archive/data.warc.gz"),
    ] {
      let found = try report(bytes, as: type)
      #expect(found.findings == [CaptureFinding(place: place, record: 2, what: .blockDigestDiffers)])
      #expect(found.clause.contains("record 2: its WARC-Block-Digest is not that of the block"))
    }
  }

  @Test func aChangedPayloadIsFound() throws {
    var bytes = InventedCapture.warc()
    let place = try #require(bytes.firstRange(of: Array("rings".utf8)))
    bytes[place.lowerBound] ^= 1
    #expect(try report(bytes, as: .warc).findings.map(\.what) == [.blockDigestDiffers, .payloadDigestDiffers])
  }

  @Test func aChunkedPayloadWithAnotherDigestIsNotCalledWrong() throws {
    let block = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nring\r\n0\r\n\r\n".utf8)
    let record = InventedCapture.record(
      "response", number: 1, contentType: "application/http", block: block, payload: Array("ring".utf8))
    let found = try report(record, as: .warc)
    #expect(found.isWhole && found.digestsUnchecked == 1 && found.digestsAgreed == 1)
  }

  @Test func aWARCThatIsCutOrIsNoneSaysSo() throws {
    let whole = InventedCapture.warc()
    for length in [whole.count - 1, whole.count - 4, whole.count - 30, 400, 40] {
      let found = try report(Array(whole.prefix(length)), as: .warc)
      #expect(!found.isWhole, "\(length)")
    }
    let second = InventedCapture.records()[0] + Array("GET / HTTP/1.1\r\n\r\n".utf8)
    #expect(try report(second, as: .warc).findings.map(\.what) == [.noRecord])
    let length = Array("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: -4\r\n\r\n".utf8)
    #expect(try report(length, as: .warc).findings.last?.what == .fieldMissing("content-length"))
    let endless = Array("WARC/1.1\r\n".utf8) + [UInt8](repeating: 0x61, count: 70_000)
    #expect(try report(endless, as: .warc).findings.map(\.what) == [.headTooLong])
  }

  @Test func anyBytesAtAllEndInFindings() throws {
    var generator = SeededNumbers(7)
    let whole = InventedCapture.wacz()
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: 4..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 1..<bytes.count - 8, using: &generator)) }
      let file = try LocalFile(path: folder.write("capture", bytes))
      _ = CaptureReading.mediaType(of: file.descriptor, size: file.size, beginning: Array(bytes.prefix(4096)))
      for type in [MediaType.wacz, .warc, .packedWARC] {
        _ = CaptureReading.report(on: file.descriptor, size: file.size, as: type)
      }
    }
  }

  // MARK: WACZ

  @Test func whatTheDescriptionSaysIsHeldAgainstTheFiles() throws {
    let files = InventedCapture.waczFiles()
    let description = InventedCapture.describing(files)
    #expect(try wacz(files).findings.map(\.what) == [.noDatapackage])
    #expect(try wacz([("datapackage.json", Array("{]".utf8))] + files).findings.first?.clause.contains("byte") == true)
    let surplus = try wacz(files + [("extra.txt", Array("x".utf8)), description])
    #expect(surplus.findings == [CaptureFinding(place: "extra.txt", record: nil, what: .unlisted)])
    let missing = try wacz(files.filter { $0.name != "pages/pages.jsonl" } + [description])
    #expect(missing.findings == [CaptureFinding(place: "pages/pages.jsonl", record: nil, what: .listedButMissing)])
    var changed = files
    changed[2].bytes.append(0x0a)
    #expect(try wacz(changed + [description]).findings.map(\.what) == [.sizeDiffers, .digestDiffers])
    let signed = Array("{\"path\": \"datapackage.json\", \"hash\": \"sha256:00\"}".utf8)
    #expect(
      try wacz(files + [description, ("datapackage-digest.json", signed)]).findings.map(\.what)
        == [.datapackageDigestDiffers])
  }

  @Test func namesThatLeadOutsideAndNamesThatStandTwiceAreTold() throws {
    let files = InventedCapture.waczFiles()
    let description = InventedCapture.describing(files)
    let bad = try wacz(files + [("../../etc/cron.d/x", [1]), ("/abs", [1]), ("pages/pages.jsonl", [1]), description])
    #expect(bad.findings.map(\.what).prefix(3) == [.unsafeName, .unsafeName, .namedTwice])
    let shown = try wacz(files + [("a\u{1B}[2J\u{202E}b", [1]), description])
    #expect(shown.findings.first?.place == "a[U+1B][2J[U+202E]b")
  }

  @Test func aBombIsNotUnpackedToItsEnd() throws {
    // One gzip member of 300 MB of zeros, in 300 kB: deflate codes of length 258, written here as bits.
    let bomb = Bomb.gzip(megabytes: 300)
    let files = [(name: "archive/data.warc.gz", bytes: bomb)]
    let found = try wacz(files + [InventedCapture.describing(files)])
    #expect(found.findings.contains { if case .noRecord = $0.what { true } else { false } })
    #expect(found.findings.contains { if case .tooLarge = $0.what { true } else { false } })
  }
}

/// Files for one test, removed with it.
final class CaptureFolder {
  let path = FileManager.default.temporaryDirectory.path + "/linsang-captures-" + UUID().uuidString

  init() { try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) -> String {
    let file = path + "/" + name
    _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
    return file
  }
}

/// The same numbers in every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// A compressed text that unpacks to far more than it is.
enum Bomb {
  /// Source: RFC 1951, section 3.2.6: fixed codes; length 258 is the code 285, 11000101, and distance 1 the code 00000.
  static func gzip(megabytes: Int) -> [UInt8] {
    var (out, bits, count): ([UInt8], UInt32, UInt32) = ([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], 0, 0)
    func put(_ value: UInt32, _ length: UInt32) {
      bits |= value << count
      count += length
      while count >= 8 {
        out.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
      }
    }
    put(1, 1)
    put(1, 2)
    // The literal 0 is the code 00110000, and codes begin with their highest bit.
    put(0b0000_1100, 8)
    for _ in 0..<(megabytes * 1_000_000 / 258) {
      put(0b1010_0011, 8)
      put(0, 5)
    }
    put(0, 7)
    put(0, 7)
    return out + [UInt8](repeating: 0, count: 8)
  }
}
