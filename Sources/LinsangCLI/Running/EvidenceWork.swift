import CaseFiles
import Captures
import CaseStore
import Casework
import Dashboard
import Dispatch
import Foundation
import Intake
import Listings
import Pictures
import Sentences
import SmallFormats
import TextCells
import Workspace

/// What a file that was attached is told as.
struct AttachedFile {
  let done: AttachedEvidence

  /// One sentence: what was attached where, and what looking into it found.
  func sentence(to listing: ListingKey) -> String {
    let attachment = done.attachment
    let what =
      "\(attachment.originalName), \(attachment.mediaType), \(ListedEvidence.size(attachment.bytes)), SHA-256 "
      + "\(attachment.digest.prefix(12))…"
    if done.wasThere { return localized("Attached before, as event \(done.event): \(what)") }
    let looked = attachment.looked.isEmpty ? "" : "; " + localized("looked into: \(attachment.looked)")
    return localized("Attached to \(listing) as event \(done.event): \(what)") + looked
  }
}

extension Casebook {
  /// Copies a file beside the casebook and attaches it.
  ///
  /// Fails:  with `AttachmentProblem`, `EvidenceFileError` or `CasebookError`; after the last, the copy stays where it is and
  ///         nothing is attached.
  func attach(
    _ path: String, _ draft: AttachmentDraft, to listing: ListingKey, at now: UTCTime = .now
  ) throws -> AttachedFile {
    let (method, capturedAt, note) = try draft.statements(now: now)
    guard !path.isEmpty else { throw AttachmentProblem.noFile }
    var attachment = try evidence.take(path).attachment(named: path)
    (attachment.method, attachment.capturedAt, attachment.note) = (method, capturedAt, note)
    return AttachedFile(done: try attach(attachment, to: listing, at: now.text))
  }

  /// Withdraws the attachment of an event of this casebook's own chain.
  func withdrawAttachment(_ number: EventNumber, note: String = "", at now: UTCTime = .now) throws -> String {
    guard let one = try attachments().all.first(where: { $0.number == number && $0.chain == nil }) else {
      throw AttachmentProblem.noSuchAttachment(number)
    }
    guard one.isInForce else { throw AttachmentProblem.withdrawnBefore(number) }
    try withdraw(one, note: note, at: now.text)
    let name = one.attachment.originalName
    return localized("Withdrawn: \(name), attached to \(one.listing) as event \(number); the file stays")
  }

  /// The files of a listing as they are listed: what was attached, and what its row names.
  func listedEvidence(of listing: ListingKey, row: Int? = nil, in dataset: Dataset? = nil) throws -> [ListedEvidence] {
    let folder = evidence
    var listed = try attachments(of: listing).map { one -> ListedEvidence in
      var entry = ListedEvidence(
        source: .attached(one), name: one.attachment.originalName, bytes: one.attachment.bytes,
        digest: one.attachment.digest, mediaType: one.attachment.mediaType, method: one.attachment.method)
      (entry.capturedAt, entry.looked) = (one.attachment.capturedAt, one.attachment.looked)
      entry.problem = folder.quickProblem(of: one.attachment)
      entry.isPicture = MediaType(named: one.attachment.mediaType)?.isPicture ?? false
      return entry
    }
    guard let row, let dataset else { return listed }
    let columns = EvidenceColumns(rows: ReferenceTables.evidenceColumns(folders: DataFolders().lexicons))
    let named = ListingFiles(namedBy: row, of: dataset, columns)
    listed += named.files.map { file in
      var entry = ListedEvidence(
        source: .named(column: file.column), name: file.originalName, bytes: file.bytes, digest: file.digest,
        mediaType: file.mediaType.name, method: file.method)
      entry.looked = file.looked
      entry.isPicture = file.mediaType.isPicture
      return entry
    }
    listed += named.missing.map { missing in
      var entry = ListedEvidence(
        source: .named(column: missing.column), name: missing.text, bytes: 0, digest: "", mediaType: "", method: .found)
      entry.problem = missing.why
      return entry
    }
    return listed
  }
}

extension Casebook {
  /// A picture of a listing, made smaller.
  ///
  /// Fails:  with `PictureChild.NotShown`.
  fileprivate func picture(
    _ entry: ListedEvidence, _ request: EvidenceRequest, across: Int, down: Int
  ) throws -> PixelGrid {
    do {
      return try PictureChild.grid(
        of: opened(entry, request), named: entry.name, across: across, down: down, program: DataFolders.programPath)
    } catch let problem as LocalFileProblem {
      throw PictureChild.NotShown(sentence: localized("\(entry.name) is not shown: the file \(problem.screenClause)."))
    }
  }

