import CaseStore
import Casework
import Dashboard
import Dispatch
import Intake
import Listings
import Sentences
import Synchronization

/// Polls the casebook for what other programs decided, such as a colleague or the same analyst in another window, and for
/// whether it still exists.
///
/// Cost:   a counter of SQLite's and three comparisons of files, three times a second. The loop is woken only if there is news.
final class CasebookPoller: Sendable {
  /// Units:  seconds. What a colleague decides is to be on the screen within a second.
  private let interval: Double
  /// How often the files are checked: every so many polls.
  private static let pollsPerCheck = 6
  private let state = Mutex(Seen())
  private let sharedQueue: SharedQueue
  private let timing = DispatchQueue(label: "linsang.others", qos: .utility)

  /// How far the dashboard knows the casebook.
  private struct Seen {
    var isPolling = false
    /// The last event that the dashboard knows of.
    var last: EventNumber = 0
    /// Events after `last` that were filed here, and so are known to the loop.
    var ownEvents: [ClosedRange<EventNumber>] = []
    /// How many commits were in the log alone when last checked.
    var unfolded = 0
    var polls = 0
    /// Whether there may be events that were not read yet.
    var mayHaveNews = true
  }

  init(_ sharedQueue: SharedQueue, every interval: Double) {
    (self.sharedQueue, self.interval) = (sharedQueue, interval)
  }

  func start(_ filing: FilingQueue, since last: EventNumber, _ mailbox: Mailbox) {
    state.withLock { ($0.isPolling, $0.last) = (true, last) }
    schedule(filing, mailbox)
  }

  /// Continues with another casebook. Called on the filing queue.
  func restart(since last: EventNumber) {
    state.withLock { ($0.last, $0.ownEvents, $0.mayHaveNews) = (last, [], true) }
  }

  func stop() { state.withLock { $0.isPolling = false } }

  /// Notes events filed by this program, which are not news. Called on the filing queue, in the order of the events.
  func recordOwnEvents(_ events: ClosedRange<EventNumber>) {
    state.withLock { seen in
      if events.lowerBound == seen.last + 1 { seen.last = events.upperBound } else { seen.ownEvents.append(events) }
    }
  }

  private func schedule(_ filing: FilingQueue, _ mailbox: Mailbox) {
    timing.asyncAfter(deadline: .now() + interval) { [self] in
      guard state.withLock({ $0.isPolling }) else { return }
      // On the filing queue, so that no answer overtakes another.
      filing.perform { [self] casebook in
        poll(casebook, mailbox)
        sharedQueue.renew(casebook)
        check(casebook, filing)
        schedule(filing, mailbox)
      }
    }
  }

  /// Checks now and then that the casebook is still there.
  private func check(_ casebook: Casebook, _ filing: FilingQueue) {
    let now = casebook.unfoldedCommits
    let before: Int? = state.withLock { state in
      state.polls += 1
      guard state.polls % Self.pollsPerCheck == 0 else { return nil }
      defer { state.unfolded = now }
      return state.unfolded
    }
    // If nothing was filed since the last check, the analyst is reading, and the log may be folded into the file.
    if let before { filing.check(folding: now == before) }
  }

  private func poll(_ casebook: Casebook, _ mailbox: Mailbox) {
    // If the casebook cannot be read, the next filing reports it. Until then polling on does no harm.
    guard let isNew = try? casebook.hasNews() else { return }
    let (last, ownEvents, mayHaveNews) = state.withLock { seen in
      seen.mayHaveNews = seen.mayHaveNews || isNew
      return (seen.last, seen.ownEvents, seen.mayHaveNews)
    }
    guard mayHaveNews, let now = try? casebook.refresh(since: last) else { return }
    state.withLock { seen in
      seen.mayHaveNews = false
      if now.last > last { (seen.last, seen.ownEvents) = (now.last, []) }
    }
    guard now.last > last else { return }
    let news = now.statuses.filter { _, filed in !ownEvents.contains { $0.contains(filed.event) } }
    guard !news.isEmpty else { return }
    let count = news.count
    let sentence = localized(
      count, one: "\(count) listing decided elsewhere, now shown here",
      other: "\(count) listings decided elsewhere, now shown here")
    mailbox.put(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, statuses: news.mapValues { .saved($0.status, $0.event) }, keys: news.keys.sorted(),
          sentence: sentence)))
  }
}

/// Polls the open files every few seconds for changes since they were opened.
///
/// Cost:   one `stat` per file, off the loop. The loop is woken only if there is news.
final class FilePoller: Sendable {
  /// Units:  seconds.
  private let interval: Double
  private let state = Mutex(Polled())
  private let polling = DispatchQueue(label: "linsang.files", qos: .utility)

  /// The files being polled, and what has been reported about them.
  private struct Polled {
    var files: [OpenedFile] = []
    /// The changes that have been reported.
    var reported: [ChangedFile] = []
    /// Counts readings, so that results about the files of an older one are dropped.
    var reading = 0
    var isPolling = false
  }

  init(every interval: Double) { self.interval = interval }

  /// Polls these files from now on instead of the earlier ones.
  func start(_ files: [OpenedFile], _ mailbox: Mailbox) {
    let reading = state.withLock { polled in
      polled.files = files
      polled.reported = []
      polled.reading += 1
      polled.isPolling = true
      return polled.reading
    }
    polling.async { [self] in poll(reading, mailbox) }
  }

  func stop() {
    state.withLock { polled in
      polled.isPolling = false
      polled.files = []
    }
  }

  private func poll(_ reading: Int, _ mailbox: Mailbox) {
    let files = state.withLock { $0.isPolling && $0.reading == reading ? $0.files : nil }
    guard let files else { return }
    let names = ShortNames(files.map(\.name))
    let changed = files.compactMap { file in
      file.change.map { ChangedFile(path: file.name, name: names[file.name], change: .init($0)) }
    }
    let isNews = state.withLock { polled in
      guard polled.isPolling, polled.reading == reading, polled.reported != changed else { return false }
      polled.reported = changed
      return true
    }
    if isNews { mailbox.put(.filesChanged(changed)) }
    polling.asyncAfter(deadline: .now() + interval) { [self] in poll(reading, mailbox) }
  }
}

extension ChangedFile.Change {
  init(_ change: FileChange) {
    switch change {
    case .grew(let bytes): self = .grew(bytes: bytes)
    case .cut(let bytes): self = .cut(bytes: bytes)
    case .rewritten: self = .rewritten
    case .replaced: self = .replaced
    case .gone: self = .gone
    }
  }
}
