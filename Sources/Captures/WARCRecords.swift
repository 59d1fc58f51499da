import Hashing

/// Reads the records of a WARC that arrives in pieces, and computes the digests again that they state.
///
/// Cost:   O(bytes) with a head of a record in memory.
/// Fails:  never; what is wrong becomes a finding. After bytes that are no record nothing more can be told.
/// Source: ISO 28500:2017 (WARC 1.1), clauses 4 to 6.
struct WARCRecords {
  /// What a digest says, in bytes.
  private struct Stated {
    let digest: [UInt8]
    let running: StreamDigest
  }

  /// A record whose block is being read.
  private struct Open {
    var left: Int
    var block: Stated?
    var payload: Stated?
    /// The head of the HTTP message before the payload; nil where the payload has begun, or is the block.
    var message: [UInt8]?
    /// Whether the payload came in chunks, whose digest some programs take with and some without their marks.
    var isChunked = false
  }

  private enum Stage {
    case head, block
    /// Between records: how many of the four bytes were seen.
    case end(Int)
    /// No further record can be found.
    case lost
  }

  /// The longest head of a record, and of the HTTP message in it.
  private static let maximumHead = 1 << 16

  private let place: String
  private var stage = Stage.head
  private var head: [UInt8] = []
  private var current = Open(left: 0)
  private var number = 0

  /// - Parameter place: the file in a WACZ, for findings.
  init(in place: String) { self.place = place }

  private func finding(_ what: CaptureFinding.What) -> CaptureFinding {
    CaptureFinding(place: place, record: number, what: what)
  }

