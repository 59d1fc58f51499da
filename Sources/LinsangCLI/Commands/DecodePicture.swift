import ArgumentParser
import Foundation
import Pictures
import TextCells

/// `linsang decode-picture ACROSS DOWN`: what `PictureChild` starts. It reads a picture from standard input and prints it made
/// smaller, and from its first line on can do nothing else.
///
/// Limits: no new file, no growing file, no child, no core, ten seconds of processor time, and `room` bytes more than it has.
struct DecodePicture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode-picture", abstract: "Decode a picture within hard limits.", shouldDisplay: false)

  @Argument var across: Int
  @Argument var down: Int

  /// For the largest picture, decoded, and the library's own.
  private static let room = 900 << 20

  func run() throws {
    guard (1...PixelGrid.maximumSide).contains(across), (1...PixelGrid.maximumSide).contains(down) else {
      throw ExitCode(PictureChild.Outcome.refused.status)
    }
    guard Self.confine() else { throw ExitCode(PictureChild.Outcome.unconfined.status) }
    let outcome: PictureChild.Outcome
    do throws(PictureFault) {
      let grid = try PictureDecoding.grid(of: Self.input(), across: across, down: down)
      outcome = Self.put(grid.bytes) ? .shown : .refused
    } catch {
      outcome = PictureChild.Outcome(error)
    }
    throw ExitCode(outcome.status)
  }

  /// Sets the limits; false where one cannot be set.
  private static func confine() -> Bool {
    func limit(_ what: __rlimit_resource, _ most: Int) -> Bool {
      var limit = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
      return setrlimit(__rlimit_resource_t(what.rawValue), &limit) == 0
    }
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").first
    guard let own = pages.flatMap({ Int($0) }) else { return false }
    return limit(RLIMIT_AS, own * Int(sysconf(Int32(_SC_PAGESIZE))) + room) && limit(RLIMIT_CPU, 10)
      && limit(RLIMIT_FSIZE, 0) && limit(__RLIMIT_NPROC, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 0)
  }

  /// Standard input, which is the picture.
  private static func input() throws(PictureFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      guard bytes.count + count <= PictureDecoding.maximumBytes else { throw .tooLong }
      bytes += piece[..<count]
    }
  }

  private static func put(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress! + start, $0.count - start) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}
