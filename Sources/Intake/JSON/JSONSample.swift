/// The values of the first objects of a JSON file, by name.
struct JSONSample {
  private(set) var columns: ColumnSample
  /// The names of the first object: they stand for the file.
  let firstNames: [String]

  init(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ shape: JSONFile.Shape) {
    var names: [String] = []
    var places: [String: Int] = [:]
    var objects: [JSONCells] = []
    for record in JSONRecords(bytes, shape, start..<bytes.count) {
      if !record.isBroken {
        var cells = JSONCells()
        var text = JSONText(UnsafeRawBufferPointer(rebasing: bytes[record.range]), readable: 0)
        _ = text.read(into: &cells)
        objects.append(cells)
        for name in cells.names where places[name] == nil && names.count < Self.mostNames {
          places[name] = names.count
          names.append(name)
        }
      }
      let isEnough =
        objects.count >= ColumnSample.mostRecords || record.range.upperBound - start > ColumnSample.mostBytes
      if isEnough { break }
    }
    firstNames = objects.first?.names ?? []
    columns = ColumnSample(names: names)
    for object in objects {
      var record = Array(repeating: "", count: names.count)
      for (name, text) in zip(object.names, object.texts) { if let place = places[name] { record[place] = text } }
      columns.add(record)
    }
  }

  /// Objects may all have names of their own; those of the first ones are enough to recognise columns by.
  private static let mostNames = 400
}
