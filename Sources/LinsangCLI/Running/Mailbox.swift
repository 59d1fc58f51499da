import Dashboard
import Intake
import NcursesBackend
import Synchronization

/// Where answers from other threads wait for the loop. The only place where threads meet.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void
  private let refusal = Mutex<IntakeError?>(nil)

  /// Why there is nothing to show: the files could not be opened. The loop ends then.
  var openingError: IntakeError? { refusal.withLock { $0 } }

  func giveUp(_ error: IntakeError) {
    refusal.withLock { $0 = error }
    wake()
  }

  /// - Parameter wake: lets the loop's wait end; called after a message was put in.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func put(_ message: Message) {
    messages.withLock { $0.append(message) }
    wake()
  }

  /// Puts a look at the dataset in, in place of an older one that the loop has not yet seen.
  func putLook(_ message: Message) {
    messages.withLock { messages in
      messages.removeAll { if case .datasetGrew = $0 { true } else { false } }
      messages.append(message)
    }
    wake()
  }

  func takeAll() -> [Message] {
    messages.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
