import CodeWords
import Listings

// What the lexicons make of a listing.

extension Dimension {
  static let risk = {
    var dimension = Dimension("risk", title: "Risk") { _ in .risk }
    dimension.pane = .risk
    dimension.order = Order(.risk, "risk", rank: 90, isDescendingFirst: true)
    dimension.column = Column("risk", .risk, rank: 10, widths: [(40, 4)])
    dimension.needs = [.codeWords]
    return dimension
  }()

  static let term = {
    var dimension = Dimension("term", title: "Terms") { _ in .term }
    dimension.pane = .term
    dimension.needs = [.codeWords]
    return dimension
  }()
}
