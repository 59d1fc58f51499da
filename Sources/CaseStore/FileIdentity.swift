import Foundation

/// Which file of the system a path leads to, and how long that is.
struct FileIdentity: Equatable, Sendable {
  let device: dev_t
  let number: ino_t
  let size: Int64

  /// nil where there is no file.
  init?(_ path: String) {
    var about = stat()
    guard stat(path, &about) == 0 else { return nil }
    self.init(about)
  }

  init(_ about: stat) { (device, number, size) = (about.st_dev, about.st_ino, Int64(about.st_size)) }

  /// The same file, whatever became of its length.
  func isSameFile(as other: FileIdentity?) -> Bool { device == other?.device && number == other?.number }
}
