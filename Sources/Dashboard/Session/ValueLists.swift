import Filters
import Taxa

/// The files of values that filters have named, as far as they were read.
struct ValueLists: Sendable {
  /// By name.
  fileprivate(set) var read: [String: ValueList] = [:]
  /// Why a list cannot be used, by its name.
  fileprivate(set) var refused: [String: String] = [:]
  /// Those that are being read.
  fileprivate var awaited: Set<String> = []
}

extension State {
  /// The filter of a text, with what is known now of columns, taxa and lists.
  func readFilter(_ text: String, taxa table: TaxonTable? = nil) throws(FilterProblem) -> Filter {
    try FilterSyntax.read(text, columns: columnNames, taxa: table ?? taxa, lists: valueLists.read)
  }

  /// Asks for the list that a filter could not be read without; nothing where that is not why, or where it is known why not.
  mutating func requestList(_ problem: FilterProblem) -> [Effect] {
    guard case .unreadList(let name) = problem.what, valueLists.refused[name] == nil,
      valueLists.awaited.insert(name).inserted
    else { return [] }
    return [.readValueList(name)]
  }

  /// Whether a filter can be read once a list was.
  func isAwaitingList(_ problem: FilterProblem) -> Bool {
    if case .unreadList(let name) = problem.what { valueLists.refused[name] == nil } else { false }
  }

  /// What is wrong with a filter, in words; of a list that cannot be used, why.
  func sentence(_ problem: FilterProblem) -> String {
    if case .unreadList(let name) = problem.what, let why = valueLists.refused[name] { return why }
    return problem.sentence
  }

  /// What waits for the list goes on: the line that is typed, and the filter of a view or of last time.
  mutating func adopt(_ list: ValueList) -> [Effect] {
    valueLists.awaited.remove(list.name)
    valueLists.read[list.name] = list
    let before = filter
    let effects = readTypedFilter() + readAwaitedFilter()
    return effects + (filter == before || isEvaluating ? [] : evaluate())
  }

  mutating func refuseList(_ name: String, _ why: String) -> [Effect] {
    valueLists.awaited.remove(name)
    valueLists.refused[name] = why
    returning.filterText = nil
    if case .filterLine = mode { return [] }
    return say(.warned, why)
  }

  /// Lists are read again when a filter names them next: they may have changed, or be there now.
  mutating func forgetLists() { valueLists = ValueLists() }
}
