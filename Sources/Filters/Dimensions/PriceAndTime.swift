import Listings

// Dimensions that are sorted and filtered by, whose values are too many to list one by one.

extension Dimension {
  /// Its pane is a histogram.
  static let price = {
    var dimension = Dimension("price", title: "Price")
    dimension.order = Order(.price, "price in US dollars", rank: 30, isDescendingFirst: true)
    dimension.column = Column("price", .price, rank: 50, widths: [(26, 9), (46, 12), (80, 14), (110, 16)])
    return dimension
  }()

  static let posted = {
    var dimension = Dimension("posted", title: "Posted")
    dimension.order = Order(.posted, "date posted", rank: 70, isDescendingFirst: true)
    dimension.column = Column("date", .day, rank: 20, widths: [(62, 5), (110, 10)])
    return dimension
  }()

  static let title = {
    var dimension = Dimension("title", title: "Title")
    dimension.order = Order(.title, "title", rank: 80)
    dimension.column = Column("title", .title, rank: 100, widths: [(0, 0)])
    return dimension
  }()

  static let file = {
    var dimension = Dimension("file", title: "File")
    dimension.order = Order(.file, "file order", rank: 10)
    return dimension
  }()
}
