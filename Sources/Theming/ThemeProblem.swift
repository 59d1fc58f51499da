import Sentences
import TextCells

/// What is wrong with a theme, and where. A theme with problems still works; what is missing looks plain.
///
/// Shape:  values without prose; `sentence` is the one place that words them.
package struct ThemeProblem: Equatable, Sendable {
  /// The kinds of problem, with what a sentence needs to know.
  package enum What: Equatable, Sendable {
    /// None of these folders has it.
    case notFound(folders: [String])
    /// The system would not read the file.
    case unreadable(errno: Int32)
    /// Longer than any theme.
    case tooLong(bytes: Int)
    /// A line that is not TOML as far as themes use it.
    case notTOML(String)
    /// The file contains no style at all.
    case noStyles
    /// A key that no theme has.
    case unknownKey
    case unknownRole
    case unknownBackdrop
    /// A role that the theme gives no style.
    case missingRole(Role)
    case missingBackdrop(Backdrop)
    /// A value of the wrong type.
    case wrongKind(expected: String)
    case badColour(String)
    case badAttribute(String)
    /// A background without a foreground cannot be read if the terminal's text happens to have the same colour.
    case backgroundAlone
    /// Text or a line that is hard to see on one backdrop. Ratios as in `Contrast`.
    case lowContrast(ratio: Double, needed: Double, role: Role, backdrop: Backdrop)
  }

  /// The path, or the name if there is no such file.
  package var file: String
  /// From 1; nil if it is about the whole file.
  package var line: Int?
  /// The path of the key: `role.hit.foreground`.
  package var key: String?
  package var what: What

  package init(file: String, line: Int? = nil, key: String? = nil, what: What) {
    self.file = file
    self.line = line
    self.key = key
    self.what = what
  }

  /// A sentence for people: where, what is wrong, and what to do.
  package var sentence: String {
    let location = file + (line.map { ":\($0)" } ?? "") + (key.map { ": \($0)" } ?? "")
    return "\(location): \(explanation)"
  }

  /// What is wrong and what to do.
  private var explanation: String {
    switch what {
    case .notFound(let folders):
      localized("no such theme in \(folders.joined(separator: ", ")); `linsang theme list` lists those that exist")
    case .unreadable(let number): localized("the file could not be read (\(errorText(number)))")
    case .tooLong(let bytes): localized("at \(bytes) bytes it is too long for a theme; is it the right file?")
    case .notTOML(let why): localized("the line was skipped: \(why)")
    case .noStyles: localized("it contains no style, so the theme mono is used")
    case .unknownKey: localized("unknown key; a style has foreground, background and attributes")
    case .unknownRole: localized("there is no such role; `Themes/mono.toml` lists them all")
    case .unknownBackdrop:
      localized("there is no such ground; known are \(Backdrop.allCases.map(\.rawValue).joined(separator: ", "))")
    case .missingRole(let role): localized("the role \(role.rawValue) is missing and looks like plain text")
    case .missingBackdrop(let backdrop): localized("the ground \(backdrop.rawValue) is missing and looks plain")
    case .wrongKind(let expected): localized("expected \(expected)")
    case .badColour(let text): localized("\"\(text)\" is not a colour; write 0 to 255, \"#rrggbb\" or \"default\"")
    case .badAttribute(let text):
      localized("\"\(text)\" is not an attribute; known are \(TextAttributes.names.map(\.0).joined(separator: ", "))")
    case .backgroundAlone: localized("a background needs a foreground too, or some terminals cannot show it legibly")
    case .lowContrast(let ratio, let needed, let role, let backdrop):
      localized(
        "\(role.rawValue) on \(backdrop.rawValue) has a contrast of \(oneDecimal(ratio)) and needs \(oneDecimal(needed))"
      )
    }
  }

  /// Rounds down, so that 4.49 is not shown as 4.5 and called too low.
  private func oneDecimal(_ number: Double) -> String {
    let tenths = Int(number * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
