import SmallFormats

/// The bag: its declaration, its fields, its lists of digests against the files.
extension PacketCheck {
  static let manifest = "manifest-sha256.txt"
  static let tagManifest = "tagmanifest-sha256.txt"

  mutating func checkDeclaration() {
    guard let bytes = bytes(of: "bagit.txt") else { return }
    // A byte order mark makes it another declaration, as do other line ends.
    if bytes != Array(BagFiles.declaration.utf8) { report("bagit.txt", .wrongDeclaration) }
  }

  /// Beside the payload only the bag's own files may lie; `tagmanifest-sha256.txt.…` are signatures over that file.
  mutating func checkRootFiles() {
    let own: Set = ["bagit.txt", "bag-info.txt", Self.manifest, Self.tagManifest]
    for path in folder.found.map(\.path) where !path.hasPrefix("data/") {
      if path == "fetch.txt" {
        report(path, .fetchesFromElsewhere)
      } else if !own.contains(path), !path.hasPrefix(Self.tagManifest + ".") {
        report(path, .notAllowedHere)
      }
    }
  }

  /// The fields of `bag-info.txt`, each of which a packet has once.
  mutating func readInfo() -> [String: String] {
    guard let bytes = bytes(of: "bag-info.txt") else { return [:] }
    var fields: [String: String] = [:]
    let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(separator: "\n")
    for (index, line) in lines.enumerated() {
      guard let colon = line.firstIndex(of: ":") else {
        report("bag-info.txt", .unreadableLine(index + 1))
        continue
      }
      let name = String(line[..<colon])
      let value = String(line[line.index(after: colon)...].drop { $0 == " " })
      if fields.updateValue(value, forKey: name) != nil { report("bag-info.txt", .fieldTwice(name)) }
    }
    let required = [
      "Source-Organization", "Contact-Name", "Contact-Email", "External-Description", "External-Identifier",
      "Bagging-Date", "Payload-Oxum", "BagIt-Profile-Identifier", "Bag-Software-Agent", "Linsang-TLP",
      "Linsang-Audit-Head",
    ]
    for field in required where fields[field] == nil { report("bag-info.txt", .fieldMissing(field)) }
    if let tlp = fields["Linsang-TLP"], TrafficLight(rawValue: tlp) == nil {
      report("bag-info.txt", .wrongField("Linsang-TLP", found: tlp, expected: "one of the five marks of TLP 2.0"))
    }
    if let profile = fields["BagIt-Profile-Identifier"], profile != BagFiles.profile {
      report("bag-info.txt", .wrongField("BagIt-Profile-Identifier", found: profile, expected: BagFiles.profile))
    }
    if let day = fields["Bagging-Date"], CalendarDay(day) == nil {
      report("bag-info.txt", .wrongField("Bagging-Date", found: day, expected: "a day"))
    }
    return fields
  }

  mutating func checkDigests() {
    let payload = checkManifest(Self.manifest) { $0.hasPrefix("data/") }
    for path in folder.found.map(\.path) where path.hasPrefix("data/") && !payload.contains(path) {
      report(path, .unlisted)
    }
    let tags = checkManifest(Self.tagManifest) { !$0.hasPrefix("data/") && !$0.hasPrefix("tagmanifest-") }
    guard paths.contains(Self.tagManifest) else { return }
    for path in ["bag-info.txt", "bagit.txt", Self.manifest] where paths.contains(path) && !tags.contains(path) {
      report(path, .unlisted)
    }
  }

  /// Holds the files against one list of digests; returns the paths it lists.
  private mutating func checkManifest(_ manifest: String, belongs: (String) -> Bool) -> Set<String> {
    guard let bytes = bytes(of: manifest) else { return [] }
    var listed: Set<String> = []
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !(line.isEmpty && index == lines.count - 1) {
      guard let (digest, path) = Self.digestAndPath(in: line) else {
        report(manifest, .unreadableLine(index + 1))
        continue
      }
      guard Self.isSafe(path), belongs(path) else {
        report(manifest, .unsafePath(path))
        continue
      }
      guard listed.insert(path).inserted else {
        report(manifest, .listedTwice(path))
        continue
      }
      guard paths.contains(path) else {
        report(path, .listedButMissing(in: manifest))
        continue
      }
      if let found = self.digest(of: path), found != digest { report(path, .changed(accordingTo: manifest)) }
    }
    return listed
  }

  /// `<64 hex>  path`, with two blanks or, for what sha256sum calls binary, a blank and an asterisk.
  private static func digestAndPath(in line: ArraySlice<UInt8>) -> (digest: String, path: String)? {
    guard line.count > 66 else { return nil }
    let digest = line.prefix(64)
    let gap = Array(line.dropFirst(64).prefix(2))
    let isHex = digest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard isHex, gap == [0x20, 0x20] || gap == [0x20, 0x2a] else { return nil }
    return (String(decoding: digest, as: UTF8.self), String(decoding: line.dropFirst(66), as: UTF8.self))
  }

  private static func isSafe(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
      && !path.unicodeScalars.contains(where: DisplayText.needsShowing)
  }

  mutating func checkPayloadSize(_ info: [String: String]) {
    let payload = folder.found.filter { $0.path.hasPrefix("data/") }
    let found = "\(payload.reduce(0) { $0 + $1.size }).\(payload.count)"
    if let expected = info["Payload-Oxum"], expected != found {
      report("bag-info.txt", .wrongSize(found: found, expected: expected))
    }
  }
}
