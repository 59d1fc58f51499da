/// What is to be done with a JSON file.
enum JSONPlan {
  /// It is read where it stands.
  case read(JSONLayout)
  /// Columns are turned into rows first.
  case turn([JSONTable], sentence: String, JSONLayout)
}

/// Columns of which each holds the values of all rows.
struct JSONTable {
  enum Kind {
    /// Values by the label of their row; what the column of labels is called, nil: they say nothing.
    case columns(labels: String?)
    case lists
    /// Rows, and the labels of rows beside them.
    case labelledRows(names: [String], labels: Range<Int>, called: String, rows: Range<Int>)
  }

  let kind: Kind
  let range: Range<Int>
  /// The name of the table in the text, if there are several.
  let part: Range<Int>?
}
