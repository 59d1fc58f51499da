import CaseStore
import Casework
import Dashboard
import Dispatch
import Hashing
import Listings
import Sentences
import Sightings
import Synchronization

/// Holds the open listings against earlier scrapes, and records their sightings in the casebook, in the processor time
/// that is left over.
///
/// Shape:  the answer goes to the loop before anything is recorded. Sightings are recorded a megabyte at a time, on the
///         casebook's own queue: verdicts go in between. A file that is recorded already adds nothing.
/// Cost:   reads the files a second time, so that the listings on the screen need not carry what is compared: about 300
///         bytes a listing for that time. Nothing where the only scrape is recorded already.
/// Limits: `maximumRows`; more are left to `linsang weeks`.
/// Fails:  reports it in a sentence; nothing is compared then, and verdicts are not touched.
final class ScrapeComparison: Sendable {
  private let filing: FilingQueue
  private let files: DatasetLoader
  private let mailbox: Mailbox
  private let poller: CasebookPoller
  private let queue = DispatchQueue(label: "linsang.scrapes", qos: .utility)
  private let cancellation = Mutex(Cancellation())

  init(_ filing: FilingQueue, _ files: DatasetLoader, _ mailbox: Mailbox, _ poller: CasebookPoller) {
    (self.filing, self.files, self.mailbox, self.poller) = (filing, files, mailbox, poller)
  }

  /// More listings would take half a gigabyte and more beside those on the screen.
  private static let maximumRows = 2_000_000

  func stop() { cancellation.withLock { $0.cancel() } }

  /// Compares a complete dataset. This cancels the comparison of an earlier one.
  func start(_ dataset: Dataset) {
    let cancellation = cancellation.withLock { now in
      now.cancel()
      now = Cancellation()
      return now
    }
    queue.async { [self] in
      do throws(CasebookError) {
        try compare(dataset, cancellation)
      } catch {
        mailbox.put(.comparedWithEarlier(SinceLastTime(unknownOf: dataset.rowCount), of: dataset))
        mailbox.put(.failed(localized("Earlier scrapes are not compared: \(error.description)")))
      }
      FreedMemory.release()
    }
  }

  /// The casebook is read here and not by idle threads, which could hold its lock for long.
  private func compare(_ dataset: Dataset, _ cancellation: Cancellation) throws(CasebookError) {
    guard dataset.rowCount <= Self.maximumRows else {
      return mailbox.put(.comparedWithEarlier(SinceLastTime(unknownOf: dataset.rowCount), of: dataset))
    }
    if try isOnlyScrape(dataset) {
      return mailbox.put(.comparedWithEarlier(SinceLastTime(firstOf: dataset.rowCount), of: dataset))
    }
    let read = IdleWork.run {
      files.readWithCells(dataset, cancellation).map { ($0, RecordedScrapes.hashes(of: $0)) }
    }
    guard let (rows, hashes) = read else {
      if !cancellation.isRequested {
        mailbox.put(.comparedWithEarlier(SinceLastTime(unknownOf: dataset.rowCount), of: dataset))
      }
      return
    }
    let scrapes = try RecordedScrapes(filing.casebook, hashes: hashes)
    let packed = try scrapes.packed()
    let decided = try filing.casebook.decidedListings()
    let compared = IdleWork.run { () -> Result<(Compared, [ScrapeRecording])?, CasebookError> in
      Result { () throws(CasebookError) in
        let recorded = try scrapes.unpacked(packed)
        guard let sightings = Sightings.of(rows, ScrapeRows(rows), recorded: recorded, cancellation) else { return nil }
        return (Compared(sightings, decided), scrapes.recordings(of: sightings, cancellation))
      }
    }
    guard let (found, recordings) = try compared.get(), !cancellation.isRequested else { return }
    mailbox.put(.comparedWithEarlier(found.since, of: dataset))
    follow(found.renamed)
    record(recordings[...], cancellation)
  }

  /// Whether the dataset is one scrape, all of which is recorded, and no other scrape is.
  private func isOnlyScrape(_ dataset: Dataset) throws(CasebookError) -> Bool {
    let recorded = try filing.casebook.scrapeFiles()
    guard !recorded.isEmpty, Set(recorded.map(\.scrape)).count == 1, ScrapeRows(dataset).scrapes.count == 1 else {
      return false
    }
    let known = Set(recorded.map(\.sha256))
    let open = Set(IdleWork.run { RecordedScrapes.hashes(of: dataset) })
    return open == known
  }

  /// What a comparison found, and the keys that decided listings have by now.
  private struct Compared {
    let since: SinceLastTime
    /// The key of the newest sighting, by the key that the verdict is filed under.
    let renamed: [ListingKey: ListingKey]

    init(_ sightings: Sightings, _ decided: [DecidedListing]) {
      since = SinceLastTime(sightings)
      let joined = since.overTime?.joined ?? [:]
      var renamed: [ListingKey: ListingKey] = [:]
      for listing in decided { renamed[listing.key] = joined[listing.key] }
      let others = decided.filter { renamed[$0.key] == nil }.map { (key: $0.key, platform: $0.platform) }
      for (key, row) in sightings.rows(ofEarlier: others) {
        let now = sightings.dataset.key(at: row)
        renamed[key] = joined[now] ?? now
      }
      self.renamed = renamed
    }
  }

  /// Files verdicts under the keys that their listings have now, so that they follow them.
  private func follow(_ renamed: [ListingKey: ListingKey]) {
    guard !renamed.isEmpty else { return }
    filing.perform { [poller, mailbox] casebook in
      guard casebook.access == .writing, casebook.blockingError == nil else { return }
      do throws(CasebookError) {
        let outcome = try casebook.rename(renamed, at: SystemClock.now())
        guard let events = outcome.events else { return }
        poller.recordOwnEvents(events)
        mailbox.put(.listingsRenamed(renamed))
        let count = outcome.statuses.count
        mailbox.put(
          .filed(
            FiledTransaction(
              kind: .seenFromOthers, statuses: outcome.statuses.mapValues { .saved($0.status, $0.event) },
              keys: outcome.statuses.keys.sorted(),
              sentence: localized(
                count, one: "The verdict of \(count) listing followed it to another address",
                other: "The verdicts of \(count) listings followed them to other addresses"))))
      } catch {
        mailbox.put(.failed(localized("Verdicts do not follow listings whose address changed: \(error.description)")))
      }
    }
  }

  /// Records one scrape after the other: what comes to its end clears away the pieces of all that have not.
  private func record(_ recordings: ArraySlice<ScrapeRecording>, _ cancellation: Cancellation) {
    guard let recording = recordings.first, !cancellation.isRequested else { return }
    filing.record(recording, at: SystemClock.now()) { [self] outcome in
      if case .failure(let error) = outcome {
        mailbox.put(
          .failed(localized("The sightings of \(recording.file.file) were not recorded: \(error.description)")))
      }
      record(recordings.dropFirst(), cancellation)
    }
  }
}
