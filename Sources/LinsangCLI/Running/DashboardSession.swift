import ArgumentParser
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
    let options = reading.intakeOptions(folders)
    let terminal = try NcursesTerminal(theme: theme)
    let wake = terminal.wakeHandle
    let mailbox = Mailbox(wake: { wake.wake() })
    let watch = FilesWatch()
    let files = FilesBeingRead(paths, mailbox: mailbox, options: options, memory: ColumnMemoryFile(), watch: watch)
    let flagging = FlaggingQueue(mailbox) { LexiconShelf(switching: $0, after: $1) }
    let filing = FilingQueue(opened, rescueFolders: Self.rescueFolders) {
      mailbox.put(.casebookTroubled(CasebookTrouble($0)))
    }
    let runner = EffectRunner(
      mailbox: mailbox, filing: filing, datasetName: datasetName, files: files, flagging: flagging)
    var state = State(
      size: terminal.size, title: title, analyst: casebook.analystName, casebookName: casebook.name)
    readCasebook(runner, mailbox)
    files.open()
    if let fault = opened.fault { mailbox.put(.casebookTroubled(CasebookTrouble(untrusted: fault))) }
    checkWhole(opened, mailbox)
    for problem in themeProblems.prefix(1) { state.notice = Notice(.warned, problem.sentence) }
    defer { terminal.leave() }
    try EventLoop(terminal: terminal, mailbox: mailbox, runner: runner).run(&state)
    files.stop()
    watch.stop()
    terminal.leave()
    // What the casebook refused after the last look at the screen, as on a dropped link, is said in the shell.
    for message in mailbox.takeAll() {
      switch message {
      case .filingRefused(let keys, let why, _): Failure.say("\(keys.count) decision(s) not saved: \(why)")
      case .failed(let why): Failure.say(why)
      default: break
      }
    }
    if let lost = filing.finish() {
      Failure.say(lost.sentence)
      throw ExitCode(1)
    }
    if let error = mailbox.openingError { throw error }
  }

  /// The same files opened again are the same place, wherever the program is started from.
  private var datasetName: String {
    "files:" + paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }.joined(separator: "\n")
  }

  /// Where decisions are kept if the casebook's own folder does not take them.
  private static var rescueFolders: [String] {
    let environment = ProcessInfo.processInfo.environment
    return [XDG.state(environment) + "/linsang", environment["HOME"], NSTemporaryDirectory()]
      .compactMap { $0 }.filter { !$0.isEmpty }
  }

  /// Reads the casebook whole, beside everything else: one that is broken is not filed into any further.
  private func checkWhole(_ casebook: Casebook, _ mailbox: Mailbox) {
    if casebook.fault != nil { return }
    DispatchQueue(label: "linsang.casebook.checking", qos: .utility).async {
      do throws(CasebookError) {
        try casebook.checkWhole()
      } catch {
        guard casebook.fault == error else { return }
        mailbox.put(.casebookTroubled(CasebookTrouble(untrusted: error)))
      }
    }
  }

  private func readCasebook(_ runner: EffectRunner, _ mailbox: Mailbox) {
    let name = datasetName
    runner.filing.perform { casebook in
      do throws(CasebookError) {
        let now = try casebook.refresh(since: 0)
        let filings = now.standings.mapValues { Filing.saved($0.standing, $0.event) }
        let place = try casebook.place(for: name).flatMap { SessionPosition(fields: KeptFields.read($0)) }
        let draft = try casebook.place(for: PacketExport.draftName).map { PacketDraft(fields: KeptFields.read($0)) }
        mailbox.put(.casebookOpened(filings, place, draft))
        runner.watchOthers(since: now.last)
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }
}
