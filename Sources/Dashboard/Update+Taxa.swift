import CodeWords
import Filters
import Taxa

// What is known of taxa comes once, off the loop; the species pane counts by rank, and filters ask by name.

extension State {
  /// Why listings cannot be counted by taxon; nil where they can.
  var taxaBlocked: String? {
    guard let taxa else { return "The taxon tables are still being read" }
    return taxa.isEmpty ? "No taxon table is loaded: linsang doctor says where they are looked for" : nil
  }

  /// Takes the tables, and reads the names in the filter by them.
  mutating func take(_ table: TaxonTable) -> [Effect] {
    let known = taxa
    session.take(table)
    guard known !== table else { return [] }
    if case .typingFilter(let editor, let before, _) = mode {
      let effects = typed(editor, before)
      return effects.isEmpty && filter.asksAboutTaxa ? evaluate() : effects
    }
    guard filter.asksAboutTaxa || countsTaxa else { return [] }
    do {
      filter = try FilterSyntax.read(filter.text, columns: columnNames, taxa: table)
    } catch {
      notice = Notice(.warned, "The filter finds less than it asks for: \(error.sentence)")
    }
    relistFacets()
    return evaluate()
  }
}
