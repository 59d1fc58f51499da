import CaseStore
import Casework
import Dashboard
import Dispatch
import SmallFormats

/// Reads and records what became of packets for the dashboard, off the loop.
///
/// Shape:  steps are recorded in order with decisions; reading, which goes through the sightings of all scrapes, has a queue of
///         its own and holds nobody up.
final class CaseWork: Sendable {
  private let mailbox: Mailbox
  private let filing: FilingQueue
  private let reading = DispatchQueue(label: "linsang.cases", qos: .userInitiated)

  init(_ mailbox: Mailbox, _ filing: FilingQueue) { (self.mailbox, self.filing) = (mailbox, filing) }

  /// Finds out what became of all packets.
  func find() {
    reading.async { [mailbox, filing] in
      do throws(CasebookError) {
        mailbox.put(.casesFound(try CaseReading(filing.casebook, on: .today).board()))
      } catch {
        mailbox.put(.casesNotFound(why: error.sentence))
      }
    }
  }

  /// Records a step, then finds out anew.
  func record(_ draft: StepDraft) { change { try $0.record(draft) } }

  /// Takes a step back, then finds out anew.
  func retract(_ number: EventNumber) { change { try $0.retractStep(number) } }

  private func change(_ work: @escaping @Sendable (Casebook) throws -> String) {
    filing.perform { [self] casebook in
      do {
        let sentence = try work(casebook)
        mailbox.put(.stepRecorded(sentence))
        find()
      } catch let problem as StepProblem {
        mailbox.put(.stepRefused(why: problem.sentence, problem.part))
      } catch {
        mailbox.put(.stepRefused(why: (error as? CasebookError)?.sentence ?? "\(error)", nil))
      }
    }
  }
}
