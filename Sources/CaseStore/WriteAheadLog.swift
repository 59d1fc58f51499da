import Foundation

/// The log beside a casebook, read by its path: it bears no locks, so that it may be opened and closed at will.
///
/// Source: sqlite.org/fileformat2.html, section 4.1: a header of 32 bytes with the page size at 8 and two salts at 16;
///         then frames of 24 bytes and a page, each with the salts at 8.
struct WriteAheadLog: ~Copyable {
  let identity: FileIdentity
  let pageSize: Int
  let salts: [UInt8]
  private let handle: Int32

  static func path(of casebook: String) -> String { casebook + "-wal" }

  /// nil where there is no log, or one without a whole header.
  init?(_ path: String) {
    let handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard handle >= 0 else { return nil }
    var about = stat()
    var header = [UInt8](repeating: 0, count: 32)
    guard fstat(handle, &about) == 0, about.st_mode & S_IFMT == S_IFREG, pread(handle, &header, 32, 0) == 32 else {
      close(handle)
      return nil
    }
    self.handle = handle
    identity = FileIdentity(about)
    pageSize = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
    salts = Array(header[16..<24])
    // A header that SQLite would not read: treated as a log without frames.
    isReadable = header[0] == 0x37 && header[1] == 0x7F && (512...65536).contains(pageSize)
  }

  private let isReadable: Bool

  deinit { close(handle) }

  private var frameSize: Int { 24 + pageSize }

  /// Whether the file holds as many frames of this header as its index says.
  func holds(frames: Int) -> Bool {
    guard isReadable, identity.size >= Int64(32 + frames * frameSize) else { return false }
    var head = [UInt8](repeating: 0, count: 24)
    return pread(handle, &head, 24, off_t(32 + (frames - 1) * frameSize)) == 24 && Array(head[8..<16]) == salts
  }

  /// The stamps in the frames of this header, in the order they were written.
  ///
  /// Cost:   one pass over the log.
  func stamps(frames: Int = .max) -> [CasebookStamp] {
    guard isReadable else { return [] }
    var stamps: [CasebookStamp] = []
    var frame = [UInt8](repeating: 0, count: frameSize)
    var number = 0
    while number < frames, pread(handle, &frame, frameSize, off_t(32 + number * frameSize)) == frameSize {
      // What follows was left over when the log was begun again.
      guard Array(frame[8..<16]) == salts else { break }
      if let stamp = CasebookStamp(page: frame[24...]) { stamps.append(stamp) }
      number += 1
    }
    return stamps
  }
}

extension [CasebookStamp] {
  /// Whether a main file with this stamp is what a log with these goes on from; a log without stamps fits any.
  func go(onFrom stamp: CasebookStamp) -> Bool {
    guard let first else { return true }
    return first.follows(stamp) || contains(stamp)
  }
}