  /// Takes the next bytes.
  mutating func take(_ bytes: UnsafeRawBufferPointer, _ report: inout CaptureReport) {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch stage {
      case .lost: return
      case .head: takeHead(&rest, &report)
      case .block: takeBlock(&rest, &report)
      case .end(let seen): takeEnd(&rest, seen, &report)
      }
    }
  }

  /// The end of the file.
  mutating func finish(_ report: inout CaptureReport) {
    switch stage {
    case .lost: return
    case .head where head.isEmpty: return
    case .end(let seen) where seen == 4: return
    case .end: report.add(finding(.noEndOfRecord))
    case .head, .block: report.add(finding(.cutShort))
    }
  }

  // MARK: The head

  private mutating func takeHead(_ rest: inout Slice<UnsafeRawBufferPointer>, _ report: inout CaptureReport) {
    if head.isEmpty {
      number += 1
      report.records += 1
    }
    while let byte = rest.first {
      rest = rest.dropFirst()
      head.append(byte)
      if byte == 0x0a, head.suffix(4).elementsEqual([0x0d, 0x0a, 0x0d, 0x0a]) { return begin(&report) }
      // Anything but a record is recognised by its first line, before a wrong length can be followed.
      if byte == 0x0a, head.count < 32, !Self.isVersion(head) { return lose(.noRecord, &report) }
      if head.count > Self.maximumHead {
        return lose(head.starts(with: "WARC/".utf8) ? .headTooLong : .noRecord, &report)
      }
    }
  }

  private static func isVersion(_ line: [UInt8]) -> Bool {
    ["WARC/1.0\r\n", "WARC/1.1\r\n", "WARC/0.18\r\n", "WARC/0.17\r\n"].contains { line.starts(with: $0.utf8) }
      || line.starts(with: "WARC/1.".utf8)
  }

  private mutating func lose(_ what: CaptureFinding.What, _ report: inout CaptureReport) {
    report.add(finding(what))
    stage = .lost
  }

  private mutating func begin(_ report: inout CaptureReport) {
    guard Self.isVersion(head) else { return lose(.noRecord, &report) }
    let fields = Self.fields(head)
    head = []
    for name in ["warc-type", "warc-record-id", "warc-date"] where fields[name]?.isEmpty ?? true {
      report.add(finding(.fieldMissing(name)))
    }
    guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0 else {
      return lose(.fieldMissing("content-length"), &report)
    }
    current = Open(left: length)
    current.block = stated(fields["warc-block-digest"], &report)
    let type = fields["warc-type"]?.lowercased() ?? ""
    // The payload of a revisit is elsewhere, and a truncated one is not all here.
    if type != "revisit", fields["warc-truncated"] == nil, fields["warc-segment-number"] == nil {
      current.payload = stated(fields["warc-payload-digest"], &report)
    } else if fields["warc-payload-digest"] != nil {
      report.digestsUnchecked += 1
    }
    if fields["content-type"]?.lowercased().hasPrefix("application/http") == true { current.message = [] }
    stage = .block
    if length == 0 { finishBlock(&report) }
  }

  /// The fields of a head by their names in small letters; of a name that stands twice, the first.
  private static func fields(_ head: [UInt8]) -> [String: String] {
    var fields: [String: String] = [:]
    for line in head.split(separator: 0x0a).dropFirst() {
      guard let colon = line.firstIndex(of: 0x3a) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = line[line.index(after: colon)...].drop { $0 == 0x20 || $0 == 0x09 }
      var text = Array(value)
      while let last = text.last, last <= 0x20 { text.removeLast() }
      if fields[name] == nil { fields[name] = String(decoding: text, as: UTF8.self) }
    }
    return fields
  }

  /// A digest that can be computed again; nil where none is stated, or one of another kind.
  private func stated(_ text: String?, _ report: inout CaptureReport) -> Stated? {
    guard let text else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1)
    let algorithm: StreamDigest.Algorithm? =
      switch parts.first?.lowercased() {
      case "sha1", "sha-1": .sha1
      case "sha256", "sha-256": .sha256
      default: nil
      }
    guard parts.count == 2, let algorithm, let digest = DigestText.bytes(parts[1], algorithm) else {
      report.digestsUnchecked += 1
      return nil
    }
    return Stated(digest: digest, running: StreamDigest(algorithm))
  }

  // MARK: The block

  private mutating func takeBlock(_ rest: inout Slice<UnsafeRawBufferPointer>, _ report: inout CaptureReport) {
    let piece = rest.prefix(current.left)
    rest = rest.dropFirst(piece.count)
    current.left -= piece.count
    let bytes = UnsafeRawBufferPointer(rebasing: piece)
    current.block?.running.update(bytes)
    if current.payload != nil { takePayload(bytes) }
    if current.left == 0 { finishBlock(&report) }
  }

  private mutating func takePayload(_ bytes: UnsafeRawBufferPointer) {
    guard var message = current.message else {
      current.payload?.running.update(bytes)
      return
    }
    for (place, byte) in bytes.enumerated() {
      message.append(byte)
      let isEnd = byte == 0x0a && message.suffix(4).elementsEqual([0x0d, 0x0a, 0x0d, 0x0a])
      guard isEnd || message.count > Self.maximumHead else { continue }
      let fields = Self.fields(message)
      current.isChunked = fields["transfer-encoding"]?.lowercased().contains("chunked") == true
      current.message = nil
      current.payload?.running.update(UnsafeRawBufferPointer(rebasing: bytes[(place + 1)...]))
      return
    }
    current.message = message
  }

  private mutating func finishBlock(_ report: inout CaptureReport) {
    stage = .end(0)
    if let block = current.block {
      if block.running.finish() == block.digest {
        report.digestsAgreed += 1
      } else {
        report.add(finding(.blockDigestDiffers))
      }
    }
    if let payload = current.payload {
      if payload.running.finish() == payload.digest {
        report.digestsAgreed += 1
      } else if current.isChunked {
        report.digestsUnchecked += 1
      } else {
        report.add(finding(.payloadDigestDiffers))
      }
    }
  }

  // MARK: Between records

  private mutating func takeEnd(
    _ rest: inout Slice<UnsafeRawBufferPointer>, _ seen: Int, _ report: inout CaptureReport
  ) {
    guard let byte = rest.first else { return }
    if seen == 4 { return stage = .head }
    guard byte == [0x0d, 0x0a, 0x0d, 0x0a][seen] else { return lose(.noEndOfRecord, &report) }
    rest = rest.dropFirst()
    stage = .end(seen + 1)
  }
}

/// Digests as archives write them: in hexadecimal digits or in base 32.
enum DigestText {
  /// The bytes; nil for a text of another form or length.
  ///
  /// Source: RFC 4648, sections 6 and 8.
  static func bytes(_ text: some StringProtocol, _ algorithm: StreamDigest.Algorithm) -> [UInt8]? {
    let digits = Array(text.utf8)
    let length = algorithm == .sha1 ? 20 : 32
    if digits.count == 2 * length { return packed(digits, bits: 4, length, hexadecimal) }
    let bare = digits.prefix { $0 != 0x3d }
    return packed(Array(bare), bits: 5, length, base32)
  }

  private static func packed(_ digits: [UInt8], bits: Int, _ length: Int, _ value: (UInt8) -> UInt8?) -> [UInt8]? {
    guard digits.count == (8 * length + bits - 1) / bits else { return nil }
    var bytes: [UInt8] = []
    var (held, count) = (UInt32(0), 0)
    for digit in digits {
      guard let value = value(digit) else { return nil }
      held = held << UInt32(bits) | UInt32(value)
      count += bits
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(count)))
        held &= 1 << UInt32(count) - 1
      }
    }
    return bytes.count == length ? bytes : nil
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit | 0x20 {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: (digit | 0x20) - 0x57
    default: nil
    }
  }

  private static func base32(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x41...0x5a: digit - 0x41
    case 0x61...0x7a: digit - 0x61
    case 0x32...0x37: digit - 0x32 + 26
    default: nil
    }
  }
}
