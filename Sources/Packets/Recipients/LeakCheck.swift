import CaseFiles
import Listings
import Matching
import SmallFormats

/// Looks through every file of a packet for what its recipient must not get, whatever way it may have come there.
///
/// The redaction leaves things out of the case file, and this is the proof: names, numbers, addresses and contacts of the
/// listings as collected are looked for in the finished bytes, also inside words, in addresses, behind escapes, and in letters
/// that only look the same.
///
/// Limits: a text of fewer than `shortest` bytes, or one that is also an ordinary word of every packet (`ivory`, `sample`),
///         cannot be told from that word, and is passed over.
/// Cost:   O(bytes of the packet), a few times.
struct LeakCheck {
  /// Something that must not leave.
  struct Secret: Equatable, Sendable {
    /// `the seller's alias`.
    let kind: String
    let text: String
  }

  /// A secret that would leave.
  struct Leak: Equatable, Sendable {
    let secret: Secret
    let path: String
  }

  /// Shorter texts stand in every file by chance.
  static let shortest = 4
  /// Of texts up to this length only whole words count.
  private static let shortWord = 6

  /// By their first four bytes.
  private var byBeginning: [UInt32: [(bytes: [UInt8], secret: Secret)]] = [:]
  /// By the first two bytes: whether a secret begins so.
  private var mayBegin = [Bool](repeating: false, count: 1 << 16)

  /// - Parameters:
  ///   - packet: with its listings as collected.
  ///   - ordinary: the files of a packet that says nothing of these listings.
  init(_ packet: Packet, ordinary: [PacketFile]) {
    var words: [[UInt8]: Secret] = [:]
    for secret in Self.secrets(of: packet) {
      let bytes = Self.plain(secret.text.utf8)
      if bytes.count >= Self.shortest, words[bytes] == nil { words[bytes] = secret }
    }
    for (bytes, secret) in words {
      byBeginning[Self.beginning(bytes, 0), default: []].append((bytes, secret))
      mayBegin[Int(bytes[0]) << 8 | Int(bytes[1])] = true
    }
    for file in ordinary {
      for bytes in found(in: file.bytes) { byBeginning[Self.beginning(bytes, 0)]?.removeAll { $0.bytes == bytes } }
    }
  }

  /// The secrets in the files, each once, with the first file that has it.
  func leaks(in files: [PacketFile]) -> [Leak] {
    var leaks: [Leak] = []
    var seen: Set<[UInt8]> = []
    for file in files {
      for bytes in found(in: file.bytes) where seen.insert(bytes).inserted {
        guard let secret = byBeginning[Self.beginning(bytes, 0)]?.first(where: { $0.bytes == bytes })?.secret else {
          continue
        }
        leaks.append(Leak(secret: secret, path: file.path))
      }
    }
    return leaks.sorted { ($0.path, $0.secret.kind, $0.secret.text) < ($1.path, $1.secret.kind, $1.secret.text) }
  }

  /// The secrets in a text, as folded.
  private func found(in file: [UInt8]) -> Set<[UInt8]> {
    let text = Self.plain(file)
    guard text.count >= Self.shortest else { return [] }
    var found: Set<[UInt8]> = []
    for place in 0...(text.count - Self.shortest) {
      guard mayBegin[Int(text[place]) << 8 | Int(text[place + 1])] else { continue }
      guard let candidates = byBeginning[Self.beginning(text, place)] else { continue }
      for (bytes, _) in candidates where text.count - place >= bytes.count {
        guard text[place..<(place + bytes.count)].elementsEqual(bytes) else { continue }
        // Digits alone stand in any digest by chance.
        let isWord = bytes.count <= Self.shortWord || bytes.allSatisfy { (0x30...0x39).contains($0) }
        if isWord, !Self.isWhole(place..<(place + bytes.count), of: text) { continue }
        found.insert(bytes)
      }
    }
    return found
  }

  /// Whether no letter or digit stands at either end.
  private static func isWhole(_ range: Range<Int>, of text: [UInt8]) -> Bool {
    func isLetter(_ place: Int) -> Bool {
      guard text.indices.contains(place) else { return false }
      let byte = text[place]
      return byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
    }
    return !isLetter(range.lowerBound - 1) && !isLetter(range.upperBound)
  }

  private static func beginning(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
      | UInt32(bytes[place + 3])
  }

  // MARK: What must not leave

