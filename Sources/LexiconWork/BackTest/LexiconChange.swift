import CodeWords

/// What differs between two sets of lexicons, as far as it can change how a listing is read.
///
/// Shape:  of terms in force only, in their order. A row whose source, note or day of review alone differs is no change;
///         one that says something else of the same word (`TermIdentity`) is a changed one.
/// Cost:   O(terms).
package struct LexiconChange: Equatable, Sendable {
  package struct Changed: Equatable, Sendable {
    package let before: Term
    package let after: Term

    package init(before: Term, after: Term) {
      self.before = before
      self.after = after
    }
  }

  package let added: [Term]
  package let removed: [Term]
  package let changed: [Changed]

  package init(from before: LexiconSet, to after: LexiconSet) {
    let correspondence = TermCorrespondence(before.terms, after.terms)
    var gone: [TermIdentity: [Term]] = [:]
    for place in correspondence.gone.reversed() {
      let term = before.terms[place]
      gone[TermIdentity(term), default: []].append(term)
    }
    var added: [Term] = []
    var changed: [Changed] = []
    for term in correspondence.come.map({ after.terms[$0] }) {
      if let old = gone[TermIdentity(term)]?.popLast() {
        changed.append(Changed(before: old, after: term))
      } else {
        added.append(term)
      }
    }
    self.added = added
    self.changed = changed
    // Those that found no partner, in their order.
    removed = correspondence.gone.map { before.terms[$0] }.filter { gone[TermIdentity($0)]?.contains($0) == true }
  }

  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}

// MARK: In words

extension LexiconChange {
  /// What changes, in one sentence; the first few terms by name.
  package var sentence: String {
    let parts = [
      Self.part(added.map(Self.quoted), "added"), Self.part(changed.map(\.words), "changed"),
      Self.part(removed.map(Self.quoted), "no longer in force"),
    ].compactMap { $0 }
    return parts.isEmpty ? "no term changes" : parts.joined(separator: "; ")
  }

  /// How many terms are named before the rest is only counted.
  private static let mostNamed = 3

  private static func part(_ names: [String], _ what: String) -> String? {
    guard !names.isEmpty else { return nil }
    let rest = names.count > mostNamed ? ", and \(names.count - mostNamed) more" : ""
    return "\(names.count) term\(names.count == 1 ? "" : "s") \(what): "
      + names.prefix(mostNamed).joined(separator: ", ") + rest
  }

  fileprivate static func quoted(_ term: Term) -> String { "“\(term.name.prefix(60))” (\(term.language))" }
}

extension LexiconChange.Changed {
  /// The term and what is different about it.
  package var words: String { LexiconChange.quoted(after) + " " + differences.joined(separator: ", ") }

  private var differences: [String] {
    var all: [String] = []
    func compare<Part: Equatable>(_ part: (Term) -> Part, _ words: (Part, Part) -> String) {
      if part(before) != part(after) { all.append(words(part(before), part(after))) }
    }
    compare(\.weight) { "weight \($0) → \($1)" }
    compare(\.kind) { "\($0.rawValue) → \($1.rawValue)" }
    compare(\.writings) { _, _ in "other writings" }
    compare(\.denotes) { _, new in "denotes “\(new.prefix(60))”" }
    compare(\.taxon) { old, new in "taxon \(old.isEmpty ? "none" : old) → \(new.isEmpty ? "none" : new)" }
    compare(\.product) { _, _ in "other product code" }
    compare(\.needs) { _, _ in "other needs" }
    compare(\.unless) { _, _ in "other unless" }
    if before.borders != after.borders || before.folds != after.folds { all.append("other match") }
    return all
  }
}
