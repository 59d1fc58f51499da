import Casework
import Sentences

// What became of packets, in the words of the screen.

extension StepKind {
  var screenLabel: String {
    switch self {
    case .sent: localized("sent", context: "a packet")
    case .acknowledged: localized("acknowledged", context: "a packet")
    case .opened: localized("opened", context: "a case, by the recipient of a packet")
    case .referred: localized("referred", context: "a packet")
    case .charged: localized("charged", context: "somebody, after a packet")
    case .outcome: localized("outcome", context: "of a packet")
    case .removed: localized("removed", context: "listings, by a platform")
    case .refused: localized("refused", context: "to take listings down")
    case .stillOnline: localized("still online", context: "listings")
    case .withdrawn: localized("withdrawn", context: "a packet, by its sender")
    }
  }

  /// As the form shows it, where it is chosen.
  var choiceLabel: String { self == .stillOnline ? localized("still-online", context: "a step") : screenLabel }
}

extension CaseOutcome {
  var screenLabel: String {
    switch self {
    case .conviction: localized("conviction")
    case .seizure: localized("seizure")
    case .warning: localized("warning", context: "how a case ended")
    case .noAction: localized("no action")
    case .closed: localized("closed without result")
    case .other: localized("other", context: "how a case ended")
    }
  }
}

extension CaseStep {
  /// What happened: `outcome: seizure`, `referred to Customs`.
  package var screenWords: String {
    switch kind {
    case .outcome: outcome.map { localized("outcome: \($0.screenLabel)") } ?? localized("outcome: not stated")
    case .referred:
      referredTo.map { localized("referred to \($0.organisation)") } ?? localized("referred to another body")
    case .removed:
      localized("removed: \(counted(listings.count, "listing"))")
    case .refused:
      localized("refused: \(counted(listings.count, "listing"))")
    case .stillOnline:
      localized("still online: \(counted(listings.count, "listing"))")
    default: kind.screenLabel
    }
  }

  /// What else was stated: reference, means, note.
  var screenDetails: String {
    [
      reference.isEmpty ? "" : localized("ref. \(reference)"), means,
      platform.isEmpty ? "" : localized("listings of \(platform)"), category, note,
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

extension CaseLine.Happened {
  var screenWords: String {
    switch self {
    case .made: localized("made, not sent")
    case .referred(let by?): localized("referred by \(by)")
    case .referred(nil): localized("referred by another body")
    case .step(let step): step.screenWords
    }
  }
}

extension CaseLine.Closing {
  var screenWords: String {
    switch self {
    case .withdrawn: localized("withdrawn", context: "a packet, by its sender")
    case .replaced(let next): localized("replaced by \(next)")
    case .outcome(let outcome): localized("outcome: \(outcome.screenLabel)")
    case .allRemoved: localized("all removed", context: "listings, by a platform")
    }
  }
}

extension ListingFate {
  var screenWords: String {
    switch self {
    case .removed(let after, let by):
      after == by ? localized("removed on \(by)") : localized("removed between \(after) and \(by)")
    case .online(let day): localized("still online on \(day)")
    case .unknown: localized("not known: no later scrape of its platform")
    }
  }
}

extension FateCounts {
  /// `3 removed, 2 online, 1 not known`.
  var screenWords: String {
    var parts: [String] = []
    if removed > 0 {
      parts.append(localized(removed, one: "\(grouped: removed) removed", other: "\(grouped: removed) removed"))
    }
    if online > 0 {
      parts.append(localized(online, one: "\(grouped: online) online", other: "\(grouped: online) online"))
    }
    if unknown > 0 {
      parts.append(localized(unknown, one: "\(grouped: unknown) not known", other: "\(grouped: unknown) not known"))
    }
    if refused > 0 {
      parts.append(localized(refused, one: "\(grouped: refused) refused", other: "\(grouped: refused) refused"))
    }
    return parts.isEmpty ? localized("no listings") : parts.joined(separator: ", ")
  }
}
