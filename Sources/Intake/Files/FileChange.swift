/// What has become of a file since it was opened.
package enum FileChange: Equatable, Sendable {
  /// It is longer; what was opened is taken to be its first part.
  case grew(bytes: Int)
  /// It is shorter by so many bytes (0: nobody knows): what it lost reads as zeros.
  case cut(bytes: Int)
  /// It was written to and has the same length: what it holds now may be something else.
  case rewritten
  /// Another file has its name. The one that was opened is unharmed.
  case replaced
  /// Nothing has its name. The file that was opened is unharmed as long as it stays open.
  case gone

  /// Whether the bytes that were read may no longer be there.
  package var isHarmful: Bool {
    switch self {
    case .cut, .rewritten: true
    case .grew, .replaced, .gone: false
    }
  }
}

/// A file as it stood when it was opened, to be held against what it is now.
package struct OpenedFile: Sendable {
  private let file: MappedFile

  init(_ file: MappedFile) { self.file = file }

  /// As given on the command line.
  package var name: String { file.name }

  /// What has become of it; nil: nothing.
  ///
  /// Cost:  one `stat`, which may wait on a network's disk: not for the thread that draws.
  package var change: FileChange? { file.change }
}
