import Listings
import Sentences

// What analysts said about a listing beside the verdict.

extension Dimension {
  /// The analysts' tags.
  static let tag = {
    var dimension = Dimension("tag", title: Sentence("Tag")) { _ in .listed(.tags) }
    dimension.needs = [.verdicts]
    return dimension
  }()

  /// Why listings are false positives.
  static let reason = {
    var dimension = Dimension("reason", title: Sentence("Reason")) { _ in .listed(.reasons) }
    dimension.needs = [.verdicts]
    return dimension
  }()

  /// Who gave the verdict.
  static let analyst = {
    var dimension = Dimension("analyst", title: Sentence("Analyst"), filterName: "by") { _ in .listed(.analysts) }
    dimension.needs = [.verdicts]
    return dimension
  }()
}

extension ListedValues {
  /// The tags that listings have, the most frequent first.
  fileprivate static let tags = ListedValues(
    "tag", isOrdered: false, valuesOfSubject: { [""] + $0.described.rows(.tags).keys.sorted() },
    clause: { .described(.tags, $0) },
    asked: { if case .described(.tags, let values) = $0 { values } else { nil } })

  fileprivate static let reasons = ListedValues(
    "reason", isOrdered: false, shownName: DecisionWords.shownName,
    valuesOfSubject: { [""] + $0.words.reasons.keys.sorted() }, clause: { .reason($0) },
    asked: { if case .reason(let values) = $0 { values } else { nil } })

  fileprivate static let analysts = ListedValues(
    "analyst", isOrdered: false,
    valuesOfSubject: { subject in [""] + Set(subject.decidedByOthers.keys).union([subject.analyst]).sorted() },
    clause: { .analyst($0) }, asked: { if case .analyst(let values) = $0 { values } else { nil } })
}
