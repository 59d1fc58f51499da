import CaseStore
import Casework
import Dashboard
import Dispatch
import Listings
import Synchronization

/// Finds the listings of a dataset that the casebook knows by keys of an earlier form, once all rows are there, and gives
/// them the keys that they have now.
///
/// Shape:  looked for on a queue of its own; the casebook is asked and written in its turn among the decisions.
/// Cost:   nothing where the casebook holds no such keys.
final class ListingRenaming: Sendable {
  private let filing: FilingQueue
  private let mailbox: Mailbox
  private let others: OthersWatch
  private let searching = DispatchQueue(label: "linsang.renaming", qos: .utility)
  private let cancellation = Mutex(Cancellation())

  init(_ filing: FilingQueue, _ mailbox: Mailbox, _ others: OthersWatch) {
    (self.filing, self.mailbox, self.others) = (filing, mailbox, others)
  }

  func stop() { cancellation.withLock { $0.cancel() } }

  /// Looks at a dataset that is whole, in place of an earlier one.
  ///
  /// - Parameter left: keys of what the analyst left in these files, as the listing under the cursor and notes that were
  ///   begun: in no decision, they go over too where their listings are found.
  func look(at dataset: Dataset, _ left: [ListingKey]) {
    let cancellation = cancellation.withLock { now in
      now.cancel()
      now = Cancellation()
      return now
    }
    // In its turn, so that the casebook has been read.
    filing.perform { [self] casebook in
      guard casebook.access == .writing, casebook.fault == nil, let keys = try? casebook.earlierKeys() else { return }
      if keys.isEmpty { return }
      let remembered = keys.ofOldForm.isEmpty ? [] : left
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
        if let events = renamed.events { others.filedHere(events) }
        mailbox.put(.listingsRenamed(found.renamed))
        tell(renamed, found)
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  private func tell(_ renamed: Renamed, _ found: EarlierListings) {
    let sentence = found.sentence(disagreeing: renamed.disagreeing.count) ?? ""
    guard !renamed.standings.isEmpty || !sentence.isEmpty else { return }
    mailbox.put(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, standings: renamed.standings.mapValues { .saved($0.standing, $0.event) },
          keys: renamed.standings.keys.sorted(), sentence: sentence)))
  }
}
