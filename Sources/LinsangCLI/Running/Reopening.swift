import Dashboard
import Intake
import Listings
import Synchronization

/// Reads the opened files anew while the dashboard goes on with what was read before.
final class Reopening: Sendable {
  private let paths: [String]
  private let options: IntakeOptions
  private let mailbox: Mailbox
  private let watch: FilesWatch
  private let running = Mutex<DatasetOpening?>(nil)

  init(paths: [String], options: IntakeOptions, mailbox: Mailbox, watch: FilesWatch) {
    self.paths = paths
    self.options = options
    self.mailbox = mailbox
    self.watch = watch
  }

  /// Reads the files; the answer comes when all is read, with the rows of `old` carried over.
  func start(from old: Dataset) {
    guard !paths.contains("-") else {
      mailbox.put(.reopeningRefused(why: "Standard input cannot be read a second time."))
      return
    }
    let opening = DatasetOpening.start(paths: paths, options: options) { [mailbox, watch] event in
      switch event {
      case .look, .cancelled: break
      case .failed(let error): mailbox.put(.reopeningRefused(why: error.description))
      case .finished(let progress):
        let new = progress.dataset
        let reopened = Reopened(
          look: DatasetLook(new), problems: ProblemList(progress.problems),
          problemRows: progress.problems.rows(of: new.rowCount), carried: CarriedRows(from: old, to: new))
        mailbox.put(.reopened(reopened, from: DatasetLook(old)))
        watch.watch(progress.files, mailbox)
      }
    }
    running.withLock { $0 = opening }
  }

  func cancel() { running.withLock { $0 }?.cancel() }
}
