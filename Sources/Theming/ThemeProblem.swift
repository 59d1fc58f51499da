import TextCells

/// What is wrong with a theme, and where. A theme with problems still works; what it leaves out looks plain.
package struct ThemeProblem: Equatable, Sendable {
  package enum What: Equatable, Sendable {
    /// No folder of the shelf has it.
    case notFound(folders: [String])
    case unreadable(errno: Int32)
    case tooLong(bytes: Int)
    case notTOML(String)
    /// Nothing in it is a style.
    case noStyles
    case unknownKey
    case unknownRole
    case unknownGround
    case missingRole(Role)
    case missingGround(Ground)
    case wrongKind(expected: String)
    case badColour(String)
    case badAttribute(String)
    /// A background without a foreground is unreadable wherever the terminal's text has the same colour.
    case backgroundAlone
    case lowContrast(ratio: Double, needed: Double, role: Role, ground: Ground)
  }

  package var file: String
  package var line: Int?
  /// `role.hit.foreground`: the path of the key.
  package var key: String?
  package var what: What

  package init(file: String, line: Int? = nil, key: String? = nil, what: What) {
    self.file = file
    self.line = line
    self.key = key
    self.what = what
  }

  /// The sentence for people: place, what happened, what to do.
  package var sentence: String {
    let place = file + (line.map { ":\($0)" } ?? "") + (key.map { ": \($0)" } ?? "")
    return "\(place): \(explanation)"
  }

  private var explanation: String {
    switch what {
    case .notFound(let folders):
      "no such theme in \(folders.joined(separator: ", ")); `linsang theme list` names those there are"
    case .unreadable(let number): "the file could not be read (\(errorText(number)))"
    case .tooLong(let bytes): "\(bytes) bytes is more than a theme can be; is it the right file?"
    case .notTOML(let why): "the line was left out: \(why)"
    case .noStyles: "there is no style in it, so the theme mono is used"
    case .unknownKey: "unknown key; a style has foreground, background and attributes"
    case .unknownRole: "there is no such role; `Themes/mono.toml` names them all"
    case .unknownGround: "there is no such ground; known are \(Ground.allCases.map(\.rawValue).joined(separator: ", "))"
    case .missingRole(let role): "the role \(role.rawValue) is missing and looks like plain text"
    case .missingGround(let ground): "the ground \(ground.rawValue) is missing and looks plain"
    case .wrongKind(let expected): "expected \(expected)"
    case .badColour(let text): "\"\(text)\" is no colour; write 0 to 255, \"#rrggbb\" or \"default\""
    case .badAttribute(let text):
      "\"\(text)\" is no attribute; known are \(TextAttributes.names.map(\.0).joined(separator: ", "))"
    case .backgroundAlone: "a background needs a foreground beside it, or it cannot be read on every terminal"
    case .lowContrast(let ratio, let needed, let role, let ground):
      "\(role.rawValue) on \(ground.rawValue) has a contrast of \(oneDecimal(ratio)), and needs \(oneDecimal(needed))"
    }
  }

  private func oneDecimal(_ number: Double) -> String {
    // Rounded down, so that 4.49 is not said to be 4.5 and too little.
    let tenths = Int(number * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
