import Filters
import Listings

// Tab in the filter line: the name of a field, or a value of it that stands in the listings.

extension State {
  mutating func completeFilter(_ editor: LineEditor, _ before: Filter) -> [Effect] {
    let completion = FilterCompletion(before: editor.beforeCursor)
    guard !completion.typed.isEmpty || completion.field != nil else {
      return say(.told, "Tab completes the name of a field, and behind its colon a value")
    }
    let matches = completion.matching(candidates(for: completion.field))
    var editor = editor
    switch matches.count {
    case 0:
      let what = completion.field.map { "value of \($0)" } ?? "name of a field"
      return say(.told, "No \(what) begins with “\(completion.typed)”")
    case 1: editor.replace(last: completion.length, with: completion.text(for: matches[0]))
    default:
      if let shared = completion.shared(by: matches) { editor.replace(last: completion.length, with: shared) }
      notice = Notice(.told, Self.choices(matches))
    }
    return typed(editor, before)
  }

  /// The first candidates, and how many more there are.
  private static func choices(_ matches: [String]) -> String {
    let most = 8
    let more = matches.count > most ? " · \(grouped(matches.count - most)) more" : ""
    return matches.prefix(most).joined(separator: " · ") + more
  }

  /// What can stand in the place of what is typed; values in the order of the panes, the most frequent first.
  private func candidates(for name: String?) -> [String] {
    guard let name else { return FilterCompletion.names }
    if let words = FilterCompletion.words(of: name) { return words }
    if name.lowercased() == "term" { return names(in: .term) }
    if name.lowercased() == "file" { return dataset.sources.map(\.name) }
    guard let field = Field.named(name) else { return [] }
    if field == .currency { return dataset.currencyCodes.filter { $0.count == 3 } }
    let counted = names(in: .field(field))
    guard counted.isEmpty, field.storage == .dictionary else { return counted }
    let values = dataset.values(of: field)
    return (1..<max(1, dataset.valueCount(of: field))).map { values.string(UInt32($0)) }
  }

  private func names(in subject: FacetSubject) -> [String] {
    (answer?.facets[subject]?.values ?? []).map(\.name).filter { !$0.isEmpty }
  }
}
