import Glibc

/// Finds and reads themes by name.
///
/// Shape:  a theme is `<folder>/<name>.toml`, and the first folder that has the name wins. `mono` needs no file.
/// Fails:  never; a theme that cannot be read is replaced by `Theme.mono` and reported as a problem.
package struct ThemeLoader: Sendable {
  /// Where to look, the user's own folders before the shipped ones.
  package let folders: [String]

  /// In bytes. A theme is a page of text; anything longer is another kind of file.
  private static let maximumLength = 256 * 1024

  /// - Parameter folders: highest precedence first; folders that do not exist are ignored.
  package init(folders: [String]) { self.folders = folders }

  /// The names of all themes, sorted, each once. `mono` is always among them.
  ///
  /// Cost:   reads the folders, but no theme.
  package func names() -> [String] {
    var names: Set<String> = [Theme.mono.name]
    for folder in folders { names.formUnion(themeNames(in: folder)) }
    return names.sorted()
  }

  /// The file of a theme; nil if no folder has one of that name.
  package func path(of name: String) -> String? {
    guard isPlainName(name) else { return nil }
    return folders.lazy.map { "\($0)/\(name).toml" }.first { access($0, F_OK) == 0 }
  }

  /// A theme by name, with what is wrong with it.
  ///
  /// Cost:   reads one file of at most 256 KiB.
  package func load(_ name: String) -> (theme: Theme, problems: [ThemeProblem]) {
    if let path = path(of: name) { return load(file: path) }
    if name == Theme.mono.name { return (.mono, []) }
    return (.mono, [ThemeProblem(file: name, what: .notFound(folders: folders))])
  }

  /// A theme from a file anywhere, for `linsang theme check`.
  package func load(file path: String) -> (theme: Theme, problems: [ThemeProblem]) {
    switch contents(of: path) {
    case .success(let text): return ThemeFile.read(text, file: path)
    case .failure(let error): return (.mono, [ThemeProblem(file: path, what: error.what)])
    }
  }

  /// Whether a name stays within its folder: it comes from the command line.
  private func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.contains("/") && !name.utf8.contains(0) && name.first != "."
  }

  /// The themes in one folder, in no order; none if it cannot be read.
  private func themeNames(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let found = readdir(stream) {
      let name = withUnsafeBytes(of: &found.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".toml"), isPlainName(name) { names.append(String(name.dropLast(5))) }
    }
    return names
  }

  /// A file that could not be read, as the problem to report.
  private struct ReadError: Error { let what: ThemeProblem.What }

  /// The text of a file, with invalid UTF-8 replaced.
  private func contents(of path: String) -> Result<String, ReadError> {
    // Non-blocking, in case the path is a pipe without a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return .failure(ReadError(what: .unreadable(errno: errno))) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: Self.maximumLength + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress! + count, $0.count - count) }
      if got < 0 {
        if errno == EINTR { continue }
        return .failure(ReadError(what: .unreadable(errno: errno)))
      }
      if got == 0 { break }
      count += got
    }
    guard count <= Self.maximumLength else { return .failure(ReadError(what: .tooLong(bytes: count))) }
    return .success(String(decoding: bytes.prefix(count), as: UTF8.self))
  }
}

/// The system's message for an error number.
func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
