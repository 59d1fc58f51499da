import Glibc

/// The files of a folder and of the folders in it, in the order of their names; hidden ones are passed over.
enum FolderListing {
  /// Nobody opens more files at once on purpose; a home directory is opened by mistake.
  static let mostFiles = 10_000
  private static let deepest = 16

  /// Fails:  where the folder itself cannot be listed, or holds too many files. Folders in it that cannot be listed are
  ///         told to `leftOut`.
  static func files(
    in folder: String, leftOut: (IntakeError) -> Void
  ) throws(IntakeError) -> [String] {
    var found: [String] = []
    try collect(folder, 0, &found, leftOut)
    return found
  }

  private static func collect(
    _ folder: String, _ depth: Int, _ found: inout [String], _ leftOut: (IntakeError) -> Void
  ) throws(IntakeError) {
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      // Links to files are followed; a link to a folder may lead in a circle.
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        guard depth < deepest else { continue }
        do throws(IntakeError) {
          try collect(path, depth + 1, &found, leftOut)
        } catch {
          if case .tooManyFiles = error { throw error }
          leftOut(error)
        }
      } else if !isLinkToFolder(path) {
        found.append(path)
        if found.count > mostFiles { throw .tooManyFiles(path: folder, limit: mostFiles) }
      }
    }
  }

  private static func isLinkToFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in folder: String) throws(IntakeError) -> [String] {
    guard let directory = opendir(folder) else { throw MappedFile.error(folder, errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let next = readdir(directory) {
      let name = withUnsafePointer(to: &next.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
