import ArgumentParser
import CaseStore
import Casework
import Foundation
import Listings
import SmallFormats

/// `linsang attach [add|list|withdraw]`
struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Attach files to a listing as evidence: screenshots, saved pages, web archives.",
    subcommands: [Add.self, List.self, Withdraw.self], defaultSubcommand: Add.self)
}

/// Which listing is meant.
struct ListingName: ParsableArguments {
  @Option(
    name: .customLong("listings"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Look for the listing in these files; needed for one that was never decided.", valueName: "file"))
  var files: [String] = []

  @OptionGroup var reading: ReadingOptions

  /// The key of the listing that goes by a name.
  ///
  /// Fails:  throws `noSuchListing` or `severalListings`.
  func key(of name: String, in book: Casebook) throws -> ListingKey {
    var found = Set(try book.listings(named: name))
    if !files.isEmpty {
      let dataset = try BatchReading(files, reading).dataset
      for row in 0..<dataset.rowCount {
        let key = dataset.key(at: row)
        let isNamed =
          key.text == name || dataset.shownText(of: .url, at: row) == name
          || dataset.shownText(of: .listingID, at: row) == name
        if isNamed { found.insert(key) }
      }
      let now = try book.currentKeys()
      found = Set(found.map { now[$0] ?? $0 })
    }
    if found.count > 1 { throw AttachmentProblem.severalListings(name, found.sorted().map(\.text)) }
    guard let key = found.first else { throw AttachmentProblem.noSuchListing(name) }
    return key
  }
}

extension AttachCommand {
  /// `linsang attach LISTING FILE…`
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy files beside the casebook and attach them to a listing.",
      discussion: """
        The copy is kept under its SHA-256 in a folder beside the casebook, NAME.evidence, so that the file may be moved or \
        changed afterwards. Who attached it, when, and what it is by its content become an event of the audit chain. Web \
        archives (WARC, WACZ) are looked into; one that does not agree with what it says of itself is attached all the same.

        Exit status: 0 done · 1 some of the files were not attached · 2 none was.
        """)
    @Argument(help: "The listing: its web address, its number or its key.")
    var listing: String

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    @OptionGroup var casebook: CasebookOptions

    @Option(
      help: ArgumentHelp(
        "How they were captured: screenshot, browser-save, warc, api, transcript or import. Default: import, as found.",
        valueName: "word"))
    var method: String?
    @Option(
      help: "When they were captured, such as 2026-11-18T11:06:40Z. Default: not known, before they were attached.")
    var capturedAt: String?
    @Option(help: "In your own words.") var note: String?
    @OptionGroup var name: ListingName

    func run() throws {
      try Diagnostics.reportingErrors { output in
        guard casebook.exists || !name.files.isEmpty else { throw CasebookError.noSuchFile(path: casebook.path) }
        var draft = AttachmentDraft()
        (draft[.method], draft[.capturedAt], draft[.note]) = (method ?? "", capturedAt ?? "", note ?? "")
        let stated = draft
        _ = try stated.statements(now: .now)
        let refused = try casebook.withOpened { book in
          let key = try name.key(of: listing, in: book)
          var refused = 0
          for file in files {
            do {
              try output.line(try book.attach(file, stated, to: key).sentence(to: key))
            } catch let error as EvidenceFileError {
              Diagnostics.report(error.sentence)
              refused += 1
            }
          }
          return refused
        }
        try output.flush()
        if refused > 0 { throw ExitCode(refused == files.count ? 2 : 1) }
      }
    }
  }

  /// `linsang attach list [LISTING]`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the files attached to a listing, or to all, with who attached them and when.")
    @Argument(help: "The listing: its web address, its number or its key. Default: all.")
    var listing: String?

    @OptionGroup var casebook: CasebookOptions
    @Flag(help: "Print JSON Lines.") var json = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        let attached: [RecordedAttachment]
        if let listing {
          let keys = try book.listings(named: listing)
          if keys.count > 1 { throw AttachmentProblem.severalListings(listing, keys.map(\.text)) }
          guard let key = keys.first else { throw AttachmentProblem.noSuchListing(listing) }
          attached = try book.attachments(of: key)
        } else {
          attached = try book.attachments().all
        }
        let folder = book.evidence
        for one in attached {
          let problem = folder.quickProblem(of: one.attachment)
          if json {
            try output.put(Self.json(one, problem, folder).text + "\n")
          } else {
            try output.lines(Self.lines(one, problem))
          }
        }
        guard attached.isEmpty else { return }
        Diagnostics.report("\(casebook.path): nothing is attached\(listing.map { " to \($0)" } ?? "")")
        throw ExitCode(1)
      }
    }

    private static func lines(_ one: RecordedAttachment, _ problem: String?) -> [String] {
      let attachment = one.attachment
      let state =
        one.withdrawal.map { "  withdrawn by \($0.analyst) on \($0.time)" }
        ?? problem.map { "  the stored file \($0)" } ?? ""
      let chain = one.chain.map { " of \(CasebookName.short(of: $0))" } ?? ""
      var lines = [
        "\(one.listing)",
        "  event \(one.number)\(chain)  \(one.time)  \(one.analyst)  \(attachment.originalName)\(state)",
        "    \(attachment.mediaType), \(Digits.grouped(attachment.bytes)) bytes, \(attachment.method.label)"
          + (attachment.capturedAt.map { ", captured \($0)" } ?? ""),
        "    SHA-256 \(attachment.digest)",
      ]
      if !attachment.note.isEmpty { lines.append("    note: \(attachment.note)") }
      if !attachment.looked.isEmpty { lines.append("    looked into: \(attachment.looked)") }
      return lines
    }

    private static func json(
      _ one: RecordedAttachment, _ problem: String?, _ folder: EvidenceFolder
    ) -> JSONValue {
      var values = one.attachment.data
      values["listing"] = .text(one.listing.text)
      values["event"] = .number(one.number)
      values["chain"] = one.chain.map { .text($0) } ?? .null
      values["attached_at"] = .text(one.time)
      values["attached_by"] = .text(one.analyst)
      values["stored"] = problem == nil ? .text(folder.path(of: one.attachment.digest)) : .null
      values["problem"] = problem.map { .text($0) } ?? .null
      values["withdrawn"] =
        one.withdrawal.map { .map(["at": .text($0.time), "by": .text($0.analyst), "note": .text($0.note)]) } ?? .null
      return .map(values)
    }
  }

  /// `linsang attach withdraw EVENT`
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Withdraw an attachment that was made by mistake.",
      discussion: """
        Another event says that it does not count. The file and the first event stay, and no packet gets the file any more.
        """)
    @Argument(help: "The number of the event that attached it, as `linsang attach list` shows it.")
    var event: Int

    @OptionGroup var casebook: CasebookOptions

    @Option(help: "Why.") var note: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        guard casebook.exists else { throw CasebookError.noSuchFile(path: casebook.path) }
        try output.line(try casebook.withOpened { try $0.withdrawAttachment(event, note: note ?? "") })
      }
    }
  }
}
