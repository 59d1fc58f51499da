/// The key tables of the manual, made from the commands and the sheets, so that they cannot differ.
package enum KeyTable {
  /// A table of the keys in the panes, and one of those in sheets, as Markdown.
  package static var markdown: String { panes + "\n\n" + sheets }

  /// The names of all keys that mean something somewhere.
  package static var labels: Set<String> {
    Set(CommandTable.all.flatMap(\.keys).map(\.label)).union(Mode.sheets.flatMap { $0.keyLabels })
  }

  private static var sheets: String {
    var lines = ["| keys | in | what |", "|---|---|---|"]
    for sheet in Mode.sheets {
      lines += sheet.keyRows.map { "| \($0.keys) | \(sheet.name) | \($0.help) |" }
    }
    return lines.joined(separator: "\n")
  }

  private static var panes: String {
    var lines = ["| keys | where | what |", "|---|---|---|"]
    for group in Command.Group.allCases {
      for command in CommandTable.all where command.group == group && !command.keys.isEmpty {
        let keys = command.keys.filter(\.isShown).map { "`\($0.label)`" }.joined(separator: " ")
        lines.append("| \(keys) | \(place(of: command)) | \(command.help) |")
      }
    }
    return lines.joined(separator: "\n")
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
