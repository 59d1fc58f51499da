import Foundation

/// An analyst's machine in a temporary folder, with its own home, XDG folders and files. Deleted with the object.
final class Workplace: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "linsang-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try shareCompiledLexicons()
  }

  /// Compiled lexicons are shared by all places, as by all windows of one user: hundreds of programs start here, and an
  /// unoptimised one takes seconds to compile them.
  private func shareCompiledLexicons() throws {
    let shared = NSTemporaryDirectory() + "linsang-tests-lexicons-\(getuid())"
    let cache = home + "/.cache/linsang"
    for folder in [shared, cache] {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    try FileManager.default.createSymbolicLink(atPath: cache + "/lexicons", withDestinationPath: shared)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var home: String { path + "/home" }
  var casebook: String { path + "/case.casebook" }

  /// The environment of the program, with nothing from the user who runs the tests.
  func environment(_ more: [String: String] = [:]) -> [String: String] {
    var all = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8",
      "TMPDIR": path, "LINSANG_ANALYST": "rk", "LINSANG_CASEBOOK": casebook,
      "XDG_DATA_DIRS": path + "/usr/share",
    ]
    all.merge(more) { $1 }
    return all
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  func text(of name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  /// Three invented listings with everything that a packet needs.
  static let week = """
    listing_id,platform,url,title,description,species,price,currency,seller,country,posted_at
    a1,Hearthside,https://hearthside.example/a1,"Carved bangle, old",cream colour,Loxodonta africana,$120,USD,moss_lane,US,2026-11-02
    a2,Hearthside,https://hearthside.example/a2,Resin beads,not real,,15,USD,moss_lane,US,2026-11-03
    b7,青石集,https://qingshi.example/b7,果冻 手串,老料,Loxodonta africana,"¥3,000",CNY,莲心阁,CN,2026-11-04

    """
}
