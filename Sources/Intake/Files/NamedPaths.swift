import Glibc

/// What a path names. Links are followed.
enum PathKind: Equatable {
  case file, folder, nothing

  init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .nothing
      return
    }
    self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }
}

/// Lists the files in a folder and its subfolders, sorted by name. Hidden files are skipped.
///
/// Limits: `maximumFileCount` files; folders nested more than `maximumDepth` deep are skipped.
enum FolderListing {
  /// No one opens more files than this on purpose, but a home directory is easily named by mistake.
  static let maximumFileCount = 10_000
  /// How deep subfolders are searched.
  private static let maximumDepth = 16

  /// The paths of all files below `folder`.
  ///
  /// Fails:  where the folder itself cannot be listed, or holds too many files. Subfolders that cannot be listed are
  ///         passed to `onSkipped` instead.
  static func files(
    in folder: String, onSkipped: (IntakeError) -> Void
  ) throws(IntakeError) -> [String] {
    var found: [String] = []
    try collect(folder, 0, &found, onSkipped)
    return found
  }

  /// Adds the files of one folder, depth first.
  ///
  /// Fails:  with too many files, wherever they are.
  private static func collect(
    _ folder: String, _ depth: Int, _ found: inout [String], _ onSkipped: (IntakeError) -> Void
  ) throws(IntakeError) {
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      // Follow links to files only: a link to a folder may form a cycle.
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        guard depth < maximumDepth else { continue }
        do throws(IntakeError) {
          try collect(path, depth + 1, &found, onSkipped)
        } catch {
          if case .tooManyFiles = error { throw error }
          onSkipped(error)
        }
      } else if isAboutTheData(name) {
        onSkipped(.aboutTheFiles(path: path))
      } else if !isLinkToFolder(path) {
        found.append(path)
        if found.count > maximumFileCount { throw .tooManyFiles(path: folder, limit: maximumFileCount) }
      }
    }
  }

  /// Whether a file in a folder of listings is text about them: its lines are no adverts. Named by itself it is opened.
  private static func isAboutTheData(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".md", ".markdown"].contains { name.hasSuffix($0) }
      || ["readme", "license", "licence", "copying"].contains(name)
  }

  /// Whether a link leads to a folder.
  private static func isLinkToFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder without those that begin with a dot, sorted.
  ///
  /// Shape:  sorted by their bytes, so that a folder is read in the same order everywhere.
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

/// Standard input, copied to a file that can be mapped.
enum StandardInput {
  /// Milliseconds between checks for cancellation while the writer is silent.
  private static let pollInterval: Int32 = 100

  /// Copies standard input to a temporary file without a name, and returns its descriptor.
  ///
  /// Fails:  where the text exceeds `limit`, is endless zeros, or cannot be read or written.
  ///
  /// - Parameter limit: how many bytes may be written; by default half of the free space in the temporary folder.
  static func spooled(
    from source: Int32 = STDIN_FILENO, limit: Int = TemporaryText.freeSpace / 2,
    progress: PreparationProgress = .ignored
  ) throws(IntakeError) -> Int32 {
    let text = try TemporaryText(of: "standard input")
    let size = 1 << 18
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      try progress.advance(to: text.byteCount)
      var request = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, pollInterval) == 0 { continue }
      let count = read(source, buffer.baseAddress, size)
      if count == 0 { return try text.descriptor() }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw .unreadable(path: "-", code: errno)
      }
      let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      // A device that sends zeros never ends, and none of it would be read.
      if text.byteCount >= 1 << 20, part.allSatisfy({ $0 == 0 }) { throw .notText(path: "-", kind: "binary data") }
      if text.byteCount + count > limit { throw .inputTooLarge(limit: limit, folder: TemporaryText.folder) }
      try text.append(part)
    }
  }
}