  private static func secrets(of packet: Packet) -> [Secret] {
    let keeps = packet.recipient.keeps
    let contacts = Contacts()
    var secrets: [Secret] = []
    func add(_ kind: String, _ text: String?, unless part: RecipientProfile.Part) {
      guard !keeps.contains(part), let text, !text.isEmpty else { return }
      secrets.append(Secret(kind: kind, text: text))
    }
    for listing in packet.listings {
      add("a seller's alias", listing.seller.alias, unless: .seller)
      add("a seller's account number", listing.seller.userID, unless: .account)
      add("a seller's address", listing.seller.profileAddress, unless: .account)
      add("a listing's address", listing.address, unless: .address)
      add("a listing's number", listing.reference, unless: .number)
      add("a platform", listing.platform.name, unless: .platform)
      if let handle = listing.decision.decidedBy, handle != packet.form.sender.contactName {
        add("an analyst's handle", handle, unless: .analyst)
      }
      for stated in listing.decision.status.description.stated.values
      where stated.by != packet.form.sender.contactName {
        add("an analyst's handle", stated.by, unless: .analyst)
      }
      // An advert's own words may name a place, and are passed on as they are where they are.
      if keeps.isDisjoint(with: [.title, .text]) {
        for (_, place) in CasePlaces.roles where place != \.platform {
          guard let facts = listing.places[keyPath: place] else { continue }
          // Codes of countries are passed on.
          let codes = StatedPlaces.countries(facts).joined(separator: ", ")
          if facts.text != codes { add("a place in words", facts.text, unless: .place) }
          if CountryCode.read(facts.country) == nil { add("a place in words", facts.country, unless: .place) }
        }
      }
      for file in listing.files {
        add("an attached file's name", file.originalName, unless: .files)
        add("an attached file's digest", file.digest, unless: .files)
      }
      for missing in listing.missingFiles { add("a missing file's name", missing.text, unless: .files) }
      for (text, part) in [(listing.title, RecipientProfile.Part.title), (listing.text, .text)] {
        for contact in text.map(contacts.found) ?? [] { add(contact.kind, contact.text, unless: part) }
      }
      for cell in listing.otherFields {
        for contact in contacts.found(in: cell.text) { add(contact.kind, contact.text, unless: .otherCells) }
      }
    }
    return secrets
  }

  // MARK: As it is looked for

  /// The text as secrets are looked for: escapes of addresses and markup undone, case and marks gone, look-alike letters as
  /// the letters that they look like.
  ///
  /// Cost:   one pass over the bytes and one over the folded ones.
  static func plain(_ text: some Sequence<UInt8>) -> [UInt8] {
    let folded = unescaped(Array(text)).withUnsafeBytes { Folding.folded($0) }
    var out: [UInt8] = []
    out.reserveCapacity(folded.count)
    var place = 0
    while place < folded.count {
      let byte = folded[place]
      if byte < 0x80 {
        out.append(byte)
        place += 1
        continue
      }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      let letter = folded[place..<min(folded.count, place + length)]
      place += letter.count
      let scalar = String(decoding: letter, as: UTF8.self).unicodeScalars.first?.value ?? 0
      if let like = LookAlikes.likeness(scalar).flatMap(Unicode.Scalar.init) {
        out += Array(String(Character(like)).utf8)
      } else {
        out += letter
      }
    }
    return out
  }

  /// How a text is written in addresses, markup, JSON and the report, and what that means.
  private static let escapes: [(written: [UInt8], meant: [UInt8])] = [
    ("[.]", "."), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("\\\"", "\""),
    ("\\/", "/"), ("hxxp", "http"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case 0x25 where place + 2 < bytes.count:
        if let high = hex(bytes[place + 1]), let low = hex(bytes[place + 2]) {
          out.append(high << 4 | low)
          place += 3
          continue
        }
      case 0x5b, 0x26, 0x5c, 0x68, 0x48:
        if let escape = escapes.first(where: { bytes[place...].starts(with: $0.written) }) {
          out += escape.meant
          place += escape.written.count
          continue
        }
      default: break
      }
      out.append(byte)
      place += 1
    }
    return out
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}

/// What in a text leads to a person: e-mail addresses, web addresses, telephone numbers, names after an `@`.
///
/// Limits: by form alone, and generously: it is for finding what must not leave, not for naming anybody.
/// Cost:   its patterns are compiled once for each value of this type.
struct Contacts {
  struct Contact: Equatable {
    let kind: String
    let text: String
  }

  private let email = #/[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+/#
  private let address = #/(?i)(?:https?://|www\.|t\.me/|wa\.me/)[^\s<>"']+/#
  private let handle = #/@[\w.]{4,}/#
  private let telephone = #/\+?[0-9][0-9 ()\-.]{6,}[0-9]/#

  func found(in text: String) -> [Contact] {
    // Most cells hold none of the signs.
    guard text.utf8.contains(where: { $0 == 0x40 || $0 == 0x2f || $0 == 0x2e || (0x30...0x39).contains($0) }) else {
      return []
    }
    var contacts = text.matches(of: email).map { Contact(kind: "an e-mail address", text: String($0.output)) }
    contacts += text.matches(of: address).map { Contact(kind: "a web address", text: String($0.output)) }
    contacts += text.matches(of: handle).map { Contact(kind: "a name after @", text: String($0.output.dropFirst())) }
    contacts += text.matches(of: telephone).compactMap { match in
      (8...15).contains(match.output.count(where: \.isNumber))
        ? Contact(kind: "a telephone number", text: String(match.output)) : nil
    }
    return contacts
  }
}
