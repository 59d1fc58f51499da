import CaseStore
import Casework
import DemoListings
import Foundation
import Intake
import Listings
import SmallFormats

/// The practice casebook of `linsang demo --decided`: all weeks but the last decided by the answer key.
///
/// Rule:   what was captured on a day is decided on the next morning, as far as it is new or has changed since its verdict.
/// Shape:  the file has its name only when it is complete.
/// Cost:   a second for two weeks of 5,000.
struct DecidedDemo {
  let demo: DemoListings
  /// The files of the decided weeks, in order.
  let paths: [String]
  let options: IntakeOptions

  static let fileName = "practice-decided.casebook"
  /// Who has decided; whoever practises is somebody else, so that undo does not take back the past weeks.
  static let analyst = "practice"

  /// Makes the casebook, unless it is there already.
  func make(at path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let partial = path + ".new"
    try Self.remove(partial)
    do {
      try write(partial)
      try FileManager.default.moveItem(atPath: partial, toPath: path)
    } catch {
      // The first error is the one to report.
      try? Self.remove(partial)
      throw error
    }
  }

  /// Removes a casebook, with what SQLite may have left beside it.
  static func remove(_ path: String) throws {
    for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
      try FileManager.default.removeItem(atPath: file)
    }
  }

  private func write(_ path: String) throws {
    let dataset = try DatasetOpening.open(paths: paths, options: options).dataset
    let mornings = self.mornings(dataset)
    let start = mornings.first.map { $0.time(0) } ?? SystemClock.now()
    let casebook = try Casebook.open(path: path, analyst: Self.analyst, clock: { start })
    let witness = ListingWitness(dataset)
    do {
      for morning in mornings {
        for (number, decision) in morning.decisions.enumerated() {
          let keys = decision.rows.map { dataset.key(at: $0) }
          try casebook.apply(
            .file(decision.verdict, reason: decision.reason, for: keys), at: morning.time(number + 1),
            seen: witness.snapshots(of: decision.rows, keys))
        }
      }
    } catch {
      try? casebook.close()
      throw error
    }
    try casebook.close()
  }

  // MARK: What is decided when

  /// One verdict for several listings, as one step.
  fileprivate struct Decision {
    let verdict: Verdict
    let reason: Reason?
    var rows: [Int]
  }

  fileprivate struct Morning {
    let day: CalendarDay
    var decisions: [Decision] = []

    /// A time for each step: seven minutes apart, from nine o'clock.
    func time(_ step: Int) -> String {
      let minutes = 9 * 60 + 7 * step
      func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "\(day)T\(digits(minutes / 60 % 24)):\(digits(minutes % 60)):00Z"
    }
  }

  private func mornings(_ dataset: Dataset) -> [Morning] {
    let answers = Dictionary(demo.answers.map { ([$0.platform, $0.listingID], $0) }) { first, _ in first }
    let witness = ListingWitness(dataset)
    var seen: [ListingKey: SeenListing] = [:]
    var mornings: [Morning] = []
    // The files are in order of time, and so are their rows.
    for row in 0..<dataset.rowCount {
      guard let captured = dataset.time(of: .capturedAt, at: row),
        let answer = answers[[dataset.text(of: .platform, at: row), dataset.text(of: .listingID, at: row)]]
      else { continue }
      let (key, contents) = (dataset.key(at: row), witness.contents(of: row))
      if let before = seen[key], before.changes(to: contents).isEmpty { continue }
      seen[key] = contents
      let day = CalendarDay(daysSince1970: Int(captured / CalendarDay.seconds) + 1)
      if mornings.last?.day != day { mornings.append(Morning(day: day)) }
      mornings[mornings.count - 1].add(row, answer)
    }
    return mornings
  }
}

extension DecidedDemo.Morning {
  fileprivate mutating func add(_ row: Int, _ answer: DemoListings.Answer) {
    let verdict: Verdict = answer.isRelevant ? .confirmed : .falsePositive
    let reason = answer.isRelevant ? nil : Reason(rawValue: answer.reason)
    if let index = decisions.firstIndex(where: { $0.verdict == verdict && $0.reason == reason }) {
      decisions[index].rows.append(row)
    } else {
      decisions.append(DecidedDemo.Decision(verdict: verdict, reason: reason, rows: [row]))
    }
  }
}
