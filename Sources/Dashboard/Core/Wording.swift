extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var text = Substring(self).drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// What follows the last slash: a file's own name.
  var lastPart: String { split(separator: "/").last.map(String.init) ?? self }

  /// The text without controls and marks that turn the direction of writing: what may be pasted into a shell.
  var withoutControls: String {
    var kept = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: continue
      default: kept.append(scalar)
      }
    }
    return String(kept)
  }
}
