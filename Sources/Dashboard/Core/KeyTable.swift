/// The key tables of the manual, made from the commands and the sheets, so that they cannot differ.
package enum KeyTable {
  /// A table of the keys in the panes, and one of those in sheets, as Markdown.
  package static func markdown(_ bindings: KeyBindings = .standard) -> String {
    panes(bindings) + "\n\n" + sheets(bindings)
  }

  /// The names of all keys that mean something somewhere.
  package static var labels: Set<String> {
    Set(CommandTable.all.flatMap(\.keys).map(\.label)).union(Mode.sheets.flatMap { $0.keyLabels })
  }

  private static func sheets(_ bindings: KeyBindings) -> String {
    var lines = ["| keys | in | what |", "|---|---|---|"]
    for sheet in Mode.sheets {
      lines += sheet.keyRows(bindings).map { "| \($0.keys) | \(sheet.name) | \($0.help) |" }
    }
    return lines.joined(separator: "\n")
  }

  private static func panes(_ bindings: KeyBindings) -> String {
    let rows = paneRows(bindings).map { row in
      "| \(row.keys.map { "`\($0)`" }.joined(separator: " ")) | \(row.place) | \(row.help) | `\(row.command)` |"
    }
    return (["| keys | where | what | command |", "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  /// A command of the panes: the names of its keys, where they work, and what it does.
  package struct PaneRow {
    /// Its name, by which `:` finds it and a settings file gives it other keys.
    package let command: String
    package let keys: [String]
    package let place: String
    package let help: String
  }

  /// The commands of the panes that have keys, group by group.
  package static func paneRows(_ bindings: KeyBindings = .standard) -> [PaneRow] {
    Command.Group.allCases.flatMap { group in
      bindings.commands.filter { $0.group == group && !$0.keys.isEmpty }.map { command in
        PaneRow(
          command: command.name, keys: command.shownKeyList.map(\.label), place: place(of: command), help: command.help)
      }
    }
  }

  private static func place(of command: Command) -> String {
    switch command.panes {
    case []: "everywhere"
    case listingPanes: "listings"
    case facetPanes: "facets"
    case valuePanes: "platform, species, seller"
    default: command.panes.map { "\($0)" }.sorted().joined(separator: ", ")
    }
  }
}
