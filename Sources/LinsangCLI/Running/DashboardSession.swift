import ArgumentParser
import CaseStore
import Casework
import CodeWords
import Dashboard
import Dispatch
import Foundation
import Intake
import Listings
import NcursesBackend
import Sentences
import Settings
import SmallFormats
import Synchronization
import TerminalIO
import TextCells
import Theming

/// One run of the dashboard, on a screen or in lines: sets up terminal, casebook, files and loop, and ends them in order.
struct DashboardSession {
  let paths: [String]
  let title: String
  let reading: ReadingOptions
  let casebook: CasebookOptions
  let themeName: String?
  let settings: LoadedSettings
  /// How the screen is used.
  var screen = ScreenUse()
  /// The filter to begin with; nil: that of last time.
  var filter: String?
  /// The lexicon for words that are added while practising; nil: the analyst's own, for work.
  var practiceWords: String?
  /// How it works together with other dashboards.
  var collaboration = Collaboration()

  func run() throws {
    // Checked first, so that no casebook is created for nothing.
    guard isatty(STDOUT_FILENO) == 1 else { throw TerminalError.noTerminal }
    ScreenLanguage.use(screen.language?.table)
    let folders = DataFolders()
    let opened = try casebook.open()
    let themes = ThemeLoader(folders: folders.themes)
    let named = [themeName, settings.inForce[text: .theme]].compactMap { $0 }
    let chosen = named.first { !$0.isEmpty }
    let (theme, themeProblems) = themes.load(chosen ?? UnchosenTheme.name(on: nil))
    var setup = TerminalSetup(
      chosen == nil ? .byBackground(dark: theme, light: { themes.load("light").theme }) : .chosen(theme))
    (setup.usesASCII, setup.reportsMouse) = (screen.usesASCII, screen.reportsMouse)
    setup.textOrder = TextOrder(rawValue: settings.inForce[text: .textOrder]) ?? .auto
    setup.title = screen.setsTitle ? "\(title) · linsang" : nil
    let terminal = try NcursesTerminal(setup)
    let wake = terminal.wakeHandle
    var work = begin(opened, folders, size: terminal.size, wake: { wake.wake() })
    work.state.hints.isOn = settings.inForce[truth: .hints]
    terminal.awaitAnswers()
    work.state.themes = KnownThemes(
      names: themes.names(), shown: chosen ?? UnchosenTheme.name(on: terminal.background))
    work.state.usesASCII = terminal.usesASCII
    if let charset = terminal.charsetWithoutUTF8 {
      work.state.notice = Notice(
        .warned,
        localized(
          "The locale's character set is \(charset): all is shown in ASCII, other letters as ?. "
            + "LC_ALL=C.UTF-8 shows them"
        ))
    }
    for problem in themeProblems.prefix(1) { work.state.notice = Notice(.warned, problem.sentence) }
    defer { terminal.leave() }
    var loop = EventLoop(terminal: terminal, mailbox: work.mailbox, runner: work.runner)
    loop.showTheme = { name in
      let (theme, problems) = themes.load(name)
      terminal.use(.chosen(theme))
      return problems.first?.sentence
    }
    try loop.run(&work.state)
    try end(work) { terminal.leave() }
  }

  /// The same in lines, without a screen.
  func runLinear() throws {
    ScreenLanguage.use(screen.language?.table)
    let terminal = try LineTerminal(readsListings: paths.contains("-"))
    defer { terminal.leave() }
    var work = begin(try casebook.open(), DataFolders(), size: LinearDialogue.size, wake: terminal.wake)
    work.state.speaksOfWords = true
    let end = LinearLoop(terminal: terminal, mailbox: work.mailbox, runner: work.runner).run(&work.state)
    try self.end(work) { terminal.leave() }
    if end == .interrupted { throw ExitCode(130) }
  }

  // MARK: Beginning and end

  /// What a run works with.
  private struct Work {
    let mailbox: Mailbox
    let runner: EffectRunner
    let files: DatasetLoader
    let filePoller: FilePoller
    var state: State
  }

  /// Begins to read the files and the casebook.
  ///
  /// - Parameter wake: ends the loop's wait.
  private func begin(
    _ opened: Casebook, _ folders: DataFolders, size: Size, wake: @escaping @Sendable () -> Void
  ) -> Work {
    let mailbox = Mailbox(wake: wake)
    let filePoller = FilePoller(every: Double(settings.inForce[number: .filePollSeconds]))
    let files = DatasetLoader(
      paths, mailbox: mailbox, options: reading.intakeOptions(folders), memory: ColumnMemoryFile(),
      filePoller: filePoller)
    let named = [practiceWords].compactMap { $0 }
    let flagging = FlaggingQueue(mailbox) { LexiconOpening(files: named, switching: $0, after: $1) }
    let filing = FilingQueue(opened, rescueFolders: Self.rescueFolders) {
      mailbox.put(.casebookTroubled(CasebookTrouble($0)))
    }
    let runner = EffectRunner(
      mailbox: mailbox, filing: filing, datasetName: datasetName, files: files, flagging: flagging,
      words: practiceWords.map { PersonalLexiconFile(path: $0) } ?? PersonalLexiconFile(),
      bindings: settings.bindings, casebookPoll: Double(settings.inForce[number: .casebookPollMilliseconds]) / 1000,
      isBlind: collaboration.isBlind)
    let state = firstState(size)
    readCasebook(runner, mailbox)
    files.open()
    if let error = opened.blockingError { mailbox.put(.casebookTroubled(CasebookTrouble(untrusted: error))) }
    verifyCasebook(opened, mailbox)
    if let sentence = HeadWitnesses.note(opened).first {
      mailbox.put(.failed(sentence + " " + localized("See `linsang casebook verify`.")))
    }
    return Work(mailbox: mailbox, runner: runner, files: files, filePoller: filePoller, state: state)
  }

