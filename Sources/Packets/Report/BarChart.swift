import SmallFormats

/// A chart of counts as an image in the page itself, which a screen reader reads as its description.
///
/// Shape:  a `figure`; the image has a title and a description with every value, so nothing rests on sight or colour. Empty
///         for fewer than two bars, which show nothing that a sentence does not.
/// Cost:   O(bars).
struct BarChart {
  /// Of its elements, unique in the page.
  let id: String
  let caption: String
  let bars: [(label: String, count: Int)]

  private static let (width, labelWidth, barWidth, line) = (360, 118, 190, 20)
  /// Labels are cut after as many cells.
  private static let labelCells = 18

  /// Bars side by side in rows, each with its label and count.
  var rows: String {
    guard bars.count > 1 else { return "" }
    let most = max(1, bars.map(\.count).max() ?? 1)
    let shapes = bars.enumerated().map { row, bar in
      let y = row * Self.line
      let length = max(1, bar.count * Self.barWidth / most)
      return "<text x=\"\(Self.labelWidth - 6)\" y=\"\(y + 14)\" text-anchor=\"end\">\(Self.label(bar.label))</text>"
        + "<rect x=\"\(Self.labelWidth)\" y=\"\(y + 4)\" width=\"\(length)\" height=\"12\"></rect>"
        + "<text x=\"\(Self.labelWidth + length + 5)\" y=\"\(y + 14)\">\(Digits.grouped(bar.count))</text>\n"
    }
    return figure(height: bars.count * Self.line + 4, shapes.joined())
  }

  /// Columns along an axis of time; the first and last have their labels below, and all have their counts where there is room.
  var columns: String {
    guard bars.count > 1 else { return "" }
    let (top, base) = (14, 96)
    let most = max(1, bars.map(\.count).max() ?? 1)
    let step = Double(Self.width - 10) / Double(bars.count)
    let areCounted = bars.count <= 18
    var shapes = "<line x1=\"4\" y1=\"\(base)\" x2=\"\(Self.width - 4)\" y2=\"\(base)\"></line>\n"
    for (place, bar) in bars.enumerated() where bar.count > 0 {
      let height = max(1, bar.count * (base - top) / most)
      let x = 5 + Int(step * Double(place))
      let width = max(1, Int(step) - (step > 4 ? 2 : 0))
      shapes += "<rect x=\"\(x)\" y=\"\(base - height)\" width=\"\(width)\" height=\"\(height)\"></rect>"
      if areCounted || bar.count == most {
        shapes +=
          "<text x=\"\(x + width / 2)\" y=\"\(base - height - 3)\" text-anchor=\"middle\">\(Digits.grouped(bar.count))</text>"
      }
      shapes += "\n"
    }
    shapes += "<text x=\"5\" y=\"\(base + 14)\">\(Self.label(bars[0].label))</text>"
    shapes +=
      "<text x=\"\(Self.width - 5)\" y=\"\(base + 14)\" text-anchor=\"end\">\(Self.label(bars[bars.count - 1].label))</text>\n"
    return figure(height: base + 20, shapes)
  }

  private func figure(height: Int, _ shapes: String) -> String {
    let values = bars.filter { $0.count > 0 }.map {
      "\(DisplayText.visible($0.label, limit: 60)) \(Digits.grouped($0.count))"
    }
    return """
      <figure>
      <figcaption>\(HTMLText.escaped(caption))</figcaption>
      <svg role="img" aria-labelledby="\(id)-title \(id)-desc" viewBox="0 0 \(Self.width) \(height)">
      <title id="\(id)-title">\(HTMLText.escaped(caption))</title>
      <desc id="\(id)-desc">\(HTMLText.escaped(values.joined(separator: ", ")))</desc>
      \(shapes)</svg>
      </figure>

      """
  }

  /// A label that fits: wide characters count as two cells.
  ///
  /// Source: UAX #11 calls wide most of what lies above U+1100 and below U+FF60; exactness is not needed here.
  private static func label(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var cells = 0
    for scalar in DisplayText.visible(text).unicodeScalars {
      cells += (0x1100...0x115f).contains(scalar.value) || (0x2e80...0xff60).contains(scalar.value) ? 2 : 1
      guard cells <= labelCells else {
        out.append("…")
        break
      }
      out.append(scalar)
    }
    return HTMLText.escaped(WebAddress.defangedSchemes(in: String(out)))
  }
}
