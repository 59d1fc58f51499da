import Sentences
import SmallFormats

/// What is wrong with a settings file, and where. The program starts all the same.
///
/// Shape:  values without prose; `sentence` is the one place that words them.
package struct SettingsProblem: Equatable, Sendable {
  package enum What: Equatable, Sendable {
    /// There is no file of the name that was given.
    case notThere
    /// The system would not read it.
    case unreadable(why: String)
    case notTOML(String)
    /// A name that no setting has.
    case unknown(nearest: String?)
    /// A value of the wrong kind.
    case wrongKind(wanted: String, used: String)
    /// What is written for a command is no list of keys.
    case notKeys
    /// Keys that a command cannot have; the sentence says why, and which keys it has instead.
    case keys(String)
  }

  package let path: String
  /// From 1; nil if it is about the whole file.
  package let line: Int?
  /// The name of the setting: `panes.species`.
  package let name: String?
  package let what: What

  package init(path: String, line: Int? = nil, name: String? = nil, what: What) {
    (self.path, self.line, self.name, self.what) = (path, line, name, what)
  }

  /// A sentence for people: where, what is wrong, and what is used instead.
  package var sentence: String { sentence(naming: path) }

  /// The sentence with the name of the file alone, for a line that has little room.
  package var shortSentence: String { sentence(naming: path.split(separator: "/").last.map(String.init) ?? path) }

  private func sentence(naming file: String) -> String {
    let place = line.map { line in localized("\(file), line \(line)", context: "a place in a file") } ?? file
    return "\(place): \(name.map { $0 + ": " } ?? "")\(explanation)"
  }

  private var explanation: String {
    switch what {
    case .notThere: localized("there is no such file; every setting has its default")
    case .unreadable(let why): localized("the file could not be read (\(why)); every setting has its default")
    case .notTOML(let why): localized("the line was skipped: \(why)")
    case .unknown(let nearest?): localized("there is no such setting; perhaps you mean \(nearest)")
    case .unknown(nil): localized("there is no such setting; `linsang config` prints all")
    case .wrongKind(let wanted, let used): localized("expected \(wanted); used instead: \(used)")
    case .notKeys: localized("expected a list of keys, such as [\"c\", \"^D\"]; the command keeps its own")
    case .keys(let why): why
    }
  }
}
