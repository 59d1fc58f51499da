import CaseStore
import CodeWords
import Dashboard
import Dispatch
import Listings
import Synchronization
import LexiconWork

/// Tries words on the listings while they are being typed, and writes the one that is wanted into the analyst's own lexicon.
///
/// Shape:  one trial is alive at a time: a newer one cancels the older. What is to be written is written in order.
final class WordTrials: Sendable {
  private let mailbox: Mailbox
  private let flagging: FlaggingQueue
  private let file: PersonalLexiconFile
  private let trying = DispatchQueue(label: "linsang.words", qos: .userInitiated)
  private let adding = DispatchQueue(label: "linsang.lexicon")
  private let cancellation = Mutex(Cancellation())

  /// - Parameter flagging: stands still while somebody waits for a trial.
  init(_ mailbox: Mailbox, yielding flagging: FlaggingQueue, file: PersonalLexiconFile = PersonalLexiconFile()) {
    self.mailbox = mailbox
    self.flagging = flagging
    self.file = file
  }

  func start(_ request: WordTrialRequest) {
    let mine = Cancellation()
    cancellation.withLock { now in
      now.cancel()
      now = mine
    }
    trying.async { [self] in
      guard !mine.isCancelled else { return }
      flagging.pause()
      defer { flagging.goOn() }
      guard let trial = WordTrial(request.term, in: request.subject, isWhole: request.isWhole, mine) else { return }
      mailbox.put(.wordTried(trial, number: request.number))
    }
  }

  func add(_ draft: TermDraft) {
    adding.async { [mailbox, file] in
      do throws(PersonalLexiconFile.Refusal) {
        let term = try file.add(draft, reviewed: String(SystemClock.now().prefix(10)))
        mailbox.put(.wordAdded(term.name, path: file.path))
      } catch {
        mailbox.put(.addingRefused(why: error.sentence))
      }
    }
  }

  /// Waits until what was to be written is on disk or refused; trials are no longer wanted.
  func finish() {
    cancellation.withLock { $0.cancel() }
    adding.sync {}
  }
}
