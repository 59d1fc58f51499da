import Casework
import SmallFormats

/// The part of annex A about files beside the rows: attached ones, those that rows name, and those that are missing. Pictures
/// are listed, never shown: a report must not run what a seller made.
struct AttachedFiles {
  let records: PacketRecords

  /// Empty where there are neither files nor missing ones.
  var html: String {
    let rows = records.listings.flatMap { listing in listing.files.map { row($0, of: listing.id) } }
    let missing = records.listings.flatMap { listing in
      records.missing(of: listing.id).map {
        "<tr><th scope=\"row\" class=\"id\">\(HTMLText.escaped(listing.id))</th><td>\(HTMLText.foreign($0, limit: 600))</td></tr>\n"
      }
    }
    let columns = ["Evidence", "File in this packet, and its SHA-256", "How it was captured", "Where it comes from"]
    return
      (rows.isEmpty
      ? ""
      : "<h3>Files beside the rows</h3>\n" + HTMLTable.table("attached", columns, rows.joined()))
      + (missing.isEmpty
        ? ""
        : "<h3>Files that could not be had</h3>\n" + HTMLTable.table("missing", ["Listing", "File"], missing.joined()))
  }

  private func row(_ piece: RecordedEvidence, of listing: String) -> String {
    let size = Count.of(piece.value.at("bytes")?.asNumber ?? 0, "byte")
    let method = CaptureMethod(rawValue: piece.value.word("method"))?.label ?? piece.value.word("method")
    let collected = piece.collected.map { ", \($0)" } ?? ", when is not known"
    let looked = piece.facts.word("looked_into").nonEmpty.map {
      "<br>\n" + HTMLText.foreign("looked into: \($0)", limit: 600)
    }
    let cells = [
      HTMLText.escaped("\(piece.value.word("path")), \(size)")
        + "<br>\n<code>\(HTMLText.escaped(piece.value.word("sha256")))</code>",
      HTMLText.escaped("\(method), \(piece.value.word("media_type"))") + HTMLText.foreign(collected, limit: 100)
        + (looked ?? ""),
      source(of: piece),
    ]
    return "<tr><th scope=\"row\" class=\"id\">\(HTMLText.escaped(piece.id)), \(HTMLText.escaped(listing))</th>"
      + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
  }

  private func source(of piece: RecordedEvidence) -> String {
    let name = piece.facts.word("name").nonEmpty.map { HTMLText.foreign($0, limit: 200) } ?? "a file without a name"
    let note = piece.facts.word("note").nonEmpty.map { "<br>\n" + HTMLText.foreign("note: \($0)", limit: 500) } ?? ""
    guard piece.facts.word("source") == "attached" else {
      return name + HTMLText.foreign(", named by the row in its column \(piece.imported("column"))", limit: 300)
    }
    let by = HTMLText.foreign(piece.facts.word("attached_by"), limit: 100)
    return "\(name), attached by \(by) on \(HTMLText.escaped(Moment.words(piece.facts.word("attached_at"))))\(note)"
  }
}
