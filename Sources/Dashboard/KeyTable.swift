/// The key table of the manual, made from the commands, so that the two cannot differ.
package enum KeyTable {
  package static var markdown: String {
    var lines = ["| keys | where | what |", "|---|---|---|"]
    for group in Command.Group.allCases {
      for command in CommandTable.all where command.group == group && !command.keys.isEmpty {
        let keys = command.keys.filter(\.isTold).map { "`\($0.label)`" }.joined(separator: " ")
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
