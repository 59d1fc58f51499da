import CodeWords
import Sentences

/// The difference between two sets of lexicons, as far as it can change how listings are read.
///
/// Shape:  terms in force only, in their order. A row with another source, note or day of review alone is no change. A row
///         that says something else about the same word (`TermIdentity`) is a changed one.
package struct LexiconChange: Equatable, Sendable {
  /// A term that is in both sets with another meaning, weight, conditions or match.
  package struct Changed: Equatable, Sendable {
    package let before: Term
    package let after: Term

    package init(before: Term, after: Term) {
      self.before = before
      self.after = after
    }
  }

  /// Terms that were not in force.
  package let added: [Term]
  /// Terms that are no longer in force.
  package let removed: [Term]
  /// Terms that mean or count something else.
  package let changed: [Changed]

  /// Compares the terms in force.
  ///
  /// Shape:  of several terms with one identity, the first ones are paired.
  package init(from before: LexiconSet, to after: LexiconSet) {
    let correspondence = TermCorrespondence(before.terms, after.terms)
    var removed: [TermIdentity: [Term]] = [:]
    for position in correspondence.removed.reversed() {
      let term = before.terms[position]
      removed[TermIdentity(term), default: []].append(term)
    }
    var added: [Term] = []
    var changed: [Changed] = []
    for term in correspondence.added.map({ after.terms[$0] }) {
      if let old = removed[TermIdentity(term)]?.popLast() {
        changed.append(Changed(before: old, after: term))
      } else {
        added.append(term)
      }
    }
    self.added = added
    self.changed = changed
    // Those without a partner, in their order.
    self.removed = correspondence.removed.map { before.terms[$0] }
      .filter { removed[TermIdentity($0)]?.contains($0) == true }
  }

  /// Whether the change affects no listing.
  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}

// MARK: In words

extension LexiconChange {
  /// The change in one sentence, with the first few terms by name.
  ///
  /// Shape:  added, changed, then no longer in force, each with at most `maximumNamed` names.
  package var sentence: String {
    var parts: [String] = []
    if !added.isEmpty {
      let (count, names) = (added.count, Self.list(added.map(Self.quoted)))
      parts.append(localized(count, one: "\(count) term added: \(names)", other: "\(count) terms added: \(names)"))
    }
    if !changed.isEmpty {
      let (count, names) = (changed.count, Self.list(changed.map(\.words)))
      parts.append(
        localized(count, one: "\(count) term changed: \(names)", other: "\(count) terms changed: \(names)"))
    }
    if !removed.isEmpty {
      let (count, names) = (removed.count, Self.list(removed.map(Self.quoted)))
      parts.append(
        localized(
          count, one: "\(count) term no longer in force: \(names)", other: "\(count) terms no longer in force: \(names)"
        ))
    }
    return parts.isEmpty ? localized("no term changes") : parts.joined(separator: "; ")
  }

  /// More terms than this are only counted.
  private static let maximumNamed = 3

  /// The names of some terms, the first few only.
  private static func list(_ names: [String]) -> String {
    let more = names.count - maximumNamed
    let rest = more > 0 ? [localized(more, one: "and \(more) more", other: "and \(more) more")] : []
    return (names.prefix(maximumNamed) + rest).joined(separator: ", ")
  }

  /// A term as sentences name it.
  fileprivate static func quoted(_ term: Term) -> String { "“\(term.name.prefix(60))” (\(term.language))" }
}

extension LexiconChange.Changed {
  /// The term and what differs: `“jelly” (en) weight 30 → 40`.
  package var words: String { LexiconChange.quoted(after) + " " + differences.joined(separator: ", ") }

  /// What differs, one phrase per column.
  private var differences: [String] {
    var all: [String] = []
    func compare<Part: Equatable>(_ part: (Term) -> Part, _ words: (Part, Part) -> String) {
      if part(before) != part(after) { all.append(words(part(before), part(after))) }
    }
    compare(\.weight) { localized("weight \($0) → \($1)") }
    compare(\.kind) { "\($0.screenLabel) → \($1.screenLabel)" }
    compare(\.surfaceForms) { _, _ in localized("other surface forms") }
    compare(\.denotes) { _, new in localized("denotes “\(new.prefix(60))”") }
    compare(\.taxon) { old, new in
      let none = localized("none", context: "a taxon")
      return localized("taxon \(old.isEmpty ? none : old) → \(new.isEmpty ? none : new)")
    }
    compare(\.product) { _, _ in localized("other product code") }
    compare(\.needs) { _, _ in localized("other needs") }
    compare(\.unless) { _, _ in localized("other unless") }
    if before.borders != after.borders || before.folds != after.folds { all.append(localized("other match")) }
    return all
  }
}