  private func firstState(_ size: Size) -> State {
    var state = State(size: size, title: title, analyst: casebook.analystName, casebookName: casebook.name)
    state.collaboration = collaboration
    state.lexicons.areExpected = true
    if let practiceWords { state.lexicons.own = Lexicon.name(ofFile: practiceWords) }
    if let filter { state.begin(filter: filter) }
    state.keyBindings = settings.bindings
    state.begin(with: Preferences(settings.inForce))
    state.files.settingsProblems = settings.problems.map(\.shortSentence)
    if let problem = screen.language?.problem { state.files.settingsProblems.append(problem) }
    if let first = settings.problems.first {
      let key = settings.bindings.label(of: "problems")
      let more = settings.problems.count > 1 ? " · " + localized("\(key) lists all \(settings.problems.count)") : ""
      state.notice = Notice(.warned, first.shortSentence + more)
    }
    state.recipients = RecipientProfiles().choices
    let tables = SharedTables()
    state.legalBases = tables.legalChoices
    do throws(CodeListProblem) { state.codes = try tables.codes() } catch {
      state.files.failures.append(error.sentence)
    }
    return state
  }

  /// Ends what was begun. What the casebook rejected after the last screen, as on a dropped connection, is reported in
  /// the shell.
  private func end(_ work: Work, leavingTerminal leave: () -> Void) throws {
    work.files.stop()
    work.filePoller.stop()
    leave()
    for message in work.mailbox.takeAll() {
      switch message {
      case .filingRefused(let keys, let why, _):
        let count = keys.count
        Diagnostics.report(
          localized(
            count, one: "\(count) decision not saved: \(why)", other: "\(count) decisions not saved: \(why)"))
      case .failed(let why): Diagnostics.report(why)
      default: break
      }
    }
    work.runner.filing.perform { HeadWitnesses.note($0) }
    if let lost = work.runner.filing.finish() {
      Diagnostics.report(lost.sentence)
      throw ExitCode(1)
    }
    if let error = work.mailbox.openingError { throw error }
  }

  /// The name under which the session position is kept: the same for the same files, whatever the current folder.
  private var datasetName: String {
    "files:" + paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }.joined(separator: "\n")
  }

  /// Where decisions are kept if the casebook's own folder cannot be written to.
  private static var rescueFolders: [String] {
    let environment = ProcessInfo.processInfo.environment
    return [XDG.state(environment) + "/linsang", environment["HOME"], NSTemporaryDirectory()]
      .compactMap { $0 }.filter { !$0.isEmpty }
  }

  /// Verifies the whole casebook in the background. A damaged one accepts no more verdicts.
  private func verifyCasebook(_ casebook: Casebook, _ mailbox: Mailbox) {
    if casebook.blockingError != nil { return }
    DispatchQueue(label: "linsang.casebook.checking", qos: .utility).async {
      do throws(CasebookError) {
        try casebook.checkWhole()
      } catch {
        guard casebook.blockingError == error else { return }
        mailbox.put(.casebookTroubled(CasebookTrouble(untrusted: error)))
      }
    }
  }

  /// Reads verdicts, session position and packet draft, and then starts polling the casebook.
  private func readCasebook(_ runner: EffectRunner, _ mailbox: Mailbox) {
    let name = datasetName
    let isBlind = collaboration.isBlind
    runner.filing.perform { casebook in
      do throws(CasebookError) {
        let now = try casebook.refresh(since: 0)
        let statuses = isBlind ? try casebook.ownStatuses() : now.statuses
        let filings = statuses.mapValues { Filing.saved($0.status, $0.event) }
        let position = try casebook.position(for: name).flatMap { SessionPosition(fields: StoredFields.read($0)) }
        let draft = try casebook.position(for: PacketExport.draftName).map {
          PacketDraft(fields: StoredFields.read($0))
        }
        mailbox.put(.casebookOpened(filings, position, draft))
        if let habits = try casebook.position(for: EffectRunner.habitsName) {
          mailbox.put(.habitsFound(Habits(fields: StoredFields.read(habits))))
        }
        mailbox.put(
          .hintsRead(try casebook.position(for: EffectRunner.hintsName).map { StoredFields.read($0) } ?? [:]))
        runner.pollCasebook(since: now.last)
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }
}

/// What the title bar shows about a casebook that can no longer be used.
extension CasebookTrouble {
  init(_ lost: LostCasebook) {
    let file: String? = if case .inFile(let path)? = lost.kept { path } else { nil }
    let short = if case .lost(_, let loss) = lost.error { loss.short } else { localized("casebook failed") }
    self.init(kind: .lost, short: short, sentence: lost.sentence, unsaved: lost.unsaved, keptIn: file)
  }

  init(untrusted error: CasebookError) {
    self.init(kind: .untrusted, short: localized("casebook read-only"), sentence: error.sentence)
  }
}

/// Named texts as the casebook stores them: one JSON object of strings, keys sorted.
enum StoredFields {
  static func json(_ fields: [String: String]) -> String {
    JSONValue.map(fields.mapValues { .text($0) }).text
  }

  /// What cannot be read counts as empty: it is a convenience, not evidence.
  static func read(_ json: String) -> [String: String] {
    guard case .map(let map)? = try? JSONReading.value(of: Array(json.utf8)) else { return [:] }
    return map.compactMapValues(\.asText)
  }
}
