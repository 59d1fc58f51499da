import Foundation

/// The folders that hold themes, lexicons and tables, shipped ones and the user's own.
///
/// In order of precedence:
/// 1. `$LINSANG_DATA`, a folder that holds `Themes` and `Lexicons`;
/// 2. the user's own: `$XDG_CONFIG_HOME/linsang` (`~/.config/linsang`), then `$XDG_DATA_HOME/linsang`
///    (`~/.local/share/linsang`);
/// 3. beside the program: `../share/linsang` of an installed copy, else the nearest folder above it that holds both
///    `Themes` and `Lexicons`, as in a built package;
/// 4. `$XDG_DATA_DIRS` (`/usr/local/share/linsang`, `/usr/share/linsang`).
struct DataFolders {
  /// The folders that exist, highest precedence first, each once.
  let all: [String]

  init(environment: [String: String] = ProcessInfo.processInfo.environment, program: String = Self.programPath) {
    var candidates: [String] = []
    if let data = environment["LINSANG_DATA"], !data.isEmpty { candidates.append(data) }
    candidates.append(XDG.config(environment) + "/linsang")
    candidates.append(XDG.data(environment) + "/linsang")
    candidates += Self.beside(program)
    let shared = environment["XDG_DATA_DIRS"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/local/share:/usr/share"
    candidates += shared.split(separator: ":").map { "\($0)/linsang" }
    var seen: Set<String> = []
    all = candidates.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        && seen.insert(path).inserted
    }
  }

  /// The `Themes` folders, highest precedence first.
  var themes: [String] { all.map { $0 + "/Themes" } }
  /// The `Lexicons` folders, lowest precedence first, since later tables override earlier ones.
  var lexicons: [String] { all.reversed().map { $0 + "/Lexicons" } }

  /// The path of this program, with links resolved.
  static var programPath: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  private static func beside(_ program: String) -> [String] {
    var folder = URL(fileURLWithPath: program).standardizedFileURL.deletingLastPathComponent()
    var found = [folder.appendingPathComponent("../share/linsang").standardizedFileURL.path]
    while folder.path != "/" {
      let hasBoth = ["Themes", "Lexicons"].allSatisfy {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
      }
      if hasBoth {
        found.append(folder.path)
        break
      }
      folder.deleteLastPathComponent()
    }
    return found
  }
}

/// The base folders of the XDG Base Directory Specification.
enum XDG {
  static func config(_ environment: [String: String]) -> String { folder(environment, "XDG_CONFIG_HOME", ".config") }
  static func data(_ environment: [String: String]) -> String { folder(environment, "XDG_DATA_HOME", ".local/share") }
  static func state(_ environment: [String: String]) -> String { folder(environment, "XDG_STATE_HOME", ".local/state") }
  static func cache(_ environment: [String: String]) -> String { folder(environment, "XDG_CACHE_HOME", ".cache") }

  private static func folder(_ environment: [String: String], _ name: String, _ fallback: String) -> String {
    // The specification calls relative paths invalid and says to ignore them.
    if let path = environment[name], path.hasPrefix("/") { return path }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/" + fallback
  }
}
