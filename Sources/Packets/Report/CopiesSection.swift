import CaseFiles
import SmallFormats

/// Which listings of the packet are one advert, as the report and the spreadsheet say it.
///
/// Rule:   copies are named, never merged: each listing keeps its number, verdict and evidence.
/// Law:    it follows from `tool.copies` of `packet.json`.
struct CopiesSection {
  private let groups: [JSONValue]
  /// The place of the group of a listing.
  private var places: [String: Int] = [:]

  init(_ document: JSONValue) {
    groups = document.at("tool", "copies")?.each("groups") ?? []
    for (place, group) in groups.enumerated() {
      for id in Self.listings(of: group) { places[id] = place }
    }
  }

  private static func listings(of group: JSONValue) -> [String] { group.each("listings").compactMap(\.asText) }

  /// What must be known before drawing conclusions from a group.
  static let caveat =
    "Listings of one group have nearly the same words. That the goods or the seller are the same does not follow: a text "
    + "may be copied, and a near-copy may be of another specimen."

  /// How many listings are copies of another one in the packet.
  var copyCount: Int { groups.reduce(0) { $0 + max(0, Self.listings(of: $1).count - 1) } }

  // MARK: packet.json

  /// The copies under `tool`.
  ///
  /// Shape:  `caveat` and `groups`, each with `group`, its `listings`, how many listings of the opened files are this advert
  ///         (`listings_in_files`), the `text` with the names of slots in `⟨⟩`, or null, and `slots`, each with `slot` and
  ///         its `values` by listing. Null where copies were not looked for.
  static func value(of numbered: NumberedPacket) -> JSONValue {
    guard let copies = numbered.packet.file.copies else { return .null }
    let ids = numbered.listings.map(\.id)
    return .map(["caveat": .text(caveat), "groups": .list(copies.groups.map { value($0, ids) })])
  }

  private static func value(_ group: CaseCopies.Group, _ ids: [String]) -> JSONValue {
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
  func cells(of id: String) -> [String] {
    guard let group = places[id].map({ groups[$0] }) else { return ["", ""] }
    return [group.word("group"), Self.listings(of: group).filter { $0 != id }.joined(separator: " ")]
  }

  // MARK: report.html

  /// A person reads no more values of a slot, and no more numbers of listings, than this.
  private static let (shownValues, shownListings) = (12, 40)

  /// The section; empty where no two listings of the opened files are one advert.
  var html: String {
    guard !groups.isEmpty else { return "" }
    let several = groups.filter { Self.listings(of: $0).count > 1 }
    let single = groups.filter { Self.listings(of: $0).count == 1 }
    return """
      <section aria-labelledby="copies">
      <h2 id="copies">Copies of one advert</h2>
      <p>\(Self.caveat) Each listing has its own verdict. ⟨Slots⟩ are where they differ.</p>
      \(several.map(html).joined())\(outside(single))</section>

      """
  }

  private func html(_ group: JSONValue) -> String {
    let ids = Self.listings(of: group)
    let others = (group.at("listings_in_files")?.asNumber ?? 0) - ids.count
    var rows = HTMLTable.row(
      "Listings", "\(ids.count): \(shown(ids.map(HTMLText.escaped), Self.shownListings, separator: ", "))")
    if others > 0 { rows += HTMLTable.row("Not in this packet", "\(others) more in the files that were opened") }
    if let text = group.at("text")?.asText { rows += HTMLTable.row("Words", HTMLText.foreignLines(text, limit: 1500)) }
    for slot in group.each("slots") {
      var listed: [(value: String, ids: [String])] = []
      for id in ids {
        guard let value = slot.at("values", id)?.asText else { continue }
        if let index = listed.firstIndex(where: { $0.value == value }) {
          listed[index].ids.append(id)
        } else {
          listed.append((value, [id]))
        }
      }
      let values = listed.map { entry in
        HTMLText.foreign(entry.value.nonEmpty, limit: 160, absent: "nothing") + " <span class=\"label\">"
          + shown(entry.ids.map(HTMLText.escaped), Self.shownValues, separator: ", ") + "</span>"
      }
      rows += HTMLTable.row(
        "⟨\(DisplayText.visible(slot.word("slot")))⟩", shown(values, Self.shownValues, separator: "<br>\n"))
    }
    let compared =
      ids.count > CaseCopies.comparedListings
      ? "<p>The first \(CaseCopies.comparedListings) were compared word by word.</p>\n" : ""
    return """
      <h3>Group \(HTMLText.foreign(group.word("group")))</h3>
      <table class="facts"><tbody>
      \(rows)</tbody></table>
      \(compared)
      """
  }

  /// The listings whose copies are not in the packet, those with as many copies on one line.
  private func outside(_ groups: [JSONValue]) -> String {
    var byCount: [Int: [String]] = [:]
    for group in groups {
      byCount[(group.at("listings_in_files")?.asNumber ?? 1) - 1, default: []] += Self.listings(of: group)
    }
    let sentences = byCount.sorted { $0.key > $1.key }.map { count, ids in
      "<li>\(count) \(count == 1 ? "copy" : "copies") in the files that were opened, not in this packet: "
        + "\(shown(ids.map(HTMLText.escaped), Self.shownListings, separator: ", "))</li>\n"
    }
    return sentences.isEmpty ? "" : "<ul>\n\(sentences.joined())</ul>\n"
  }

  private func shown(_ texts: [String], _ count: Int, separator: String) -> String {
    let more = texts.count - count
    return texts.prefix(count).joined(separator: separator) + (more > 0 ? "\(separator)and \(more) more" : "")
  }
}
