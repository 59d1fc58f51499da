import CaseStore
import Casework
import Dashboard
import Dispatch
import Listings
import Sentences
import Synchronization

/// Verdicts in casebooks that know listings by keys of an earlier form.
extension Casebook {
  /// The listings of a dataset that this casebook knows by keys of an earlier form.
  func earlierListings(in dataset: Dataset) throws(CasebookError) -> EarlierListings? {
    let keys = try earlierKeys()
    if keys.isEmpty { return nil }
    let rows = EarlierRows(of: keys.ofOldForm, addresses: keys.addresses, in: dataset)
    return try earlierListings(rows, of: keys, in: dataset)
  }

  /// The listings of the rows that were found, and those that the analyst decided in these files.
  func earlierListings(
    _ rows: EarlierRows, of keys: EarlierKeys, in dataset: Dataset
  ) throws(CasebookError) -> EarlierListings {
    let files: Set<String> = keys.ofOldForm.isEmpty ? [] : Set(dataset.sources.map(\.name))
    let old = Set(keys.ofOldForm)
    let remembered = try remembered(Set(rows.matches.keys), inFiles: files)
      .filter { old.contains($0.key) || rows.matches[$0.key] != nil }
    return EarlierListings(rows, remembered: remembered, in: dataset)
  }

  /// Gives the listings of a dataset their current keys. The casebook must be open for writing.
  @discardableResult
  func renameListings(of dataset: Dataset) throws(CasebookError) -> (found: EarlierListings, renamed: Renamed)? {
    guard let found = try earlierListings(in: dataset) else { return nil }
    return (found, try rename(found.renamed, at: SystemClock.now()))
  }
}

extension EarlierListings {
  /// A sentence about decisions that conflict or could not be assigned; nil if there are none.
  func sentence(disagreeing: Int) -> String? {
    var parts: [String] = []
    if disagreeing > 0 {
      parts.append(
        localized(
          disagreeing,
          one:
            "\(disagreeing) listing was decided twice under different keys: the later verdict counts, "
            + "the log has both",
          other:
            "\(disagreeing) listings were decided twice under different keys: the later verdict counts, "
            + "the log has both"))
    }
    if !unclear.isEmpty {
      let count = unclear.count
      parts.append(
        localized(
          count,
          one: "\(count) decision of an earlier linsang may be about several of these listings and is shown on none; "
            + "`linsang casebook log` has it",
          other:
            "\(count) decisions of an earlier linsang may be about several of these listings and are shown on none; "
            + "`linsang casebook log` has them"))
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

/// Finds the listings that the casebook knows by keys of an earlier form, once all rows are read, and gives them their
/// current keys.
///
/// Shape:  the search has a queue of its own; the casebook is read and written on its own queue, in order.
/// Cost:   none if the casebook holds no such keys.
final class ListingKeyMigration: Sendable {
  private let filing: FilingQueue
  private let mailbox: Mailbox
  private let poller: CasebookPoller
  private let searching = DispatchQueue(label: "linsang.renaming", qos: .utility)
  private let cancellation = Mutex(Cancellation())

  init(_ filing: FilingQueue, _ mailbox: Mailbox, _ poller: CasebookPoller) {
    (self.filing, self.mailbox, self.poller) = (filing, mailbox, poller)
  }

  func stop() { cancellation.withLock { $0.cancel() } }

  /// Migrates the keys of a complete dataset. This cancels the migration for an earlier one.
  ///
  /// - Parameter sessionKeys: keys that the session position holds, such as the listing under the cursor and unfinished
  ///   notes. They are in no decision, but are migrated as well if their listings are found.
  func migrate(_ dataset: Dataset, _ sessionKeys: [ListingKey]) {
    let cancellation = cancellation.withLock { now in
      now.cancel()
      now = Cancellation()
      return now
    }
    // On the filing queue, so that the casebook has been read by then.
    filing.perform { [self] casebook in
      guard casebook.access == .writing, casebook.blockingError == nil, let keys = try? casebook.earlierKeys() else {
        return
      }
      if keys.isEmpty { return }
      let remembered = keys.ofOldForm.isEmpty ? [] : sessionKeys
      searching.async { [self] in search(keys, remembered, dataset, cancellation) }
    }
  }

  private func search(
    _ keys: EarlierKeys, _ remembered: [ListingKey], _ dataset: Dataset, _ cancellation: Cancellation
  ) {
    let rows = EarlierRows(
      of: keys.ofOldForm + remembered, addresses: keys.addresses, in: dataset, cancellation)
    guard !cancellation.isCancelled else { return }
    filing.perform { [self] casebook in
      do throws(CasebookError) {
        let found = try casebook.earlierListings(rows, of: keys, in: dataset)
        if found.renamed.isEmpty, found.unclear.isEmpty { return }
        let decided = Set(keys.ofOldForm + keys.addresses)
        let renamed = try casebook.rename(found.renamed.filter { decided.contains($0.key) }, at: SystemClock.now())
        if let events = renamed.events { poller.recordOwnEvents(events) }
        mailbox.put(.listingsRenamed(found.renamed))
        report(renamed, found)
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  private func report(_ renamed: Renamed, _ found: EarlierListings) {
    let sentence = found.sentence(disagreeing: renamed.disagreeing.count) ?? ""
    guard !renamed.statuses.isEmpty || !sentence.isEmpty else { return }
    mailbox.put(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, statuses: renamed.statuses.mapValues { .saved($0.status, $0.event) },
          keys: renamed.statuses.keys.sorted(), sentence: sentence)))
  }
}
