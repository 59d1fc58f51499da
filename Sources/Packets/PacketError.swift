import Casework
import Glibc
import Listings

/// Why no packet was written. In every case nothing stands under the packet's name that was not there before.
package enum PacketError: Error, Equatable, Sendable {
  case formHasProblems([PacketProblem])
  case noListings
  /// A packet passes on what somebody decided to pass on, and false positives are not that.
  case notForExport(ListingKey, Verdict?)
  case listingWithoutEvidence(ListingKey)
  case folderMissing(path: String)
  case targetExists(path: String)
  /// The folder in which a packet is put together is there: another export is at work, or one was cut off.
  case unfinishedExists(path: String)
  /// The system refused; `leftBehind` names the unfinished folder if even that could not be removed.
  case refused(path: String, errno: Int32, leftBehind: String?)

  /// What happened, to what, what is unharmed and what to do.
  package var sentence: String {
    switch self {
    case .formHasProblems(let problems):
      "No packet was written; the form has to be mended first: " + problems.map(\.sentence).joined(separator: " ")
    case .noListings:
      "No packet was written: it would hold no listing. Confirm or mark the listings to hand over first."
    case .notForExport(let key, let verdict):
      "No packet was written: listing \(name(key)) is \(words(verdict)); only confirmed and unsure listings leave."
        + " Leave it out, or decide it anew."
    case .listingWithoutEvidence(let key):
      "No packet was written: listing \(name(key)) has no evidence. Open the file it came from, and export again."
    case .folderMissing(let path):
      "No packet was written: there is no folder \(shown(path)). Make it, or name another."
    case .targetExists(let path):
      "No packet was written: \(shown(path)) is already there, and nothing is ever overwritten."
        + " Export under another number or version, or into another folder."
    case .unfinishedExists(let path):
      "No packet was written: \(shown(path)) is there. Either another export is at work, or one was cut off;"
        + " in that case the folder is no packet: delete it and export again."
    case .refused(let path, let number, let leftBehind):
      "No packet was written: \(String(cString: strerror(number))), at \(shown(path)). The listings and the casebook"
        + " are unharmed. \(leftBehind.map { "The unfinished folder \(shown($0)) could not be removed; delete it." } ?? "Nothing was left behind.")"
        + " \(advice(number))"
    }
  }

  private func name(_ key: ListingKey) -> String { "\"\(DisplayText.visible(key.text, limit: 120))\"" }

  private func shown(_ path: String) -> String { DisplayText.visible(path) }

  private func words(_ verdict: Verdict?) -> String {
    switch verdict {
    case nil: "unreviewed"
    case .falsePositive: "a false positive"
    case .confirmed: "confirmed"
    case .unsure: "unsure"
    }
  }

  private func advice(_ number: Int32) -> String {
    switch number {
    case ENOSPC, EDQUOT: "Free some space, or choose another folder."
    case EACCES, EPERM, EROFS: "Choose a folder in which you may write."
    default: "Try again, or choose another folder."
    }
  }
}
