/// Whether a packet's folder is as it was when the packet was made.
///
/// Shape:  every finding, in the order of the checks: the folder, the bag, its digests, the audit chain, `packet.json`.
///         None means that nothing changed since the lists of digests were made. It does not mean that the packet
///         comes from whom it names: whoever changes a packet can make new lists.
/// Cost:   one SHA-256 over every file; memory for the largest of `packet.json` and `audit.jsonl`.
/// Fails:  never; a folder that cannot be read is itself a finding. It opens no file outside the folder, follows no
///         link and writes nothing.
/// Source: RFC 8493 section 3; the packet specification, sections 2, 3, 6 and 8.
package struct PacketCheck {
  let folder: FolderReading
  let paths: Set<String>
  var findings: [PacketFinding] = []
  /// Of the files hashed so far; evidence is asked for twice.
  private var digests: [String: String] = [:]

  package static func check(_ path: String) -> [PacketFinding] {
    guard let folder = FolderReading(path) else { return [PacketFinding(path, .unreadable("it is no folder"))] }
    var check = PacketCheck(folder: folder)
    if path.split(separator: "/").last?.hasSuffix(".partial") == true { check.findings.append(.init("", .unfinished)) }
    check.findings += folder.unreadable
    check.findings += folder.found.filter { !$0.isPlainFile }.map { PacketFinding($0.path, .notAFile) }
    check.checkDeclaration()
    check.checkRootFiles()
    let info = check.readInfo()
    check.checkDigests()
    check.checkPayloadSize(info)
    let chain = check.checkChain(info)
    check.checkDocument(info, chain: chain)
    return check.findings
  }

  private init(folder: FolderReading) {
    self.folder = folder
    paths = Set(folder.found.filter(\.isPlainFile).map(\.path))
  }

  mutating func report(_ place: String, _ what: PacketFinding.What) { findings.append(PacketFinding(place, what)) }

  /// The SHA-256 of a file of the packet; nil, with a finding, where it cannot be read.
  mutating func digest(of path: String) -> String? {
    if let known = digests[path] { return known }
    do {
      let digest = try folder.digest(of: path)
      digests[path] = digest
      return digest
    } catch {
      findings.append(error.finding)
      return nil
    }
  }

  /// The bytes of a file of the packet; nil, with a finding, where they cannot be had.
  mutating func bytes(of path: String) -> [UInt8]? {
    guard paths.contains(path) else {
      report(path, .missing)
      return nil
    }
    do {
      return try folder.bytes(of: path)
    } catch {
      findings.append(error.finding)
      return nil
    }
  }
}
