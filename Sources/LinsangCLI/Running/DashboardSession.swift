import CaseStore
import Casework
import Dashboard
import Dispatch
import Foundation
import Intake
import Listings
import NcursesBackend
import Synchronization
import TerminalIO
import Theming

/// One opening of the dashboard: terminal, casebook, files, loop; and leaving it whole.
struct DashboardSession {
  let paths: [String]
  let title: String
  let reading: ReadingOptions
  let casebook: CasebookOptions
  let themeName: String?

  func run() throws {
    // Before a casebook is made for nothing.
    guard isatty(STDOUT_FILENO) == 1 else { throw TerminalError.noTerminal }
    let folders = DataFolders()
    let opened = try casebook.open()
    let shelf = ThemeShelf(folders: folders.themes)
    let named = [themeName, ProcessInfo.processInfo.environment["LINSANG_THEME"]].compactMap { $0 }
    let (theme, themeProblems) = shelf.load(named.first { !$0.isEmpty } ?? "dark")
    let terminal = try NcursesTerminal(theme: theme)
    let wake = terminal.wakeHandle
    let mailbox = Mailbox(wake: { wake.wake() })
    let runner = EffectRunner(
      mailbox: mailbox, filing: FilingQueue(opened), datasetName: datasetName, lexicons: { LexiconShelf() })
    var state = State(
      size: terminal.size, title: title, analyst: casebook.analystName, casebookName: casebook.name)
    readCasebook(runner, mailbox)
    let opening = open(folders, mailbox)
    for problem in themeProblems.prefix(1) { state.notice = Notice(.warned, problem.sentence) }
    defer { terminal.leave() }
    try EventLoop(terminal: terminal, mailbox: mailbox, runner: runner).run(&state)
    opening.cancel()
    terminal.leave()
    // What the casebook refused after the last look at the screen, as on a dropped link, is said in the shell.
    for message in mailbox.takeAll() {
      switch message {
      case .filingRefused(let keys, let why): Failure.say("\(keys.count) decision(s) not saved: \(why)")
      case .failed(let why): Failure.say(why)
      default: break
      }
    }
    try opened.close()
    if let error = mailbox.openingError { throw error }
  }

  /// The same files opened again are the same place, wherever the program is started from.
  private var datasetName: String {
    "files:" + paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }.joined(separator: "\n")
  }

  private func readCasebook(_ runner: EffectRunner, _ mailbox: Mailbox) {
    let name = datasetName
    runner.filing.perform { casebook in
      do throws(CasebookError) {
        let now = try casebook.refresh(since: 0)
        let filings = now.standings.mapValues { Filing.saved($0.standing, $0.event) }
        let place = try casebook.place(for: name).flatMap { Place(fields: KeptFields.read($0)) }
        let draft = try casebook.place(for: PacketBuilding.draftName).map { PacketDraft(fields: KeptFields.read($0)) }
        mailbox.put(.casebookOpened(filings, place, draft))
        runner.watchOthers(since: now.last)
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  private func open(_ folders: DataFolders, _ mailbox: Mailbox) -> DatasetOpening {
    let pacing = LookPacing()
    return DatasetOpening.start(paths: paths, options: reading.intakeOptions(folders)) { event in
      switch event {
      case .look(let progress): if pacing.lets(progress.dataset.rowCount) { mailbox.putLook(Self.message(progress)) }
      case .finished(let progress): mailbox.putLook(Self.message(progress))
      // An empty screen has nothing to do on it: the sentence is easier to read, and to act on, in the shell.
      case .failed(let error): mailbox.giveUp(error)
      case .cancelled: break
      }
    }
  }

  private static func message(_ progress: IntakeProgress) -> Message {
    // While reading goes on, the first problems are enough to look at; all come with the last look.
    let problems = progress.problems.kept.prefix(progress.dataset.isComplete ? .max : 200)
    return .datasetGrew(
      progress.dataset,
      Loading(
        bytesRead: progress.bytesDone, bytesTotal: progress.bytesTotal, isComplete: progress.dataset.isComplete),
      problems: problems.map(\.description), problemCount: progress.problems.count)
  }
}

/// Which looks at a growing dataset are worth showing: each is filtered and counted anew, on the cores that read.
///
/// Rule:   the first, then one whenever the rows have doubled or a quarter of a second has passed.
private final class LookPacing: Sendable {
  private let last = Mutex<(rows: Int, at: ContinuousClock.Instant)?>(nil)

  func lets(_ rows: Int) -> Bool {
    last.withLock { last in
      let now = ContinuousClock.now
      if let last, rows < last.rows * 2, now - last.at < .milliseconds(250) { return false }
      last = (rows, now)
      return true
    }
  }
}
