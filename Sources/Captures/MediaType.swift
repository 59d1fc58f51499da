/// What a file is by its content, whatever its name says.
///
/// Shape:  one of a closed list. `name` is as IANA registers it where it does.
/// Source: IANA, Media Types; WACZ 1.1.1, section 5; the signatures are those of the formats' own specifications.
package struct MediaType: Hashable, Sendable {
  /// `image/png`
  package let name: String
  /// The ending of a file of this type, without its dot.
  package let ending: String
  /// Whether opening such a file by a double click can run something: scripts, macros, links that are followed.
  package let isActive: Bool

  private init(_ name: String, _ ending: String, active isActive: Bool = false) {
    (self.name, self.ending, self.isActive) = (name, ending, isActive)
  }

  package static let png = MediaType("image/png", "png")
  package static let jpeg = MediaType("image/jpeg", "jpg")
  package static let gif = MediaType("image/gif", "gif")
  package static let webp = MediaType("image/webp", "webp")
  package static let bmp = MediaType("image/bmp", "bmp")
  package static let tiff = MediaType("image/tiff", "tif")
  package static let avif = MediaType("image/avif", "avif")
  package static let heic = MediaType("image/heic", "heic")
  package static let svg = MediaType("image/svg+xml", "svg", active: true)
  package static let mp4 = MediaType("video/mp4", "mp4")
  package static let quickTime = MediaType("video/quicktime", "mov")
  package static let matroska = MediaType("video/matroska", "mkv")
  package static let ogg = MediaType("application/ogg", "ogg")
  package static let mp3 = MediaType("audio/mpeg", "mp3")
  package static let wave = MediaType("audio/vnd.wave", "wav")
  package static let pdf = MediaType("application/pdf", "pdf", active: true)
  package static let html = MediaType("text/html", "html", active: true)
  package static let mhtml = MediaType("multipart/related", "mhtml", active: true)
  package static let xml = MediaType("application/xml", "xml", active: true)
  package static let json = MediaType("application/json", "json", active: true)
  package static let text = MediaType("text/plain", "txt")
  package static let warc = MediaType("application/warc", "warc")
  package static let packedWARC = MediaType("application/warc+gzip", "warc.gz")
  package static let wacz = MediaType("application/wacz", "wacz")
  package static let zip = MediaType("application/zip", "zip", active: true)
  package static let office = MediaType("application/vnd.openxmlformats-officedocument", "office", active: true)
  package static let gzip = MediaType("application/gzip", "gz", active: true)
  package static let sqlite = MediaType("application/vnd.sqlite3", "sqlite", active: true)
  package static let program = MediaType("application/vnd.executable", "program", active: true)
  /// None of the others.
  package static let unknown = MediaType("application/octet-stream", "bin")

  /// All of them.
  package static let all: [MediaType] = [
    png, jpeg, gif, webp, bmp, tiff, avif, heic, svg, mp4, quickTime, matroska, ogg, mp3, wave, pdf, html, mhtml, xml,
    json, text, warc, packedWARC, wacz, zip, office, gzip, sqlite, program, unknown,
  ]

  /// The type of this name; nil for any other.
  package init?(named name: String) {
    guard let known = Self.all.first(where: { $0.name == name }) else { return nil }
    self = known
  }

  /// Whether IANA has registered the name.
  package var isRegistered: Bool {
    ![Self.warc, .packedWARC, .wacz, .office, .program, .matroska].contains(self)
  }
  /// Whether it is a picture that can be looked at.
  package var isPicture: Bool { [Self.png, .jpeg, .webp].contains(self) }
  /// Whether it is a web archive, which can be looked into.
  package var isWebArchive: Bool { [Self.warc, .packedWARC, .wacz].contains(self) }
}

extension MediaType {
  /// So many bytes of a file say what it is.
  package static let beginningLength = 4096

  /// What the first bytes of a file say.
  ///
  /// Shape:  `zip` and `gzip` for whatever is in such a file; `CaptureReading.mediaType` looks inside.
  package init(beginning bytes: [UInt8]) {
    let signatures: [(MediaType, Int, [UInt8])] = [
      (.png, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), (.jpeg, 0, [0xff, 0xd8, 0xff]),
      (.gif, 0, Array("GIF8".utf8)), (.bmp, 0, Array("BM".utf8)), (.tiff, 0, [0x49, 0x49, 0x2a, 0]),
      (.tiff, 0, [0x4d, 0x4d, 0, 0x2a]), (.pdf, 0, Array("%PDF-".utf8)), (.warc, 0, Array("WARC/".utf8)),
      (.zip, 0, [0x50, 0x4b, 3, 4]), (.zip, 0, [0x50, 0x4b, 5, 6]), (.gzip, 0, [0x1f, 0x8b]),
      (.matroska, 0, [0x1a, 0x45, 0xdf, 0xa3]), (.ogg, 0, Array("OggS".utf8)), (.mp3, 0, Array("ID3".utf8)),
      (.sqlite, 0, Array("SQLite format 3\0".utf8)), (.program, 0, [0x7f, 0x45, 0x4c, 0x46]),
      (.program, 0, Array("MZ".utf8)), (.program, 0, [0xcf, 0xfa, 0xed, 0xfe]), (.program, 0, Array("#!".utf8)),
      (.avif, 4, Array("ftypavif".utf8)), (.heic, 4, Array("ftypheic".utf8)), (.heic, 4, Array("ftypmif1".utf8)),
      (.quickTime, 4, Array("ftypqt".utf8)), (.mp4, 4, Array("ftyp".utf8)),
    ]
    func begins(_ place: Int, _ mark: [UInt8]) -> Bool {
      bytes.count >= place + mark.count && bytes[place..<(place + mark.count)].elementsEqual(mark)
    }
    if let found = signatures.first(where: { begins($0.1, $0.2) }) {
      self = found.0
    } else if begins(0, Array("RIFF".utf8)), begins(8, Array("WEBP".utf8)) {
      self = .webp
    } else if begins(0, Array("RIFF".utf8)), begins(8, Array("WAVE".utf8)) {
      self = .wave
    } else {
      self = Self.ofText(bytes)
    }
  }

  /// What a text is: markup by its first tag, else plain text; `unknown` where it is none.
  private static func ofText(_ bytes: [UInt8]) -> MediaType {
    // A cut in the midst of a character is no fault of the text.
    let isText = !bytes.isEmpty && !bytes.contains { $0 < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].contains($0) }
    guard isText else { return .unknown }
    let head = bytes.drop { $0 <= 0x20 || [0xef, 0xbb, 0xbf].contains($0) }
    let lower = head.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    func begins(_ text: String) -> Bool { lower.starts(with: text.utf8) }
    func holds(_ text: String) -> Bool {
      let needle = Array(text.utf8)
      guard lower.count >= needle.count else { return false }
      return (0...(lower.count - needle.count)).contains { lower[$0..<($0 + needle.count)].elementsEqual(needle) }
    }
    if begins("<svg") || begins("<?xml") && holds("<svg") { return .svg }
    // Browsers take any of these for a page, also where something stands before it.
    if begins("<!doctype html") || holds("<html") || holds("<script") || begins("<head") || begins("<body") {
      return .html
    }
    if begins("<?xml") { return .xml }
    if (begins("mime-version:") || begins("from:")) && holds("multipart/related") { return .mhtml }
    if begins("{") || begins("[") { return .json }
    return .text
  }
}
