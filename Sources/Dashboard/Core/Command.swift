import Sentences
import TerminalIO

/// A named action with its keys and help. The table of commands is the one source for keys, hints, help sheet, palette,
/// `linsang keys` and the key table of the manual.
package struct Command: Sendable {
  package enum Group: CaseIterable, Sendable {
    case deciding, finding, facets, moving, handingOver, program

    /// The heading of its commands in the help.
    package var label: String {
      switch self {
      case .deciding: localized("Deciding")
      case .finding: localized("Finding")
      case .facets: localized("In a facet pane")
      case .moving: localized("Moving")
      case .handingOver: localized("Handing over")
      case .program: localized("Program")
      }
    }
  }

  /// For the palette: `confirm`, `sort`.
  package let name: String
  package internal(set) var keys: [Key]
  /// Whether the analyst chose them.
  var hasChosenKeys = false
  private let helpSentence: Sentence
  private let hintSentence: Sentence?
  /// Hints of a lower rank are given room first; 3 stands at the end.
  package let hintRank: Int
  /// The rank of what is hinted only while listings are marked, and then first.
  static let hintedWithMarks = 4
  /// What it can do to what was decided.
  package let weight: KeyWeight
  package let group: Group
  /// The panes in which the keys mean this; empty: all.
  package let panes: Set<Pane>
  /// Why the command does not apply now; nil: it does.
  package let blocked: @Sendable (State) -> String?
  let run: @Sendable (inout State) -> [Effect]

  init(
    _ name: String, _ keys: [Key], _ group: Group, _ help: Sentence, hint: Sentence? = nil, rank: Int = 2,
    in panes: Set<Pane> = [], weight: KeyWeight = .light,
    blocked: @escaping @Sendable (State) -> String? = { _ in nil },
    run: @escaping @Sendable (inout State) -> [Effect]
  ) {
    self.name = name
    self.keys = keys
    self.group = group
    (helpSentence, hintSentence) = (help, hint)
    hintRank = rank
    self.panes = panes
    self.weight = weight
    self.blocked = blocked
    self.run = run
  }

  /// What it does; goes on from the name of the key.
  package var help: String { localized(helpSentence) }
  /// Whether the hint line names it where there is room.
  var isHinted: Bool { hintSentence != nil }
  /// One or two words for the hint line; nil: not hinted.
  package var hint: String? { hintSentence.map { localized($0) } }

  package func applies(in pane: Pane) -> Bool { panes.isEmpty || panes.contains(pane) }

  /// Whether it acts on what is under the cursor of a pane: what means the same in every pane does not.
  var isOnWhatIsUnderTheCursor: Bool { !panes.isEmpty }
}

/// All commands, with the keys that they have unless the analyst chose others (`KeyBindings`).
package enum CommandTable {
  package static let all: [Command] = deciding + finding + facets + moving + handingOver + program
}