  private func opened(_ entry: ListedEvidence, _ request: EvidenceRequest) throws(LocalFileProblem) -> LocalFile {
    if entry.attached != nil { return try LocalFile(path: evidence.path(of: entry.digest)) }
    let columns = EvidenceColumns(rows: ReferenceTables.evidenceColumns(folders: DataFolders().lexicons))
    let named = ListingFiles(namedBy: request.row, of: request.snapshot.dataset, columns)
    guard let one = named.files.first(where: { $0.digest == entry.digest }) else { throw .changed }
    return try one.open()
  }
}

/// Lists, attaches and withdraws files for the dashboard, off the loop.
///
/// Shape:  what is recorded goes in order with decisions; copying and looking have their own queue and hold nothing up.
final class EvidenceWork: Sendable {
  private let mailbox: Mailbox
  private let filing: FilingQueue
  private let files = DispatchQueue(label: "linsang.evidence", qos: .userInitiated)

  init(_ mailbox: Mailbox, _ filing: FilingQueue) { (self.mailbox, self.filing) = (mailbox, filing) }

  /// Finds what belongs to a listing.
  func find(_ request: EvidenceRequest) {
    files.async { [self] in
      do {
        let listed = try filing.casebook.listedEvidence(
          of: request.listing, row: request.row, in: request.snapshot.dataset)
        mailbox.put(.evidenceFound(listed, of: request.listing))
      } catch {
        mailbox.put(.evidenceNotFound(why: Self.sentence(of: error), of: request.listing))
      }
    }
  }

  /// Copies a file, records it, then lists the files again.
  func attach(_ draft: AttachmentDraft, _ request: EvidenceRequest) {
    files.async { [self] in
      do {
        let path = Self.expanded(draft[.path])
        let attached = try filing.casebook.attach(path, draft, to: request.listing)
        mailbox.put(.evidenceChanged(attached.sentence(to: request.listing)))
        find(request)
      } catch {
        let part: AttachmentDraft.Part? =
          switch error {
          case let problem as AttachmentProblem: problem.part
          case is EvidenceFileError: .path
          default: nil
          }
        mailbox.put(.attachingRefused(why: Self.sentence(of: error), part))
      }
    }
  }

  /// Withdraws an attachment, then lists the files again.
  func withdraw(_ number: EventNumber, _ request: EvidenceRequest) {
    files.async { [self] in
      do {
        mailbox.put(.evidenceChanged(try filing.casebook.withdrawAttachment(number)))
        find(request)
      } catch {
        mailbox.put(.attachingRefused(why: Self.sentence(of: error), nil))
      }
    }
  }

  /// Completes a path as far as it is certain.
  func complete(_ path: String) {
    files.async { [mailbox] in mailbox.put(.pathCompleted(PathCompletion(of: path), of: path)) }
  }

  /// Decodes a picture of a listing, in a process of its own.
  func look(at entry: ListedEvidence, _ request: EvidenceRequest, across: Int, down: Int) {
    files.async { [mailbox, filing] in
      do {
        let grid = try filing.casebook.picture(entry, request, across: across, down: down)
        mailbox.put(.pictureDecoded(grid, of: entry.digest))
      } catch {
        mailbox.put(.pictureRefused(why: Self.sentence(of: error), of: entry.digest))
      }
    }
  }

  /// Waits for what was begun.
  func finish() { files.sync {} }

  private static func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
  }

  private static func sentence(of error: any Error) -> String {
    switch error {
    case let error as AttachmentProblem: error.sentence
    case let error as EvidenceFileError: error.sentence
    case let error as CasebookError: error.sentence
    case let error as PictureChild.NotShown: error.sentence
    default: "\(error)"
    }
  }
}

extension PathCompletion {
  /// How many entries of a folder are looked at.
  private static let maximumEntries = 100_000

  /// Completes a path by the names in its folder.
  init(of typed: String) {
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let beginning = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let path = folder.isEmpty ? "." : folder.hasPrefix("~/") ? NSHomeDirectory() + folder.dropFirst() : folder
    guard let stream = opendir(path) else {
      self.init(text: typed, names: [])
      return
    }
    defer { closedir(stream) }
    var names: [String] = []
    for _ in 0..<Self.maximumEntries {
      guard let next = readdir(stream) else { break }
      let name = withUnsafePointer(to: &next.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != "..", name.hasPrefix(beginning), beginning.hasPrefix(".") || !name.hasPrefix(".")
      else {
        continue
      }
      var status = stat()
      let isFolder = stat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(name + (isFolder ? "/" : ""))
    }
    names.sort()
    var common = names.first ?? beginning
    for name in names.dropFirst() { common = String(zip(common, name).prefix { $0 == $1 }.map(\.0)) }
    self.init(text: folder + (names.isEmpty ? beginning : common), names: names)
  }
}
