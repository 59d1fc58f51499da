import ArgumentParser
import CaseStore
import Casework
import Foundation
import Listings

/// Which casebook, and who decides.
struct CasebookOptions: ParsableArguments {
  @Option(help: "The casebook file. Default: $LINSANG_CASEBOOK, else linsang.casebook in the state folder.")
  var casebook: String?

  @Option(help: "Who decides; signs every event. Default: $LINSANG_ANALYST, else the login name.")
  var analyst: String?

  var path: String {
    let environment = ProcessInfo.processInfo.environment
    for path in [casebook, environment["LINSANG_CASEBOOK"]] { if let path, !path.isEmpty { return path } }
    return XDG.state(environment) + "/linsang/linsang.casebook"
  }

  var analystName: String {
    let environment = ProcessInfo.processInfo.environment
    for name in [analyst, environment["LINSANG_ANALYST"], environment["USER"], environment["LOGNAME"]] {
      if let name, !name.allSatisfy(\.isWhitespace) { return name }
    }
    // Over ssh with a bare environment the name is still in the system's table of users.
    if let user = getpwuid(getuid()) { return String(cString: user.pointee.pw_name) }
    return "analyst-\(getuid())"
  }

  /// The casebook's file name, for the title bar.
  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  func open() throws(CasebookError) -> Casebook { try Casebook.open(path: path, analyst: analystName) }

  /// Works on the casebook, and closes it whatever comes of that: its file alone is then all of it.
  func withOpened<T>(_ work: (Casebook) throws -> T) throws -> T {
    let book = try open()
    let result: T
    do {
      if let fault = book.blockingError { throw fault }
      result = try work(book)
    } catch {
      // The first thing that went wrong is what is said.
      try? book.close()
      throw error
    }
    try book.close()
    return result
  }

  /// What the casebook holds about listings, by the keys that those of a dataset have now, if there is a casebook: asking must
  /// not make one. One that was named on the command line must be there.
  func knownStatuses(in dataset: Dataset) throws(CasebookError) -> [ListingKey: ReviewStatus] {
    guard casebook != nil || FileManager.default.fileExists(atPath: path) else { return [:] }
    let book = try Casebook.open(path: path, analyst: analystName, access: .reading)
    guard let found = try book.earlierListings(in: dataset) else { return try book.statuses().mapValues(\.status) }
    if let sentence = found.sentence(disagreeing: 0) { Failure.say(sentence) }
    return try book.statuses(renamed: found.renamed).mapValues(\.status)
  }
}
