import Glibc

/// The folders in which themes lie, the person's own before the shipped ones.
///
/// Shape:  `<folder>/<name>.toml`; the first folder that has a name wins. `mono` needs no file.
/// Fails:  never; a theme that cannot be had is `Theme.mono` and a problem.
package struct ThemeShelf: Sendable {
  package let folders: [String]

  /// A theme is a page of text; more than this is another kind of file.
  private static let longestFile = 256 * 1024

  package init(folders: [String]) { self.folders = folders }

  /// Every name there is, sorted, each once.
  package func names() -> [String] {
    var names: Set<String> = [Theme.mono.name]
    for folder in folders { names.formUnion(themeNames(in: folder)) }
    return names.sorted()
  }

  /// The file a name stands for; nil where no folder has one.
  package func path(of name: String) -> String? {
    guard isPlainName(name) else { return nil }
    return folders.lazy.map { "\($0)/\(name).toml" }.first { access($0, F_OK) == 0 }
  }

  package func load(_ name: String) -> (theme: Theme, problems: [ThemeProblem]) {
    if let path = path(of: name) { return load(file: path) }
    if name == Theme.mono.name { return (.mono, []) }
    return (.mono, [ThemeProblem(file: name, what: .notFound(folders: folders))])
  }

  /// One file, wherever it lies.
  package func load(file path: String) -> (theme: Theme, problems: [ThemeProblem]) {
    switch contents(of: path) {
    case .success(let text): return ThemeFile.read(text, file: path)
    case .failure(let refusal): return (.mono, [ThemeProblem(file: path, what: refusal.what)])
    }
  }

  // A name from the command line must not climb out of the folder.
  private func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.contains("/") && !name.utf8.contains(0) && name.first != "."
  }

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

  private struct Refusal: Error { let what: ThemeProblem.What }

  private func contents(of path: String) -> Result<String, Refusal> {
    // Not to wait for whoever might write into a pipe of that name.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return .failure(Refusal(what: .unreadable(errno: errno))) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: Self.longestFile + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress! + count, $0.count - count) }
      if got < 0 {
        if errno == EINTR { continue }
        return .failure(Refusal(what: .unreadable(errno: errno)))
      }
      if got == 0 { break }
      count += got
    }
    guard count <= Self.longestFile else { return .failure(Refusal(what: .tooLong(bytes: count))) }
    return .success(String(decoding: bytes.prefix(count), as: UTF8.self))
  }
}

/// What the system says about an error number.
func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
