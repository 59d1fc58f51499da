import CaseStore
import Casework
import Dashboard
import Dispatch
import Hashing
import Listings
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
  private let queue = DispatchQueue(label: "linsang.scrapes", qos: .utility)
  private let cancellation = Mutex(Cancellation())

  init(_ filing: FilingQueue, _ files: DatasetLoader, _ mailbox: Mailbox) {
    (self.filing, self.files, self.mailbox) = (filing, files, mailbox)
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
        mailbox.put(.failed("Earlier scrapes are not compared: \(error.description)"))
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
    let compared = IdleWork.run { () -> Result<(SinceLastTime, [ScrapeRecording])?, CasebookError> in
      Result { () throws(CasebookError) in
        let recorded = try scrapes.unpacked(packed)
        guard let sightings = Sightings.of(rows, ScrapeRows(rows), recorded: recorded, cancellation) else { return nil }
        return (SinceLastTime(sightings), scrapes.recordings(of: sightings, cancellation))
      }
    }
    guard let (since, recordings) = try compared.get(), !cancellation.isRequested else { return }
    mailbox.put(.comparedWithEarlier(since, of: dataset))
    for recording in recordings { record(recording) }
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

  private func record(_ recording: ScrapeRecording) {
    filing.record(recording, at: SystemClock.now()) { [mailbox] outcome in
      guard case .failure(let error) = outcome else { return }
      mailbox.put(
        .failed("The sightings of \(recording.file.file) were not recorded: \(error.description)"))
    }
  }
}
