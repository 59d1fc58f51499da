import SmallFormats

/// The files that make a folder a bag: the declaration, the description, and the manifests.
///
/// Cost:   one SHA-256 per file of the payload.
/// Source: RFC 8493 sections 2.1 and 2.2; the packet specification, section 2.
struct BagFiles {
  /// The exact content of `bagit.txt`.
  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
  /// The value of `BagIt-Profile-Identifier`.
  static let profile = "https://linsang.invalid/bagit-profile/1.0.json"

  /// All bag files for a payload.
  static func files(for packet: Packet, payload: [PacketFile], auditHead: String) -> [PacketFile] {
    let tags = [
      PacketFile(path: "bag-info.txt", bytes: info(packet, payload: payload, auditHead: auditHead)),
      PacketFile(path: "bagit.txt", bytes: Array(declaration.utf8)),
      PacketFile(path: "manifest-sha256.txt", bytes: manifest(of: payload)),
    ]
    return tags + [PacketFile(path: "tagmanifest-sha256.txt", bytes: manifest(of: tags))]
  }

  /// The size of the payload as BagIt writes it: `<bytes>.<files>`.
  static func oxum(of payload: [PacketFile]) -> String {
    "\(payload.reduce(0) { $0 + $1.size }).\(payload.count)"
  }

  /// A manifest: one line per file in the format of `sha256sum`, sorted by the bytes of the path.
  private static func manifest(of files: [PacketFile]) -> [UInt8] {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      .flatMap { Array("\($0.digest)  \($0.path)\n".utf8) }
  }

  /// The content of `bag-info.txt`.
  private static func info(_ packet: Packet, payload: [PacketFile], auditHead: String) -> [UInt8] {
    let form = packet.form
    let fields = [
      ("Source-Organization", form.sender.org), ("Contact-Name", form.sender.contactName),
      ("Contact-Email", form.sender.contactEmail), ("External-Description", form.title),
      ("External-Identifier", packet.folderName), ("Bagging-Date", packet.stamp.created.day),
      ("Payload-Oxum", oxum(of: payload)), ("BagIt-Profile-Identifier", profile),
      ("Bag-Software-Agent", "linsang \(packet.stamp.toolVersion)"), ("Linsang-TLP", form.tlp.rawValue),
      ("Linsang-Audit-Head", auditHead),
    ]
    // The form rejects line breaks. Made visible once more here, no value can begin a field of its own.
    return fields.flatMap { Array("\($0): \(DisplayText.visible($1))\n".utf8) }
  }
}
