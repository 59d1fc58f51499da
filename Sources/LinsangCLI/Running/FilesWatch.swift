import Listings
import Dashboard
import Dispatch
import Intake
import Synchronization

/// Looks every two seconds whether the opened files are still what they were when they were opened.
///
/// Cost:   a `stat` per file and look, off the loop; the loop is woken only when there is something new.
final class FilesWatch: Sendable {
  private static let interval = 2.0
  private let state = Mutex(Watched())
  private let looking = DispatchQueue(label: "linsang.files", qos: .utility)

  private struct Watched {
    var files: [OpenedFile] = []
    var told: [ChangedFile] = []
    /// Counts the readings: what is found about an older one is nobody's business any more.
    var reading = 0
    var isWatching = false
  }

  /// Watches these files from now on, in place of those before.
  func watch(_ files: [OpenedFile], _ mailbox: Mailbox) {
    let reading = state.withLock { watched in
      watched.files = files
      watched.told = []
      watched.reading += 1
      watched.isWatching = true
      return watched.reading
    }
    looking.async { [self] in look(reading, mailbox) }
  }

  func stop() {
    state.withLock { watched in
      watched.isWatching = false
      watched.files = []
    }
  }

  private func look(_ reading: Int, _ mailbox: Mailbox) {
    let files = state.withLock { $0.isWatching && $0.reading == reading ? $0.files : nil }
    guard let files else { return }
    let names = ShortNames(files.map(\.name))
    let changed = files.compactMap { file in
      file.change.map { ChangedFile(path: file.name, name: names[file.name], change: .init($0)) }
    }
    let isNews = state.withLock { watched in
      guard watched.isWatching, watched.reading == reading, watched.told != changed else { return false }
      watched.told = changed
      return true
    }
    if isNews { mailbox.put(.filesChanged(changed)) }
    looking.asyncAfter(deadline: .now() + Self.interval) { [self] in look(reading, mailbox) }
  }
}

extension ChangedFile.Change {
  init(_ change: FileChange) {
    switch change {
    case .grew(let bytes): self = .grew(bytes: bytes)
    case .cut(let bytes): self = .cut(bytes: bytes)
    case .rewritten: self = .rewritten
    case .replaced: self = .replaced
    case .gone: self = .gone
    }
  }
}
