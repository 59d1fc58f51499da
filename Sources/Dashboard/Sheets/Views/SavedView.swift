import Filters
import Listings
import SmallFormats

/// A way of looking at listings under a name: filter, order, what the panes count, and whether copies are folded.
package struct SavedView: Equatable, Sendable {
  package var name: String
  package let filterText: String
  package let sort: SortOrder
  /// What panes count, where that is not the first of their dimensions, by the pane's digit.
  package let panes: [String: String]
  package let isZoomed: Bool
  package let foldsCopies: Bool
  /// The columns of the table; nil: those that the screen has room for.
  package var columns: [ChosenColumn]?
  /// Who saved it.
  package let analyst: String

  package init(
    name: String, filterText: String, sort: SortOrder, panes: [String: String] = [:], isZoomed: Bool = false,
    foldsCopies: Bool = false, analyst: String
  ) {
    (self.name, self.filterText, self.sort, self.analyst) = (name, filterText, sort, analyst)
    (self.panes, self.isZoomed, self.foldsCopies) = (panes, isZoomed, foldsCopies)
  }
}

/// An analyst's views as named texts, as the casebook stores them.
///
/// Shape:  `0001 name`, `0001 filter` and so on, in the order of the views; `analyst` once.
package enum SavedViews {
  package static func fields(of views: [SavedView], by analyst: String) -> [String: String] {
    var fields = ["analyst": analyst]
    for (index, view) in views.enumerated() {
      let number = Digits.padded(index + 1, 4)
      fields["\(number) name"] = view.name
      fields["\(number) filter"] = view.filterText
      fields["\(number) sort"] = view.sort.stored
      for (pane, dimension) in view.panes { fields["\(number) pane \(pane)"] = dimension }
      if view.isZoomed { fields["\(number) zoomed"] = "yes" }
      if view.foldsCopies { fields["\(number) folded"] = "yes" }
      for (name, value) in Habits(columns: view.columns).fields { fields["\(number) \(name)"] = value }
    }
    return fields
  }

  /// The views that one analyst kept in two places: of one name the later, and the later ones first.
  package static func joined(_ earlier: [String: String], _ later: [String: String]) -> [String: String] {
    let views = read(later)
    let names = Set(views.map(\.name))
    return fields(
      of: views + read(earlier).filter { !names.contains($0.name) }, by: later["analyst"] ?? earlier["analyst"] ?? "")
  }

  /// The views that fields name. One without a name, or with an order that this version does not have, is left out.
  package static func read(_ fields: [String: String]) -> [SavedView] {
    let numbers = Set(fields.keys.compactMap { $0.hasSuffix(" name") ? String($0.dropLast(5)) : nil })
    return numbers.sorted().compactMap { number in
      guard let name = fields["\(number) name"], !name.isEmpty, let sort = SortOrder(stored: fields["\(number) sort"])
      else { return nil }
      let prefix = "\(number) pane "
      let panes = fields.filter { $0.key.hasPrefix(prefix) }.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
      var view = SavedView(
        name: name, filterText: fields["\(number) filter"] ?? "", sort: sort,
        panes: Dictionary(panes) { first, _ in first }, isZoomed: fields["\(number) zoomed"] != nil,
        foldsCopies: fields["\(number) folded"] != nil, analyst: fields["analyst"] ?? "")
      let own = fields.filter { $0.key.hasPrefix(number + " ") }.map {
        (String($0.key.dropFirst(number.count + 1)), $0.value)
      }
      view.columns = Habits(fields: Dictionary(own) { first, _ in first }).columns
      return view
    }
  }
}

extension SortOrder {
  /// The order as it is stored: `price descending`.
  var stored: String { subject.name + (isDescending ? " descending" : "") }

  /// Reads what `stored` wrote; file order for nothing.
  ///
  /// Fails:  nil for an order that this version does not have.
  init?(stored: String?) {
    let words = (stored ?? "file").split(separator: " ")
    guard let subject = words.first.flatMap({ SortOrder.Subject(named: String($0)) }) else { return nil }
    self.init(subject, descending: words.count > 1)
  }
}
