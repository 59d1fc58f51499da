/// An opened file that is no longer what it was when it was opened.
package struct ChangedFile: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case grew(bytes: Int)
    /// By so many bytes; 0: nobody knows.
    case cut(bytes: Int)
    /// Written to, with the same length.
    case rewritten
    /// Another file has its name.
    case replaced
    case gone
  }

  /// As it was named.
  package let path: String
  /// As short as tells it from the others.
  package let name: String
  package let change: Change

  package init(path: String, name: String, change: Change) {
    self.path = path
    self.name = name
    self.change = change
  }

  /// What happened, what is unharmed, what to do.
  var sentence: String {
    switch change {
    case .grew, .replaced, .gone: "\(name) \(change.found): \(change.done)"
    case .cut, .rewritten: "\(name) \(change.found): \(change.done). Press R to read it as it is now"
    }
  }
}

extension ChangedFile.Change {
  /// Whether the listings on the screen may no longer say what was read.
  var isHarmful: Bool {
    switch self {
    case .cut, .rewritten: true
    case .grew, .replaced, .gone: false
    }
  }

  /// Whether it is news beside an earlier change: growing on is not.
  func isNews(after earlier: ChangedFile.Change?) -> Bool {
    switch (earlier, self) {
    case (.grew, .grew), (.cut, .cut), (.rewritten, .rewritten), (.replaced, .replaced), (.gone, .gone): false
    default: true
    }
  }

  var found: String {
    switch self {
    case .grew(let bytes): "grew by \(byteCount(bytes))"
    case .cut(0): "was cut while open"
    case .cut(let bytes): "was cut by \(byteCount(bytes)) while open"
    case .rewritten: "was written over while open"
    case .replaced: "was replaced by another file of its name"
    case .gone: "was removed or renamed"
    }
  }

  var done: String {
    switch self {
    case .grew: "press R to read the new rows"
    case .cut:
      "verdicts and notes are safe in the casebook; what the file lost reads as empty here, and no packet quotes it"
    case .rewritten:
      "verdicts and notes are safe in the casebook; listings here may show the new text, and no packet quotes it"
    case .replaced: "the listings here are those of the old one, unharmed; press R to read the new one"
    case .gone: "its listings stay readable here until you leave"
    }
  }

  /// Two words for the title bar.
  var short: String {
    switch self {
    case .grew: "grew"
    case .cut: "was cut"
    case .rewritten: "was written over"
    case .replaced: "was replaced"
    case .gone: "is gone"
    }
  }
}

/// A number of bytes as people say it: `812 bytes`, `1.2 MB`.
package func byteCount(_ bytes: Int) -> String {
  if bytes < 1000 { return counted(bytes, "byte") }
  var (tenths, unit) = ((bytes + 50) / 100, "kB")
  for larger in ["MB", "GB", "TB"] where tenths >= 10_000 { (tenths, unit) = ((tenths + 500) / 1000, larger) }
  return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(grouped((tenths + 5) / 10)) \(unit)"
}
