import CaseFiles
import SmallFormats

/// Which listings of the packet are one advert, as the report, `packet.json` and the spreadsheet say it.
///
/// Rule:   copies are named, never merged: each listing keeps its number, verdict and evidence.
struct CopiesSection {
  /// Nil where copies were not looked for.
  let copies: CaseCopies?
  /// The ids of the packet's listings, in order.
  let ids: [String]
  /// By the place of a listing.
  private let groups: [Int: CaseCopies.Group]

  init(_ numbered: NumberedPacket) {
    copies = numbered.packet.file.copies
    ids = numbered.listings.map(\.id)
    var groups: [Int: CaseCopies.Group] = [:]
    for group in copies?.groups ?? [] { for place in group.listings { groups[place] = group } }
    self.groups = groups
  }

  /// What must be known before drawing conclusions from a group.
  static let caveat =
    "Listings of one group have nearly the same words. That the goods or the seller are the same does not follow: a text "
    + "may be copied, and a near-copy may be of another specimen."

  // MARK: packet.json

  /// Shape:  `caveat` and `groups`, each with `group`, its `listings`, how many listings of the opened files are this advert
  ///         (`listings_in_files`), the `text` with the names of slots in `⟨⟩`, or null, and `slots`, each with `slot` and
  ///         its `values` by listing. Null where copies were not looked for.
  var value: JSONValue {
    guard let copies else { return .null }
    return .map(["caveat": .text(Self.caveat), "groups": .list(copies.groups.map(value))])
  }

  private func value(_ group: CaseCopies.Group) -> JSONValue {
    .map([
      "group": .text(group.name), "listings": .list(group.listings.map { .text(ids[$0]) }),
      "listings_in_files": .number(group.listingsInFiles), "text": .textOrNull(group.text.nonEmpty),
      "slots": .list(
        group.slots.map { slot in
          let values = zip(group.listings, slot.values).map { (ids[$0], JSONValue.text($1)) }
          return .map([
            "slot": .text(slot.name), "values": .map(Dictionary(values) { first, _ in first }),
          ])
        }),
    ])
  }

  // MARK: listings.csv

  /// The name of a listing's group, and the other listings of the packet in it.
  func cells(of place: Int) -> [String] {
    guard let group = groups[place] else { return ["", ""] }
    return [group.name, group.listings.filter { $0 != place }.map { ids[$0] }.joined(separator: " ")]
  }

  // MARK: report.html

  /// A person reads no more values of a slot, and no more numbers of listings, than this.
  private static let (shownValues, shownListings) = (12, 40)

  /// The section; empty where no two listings of the opened files are one advert.
  var html: String {
    guard let copies, !copies.groups.isEmpty else { return "" }
    let several = copies.groups.filter { $0.listings.count > 1 }
    let single = copies.groups.filter { $0.listings.count == 1 }
    return """
      <section>
      <h2>Copies of one advert</h2>
      <p>\(Self.caveat) Each listing has its own verdict. ⟨Slots⟩ are where they differ.</p>
      \(several.map(html).joined())\(outside(single))</section>

      """
  }

  private func html(_ group: CaseCopies.Group) -> String {
    let listings = shown(group.listings.map { ids[$0] }, Self.shownListings, separator: ", ")
    let others = group.listingsInFiles - group.listings.count
    var rows = HTMLTable.row("Listings", "\(group.listings.count): \(listings)")
    if others > 0 { rows += HTMLTable.row("Not in this packet", "\(others) more in the files that were opened") }
    rows += HTMLTable.row("Words", HTMLText.foreignLines(group.text, limit: 1500))
    for slot in group.slots {
      var listed: [(value: String, ids: [String])] = []
      for (place, value) in zip(group.listings, slot.values) {
        if let index = listed.firstIndex(where: { $0.value == value }) {
          listed[index].ids.append(ids[place])
        } else {
          listed.append((value, [ids[place]]))
        }
      }
      let values = listed.map { entry in
        HTMLText.foreign(entry.value.nonEmpty, limit: 160, absent: "nothing") + " <span class=\"label\">"
          + shown(entry.ids, Self.shownValues, separator: ", ") + "</span>"
      }
      rows += HTMLTable.row("⟨\(slot.name)⟩", shown(values, Self.shownValues, separator: "<br>\n"))
    }
    let compared =
      group.listings.count > CaseCopies.comparedListings
      ? "<p>The first \(CaseCopies.comparedListings) were compared word by word.</p>\n" : ""
    return """
      <h3>Group \(group.name)</h3>
      <table class="facts"><tbody>
      \(rows)</tbody></table>
      \(compared)
      """
  }

  /// The listings whose copies are not in the packet.
  private func outside(_ groups: [CaseCopies.Group]) -> String {
    guard !groups.isEmpty else { return "" }
    let rows = groups.map { group in
      let others = group.listingsInFiles - 1
      return HTMLTable.row(
        ids[group.listings[0]],
        "\(others) \(others == 1 ? "copy" : "copies") in the files that were opened, not in this packet "
          + "<span class=\"label\">group \(group.name)</span>")
    }
    return "<table class=\"facts\"><tbody>\n\(rows.joined())</tbody></table>\n"
  }

  private func shown(_ texts: [String], _ count: Int, separator: String) -> String {
    let more = texts.count - count
    return texts.prefix(count).joined(separator: separator) + (more > 0 ? "\(separator)and \(more) more" : "")
  }
}
