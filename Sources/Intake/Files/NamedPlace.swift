import Glibc

/// What stands under a path.
enum NamedPlace: Equatable {
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
