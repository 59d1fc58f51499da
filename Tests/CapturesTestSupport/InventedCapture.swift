import Hashing

/// Web archives of an invented page, and the containers they come in, made here byte by byte.
package enum InventedCapture {
  package static let address = "https://bazaar.example/item/771001"
  package static let page =
    "<!doctype html><html><head><title>Ring</title></head><body>Two rings, old stock.</body></html>"

  // MARK: WARC

  /// One record, with the digests of its block and, of an HTTP message, of its payload.
  package static func record(
    _ type: String, number: Int, contentType: String, block: [UInt8], payload: [UInt8]? = nil, more: String = "",
    wrongBlockDigest: Bool = false
  ) -> [UInt8] {
    var digest = base32(sha1(block))
    if wrongBlockDigest { digest = (digest.hasPrefix("A") ? "B" : "A") + digest.dropFirst() }
    var head =
      "WARC/1.1\r\nWARC-Type: \(type)\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000\(number)>\r\n"
    head += "WARC-Date: 2026-11-20T07:06:4\(number)Z\r\nContent-Type: \(contentType)\r\n"
    head += "WARC-Block-Digest: sha1:\(digest)\r\n"
    if let payload { head += "WARC-Payload-Digest: sha1:\(base32(sha1(payload)))\r\n" }
    head += "\(more)Content-Length: \(block.count)\r\n\r\n"
    return Array(head.utf8) + block + Array("\r\n\r\n".utf8)
  }

  /// The records of a capture: who made it, and what the server answered.
  package static func records(wrongBlockDigest: Bool = false) -> [[UInt8]] {
    let info = Array("software: an invented browser\r\nformat: WARC File Format 1.1\r\n".utf8)
    let answer =
      Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\n\r\n".utf8)
      + Array(page.utf8)
    return [
      record("warcinfo", number: 1, contentType: "application/warc-fields", block: info),
      record(
        "response", number: 2, contentType: "application/http; msgtype=response", block: answer,
        payload: Array(page.utf8), more: "WARC-Target-URI: \(address)\r\n", wrongBlockDigest: wrongBlockDigest),
    ]
  }

  package static func warc(wrongBlockDigest: Bool = false) -> [UInt8] {
    Array(records(wrongBlockDigest: wrongBlockDigest).joined())
  }

  /// Each record a gzip member of its own, as readers of web archives expect it.
  package static func packedWARC(wrongBlockDigest: Bool = false) -> [UInt8] {
    records(wrongBlockDigest: wrongBlockDigest).flatMap(gzip)
  }

  // MARK: WACZ

  /// The files of a WACZ without its description.
  package static func waczFiles(wrongBlockDigest: Bool = false) -> [(name: String, bytes: [UInt8])] {
    let archive = packedWARC(wrongBlockDigest: wrongBlockDigest)
    let start = gzip(records(wrongBlockDigest: wrongBlockDigest)[0]).count
    let index =
      "example,bazaar)/item/771001 20261120070642 {\"url\": \"\(address)\", \"mime\": \"text/html\", \"status\": \"200\", "
      + "\"digest\": \"sha1:\(base32(sha1(Array(page.utf8))))\", \"length\": \"\(archive.count - start)\", "
      + "\"offset\": \"\(start)\", \"filename\": \"data.warc.gz\"}\n"
    let pages =
      "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n"
      + "{\"id\": \"1\", \"url\": \"\(address)\", \"ts\": \"2026-11-20T07:06:42Z\", \"title\": \"Ring\"}\n"
    return [
      ("archive/data.warc.gz", archive), ("indexes/index.cdx.gz", gzip(Array(index.utf8))),
      ("pages/pages.jsonl", Array(pages.utf8)),
    ]
  }

  /// The description of a WACZ with these files.
  package static func description(of files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    let resources = files.map { name, bytes in
      let short = name.split(separator: "/").last ?? ""
      return
        "{\"name\": \"\(short)\", \"path\": \"\(name)\", \"hash\": \"sha256:\(SHA256Digest(of: bytes).hex)\", \"bytes\": \(bytes.count)}"
    }
    return Array(
      ("{\"profile\": \"data-package\", \"resources\": [" + resources.joined(separator: ", ")
        + "], \"created\": \"2026-11-20T07:10:00Z\", \"wacz_version\": \"1.1.1\", \"software\": \"an invented browser\"}")
        .utf8)
  }

  package static func wacz(wrongBlockDigest: Bool = false) -> [UInt8] {
    let files = waczFiles(wrongBlockDigest: wrongBlockDigest)
    return zip(files + [describing(files)])
  }

  /// `datapackage.json` with its content.
  package static func describing(_ files: [(name: String, bytes: [UInt8])]) -> (name: String, bytes: [UInt8]) {
    ("datapackage.json", description(of: files))
  }

  // MARK: Containers

  /// A gzip member of stored blocks.
  ///
  /// Source: RFC 1952; RFC 1951, section 3.2.4.
  package static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      out.append(rest.isEmpty ? 1 : 0)
      out += little(block.count, 2) + little(~block.count, 2) + block
    } while !rest.isEmpty
    return out + little(Int(crc(bytes)), 4) + little(bytes.count, 4)
  }

  /// A zip archive of stored files.
  ///
  /// Source: PKWARE, APPNOTE.TXT 6.3.10.
  package static func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var (out, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, bytes) in files {
      let start = out.count
      let common =
        little(10, 2) + little(0x800, 2) + little(0, 2) + little(0, 2) + little(0x21, 2) + little(Int(crc(bytes)), 4)
        + little(bytes.count, 4) + little(bytes.count, 4) + little(name.utf8.count, 2) + little(0, 2)
      out += little(0x0403_4b50, 4) + common + Array(name.utf8) + bytes
      directory += little(0x0201_4b50, 4) + little(3 << 8 | 20, 2) + common
      directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0o100644 << 16, 4) + little(start, 4)
      directory += Array(name.utf8)
    }
    return out + directory + little(0x0605_4b50, 4) + little(0, 2) + little(0, 2) + little(files.count, 2)
      + little(files.count, 2) + little(directory.count, 4) + little(out.count, 4) + little(0, 2)
  }

  /// A picture of one red dot.
  package static let picture: [UInt8] = {
    func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
      let body = Array(type.utf8) + data
      return big(data.count) + body + big(Int(crc(body)))
    }
    let line: [UInt8] = [0, 0xff, 0, 0]
    // The zlib form of one stored block.
    let packed: [UInt8] = [0x78, 1, 1] + little(line.count, 2) + little(~line.count, 2) + line + big(Int(adler(line)))
    return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
      + chunk("IHDR", big(1) + big(1) + [8, 2, 0, 0, 0]) + chunk("IDAT", packed) + chunk("IEND", [])
  }()

  // MARK: Numbers

  package static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    let digest = StreamDigest(.sha1)
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  package static func base32(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (text, held, count) = ("", 0, 0)
    for byte in bytes {
      held = held << 8 | Int(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(digits[held >> count & 31])
      }
      held &= (1 << count) - 1
    }
    return count > 0 ? text + String(digits[held << (5 - count) & 31]) : text
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func big(_ number: Int) -> [UInt8] { little(number, 4).reversed() }

  package static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
    }
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return b << 16 | a
  }
}
