/// A small picture, as it is drawn in half cells: two pixels above each other in a cell.
///
/// Shape:  three bytes a pixel, red, green and blue, row by row from the top left.
package struct PixelGrid: Equatable, Sendable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt8]
  /// Of the picture that it was made from.
  package let originalWidth: Int
  package let originalHeight: Int

  package init(width: Int, height: Int, pixels: [UInt8], originalWidth: Int, originalHeight: Int) {
    (self.width, self.height, self.pixels) = (width, height, pixels)
    (self.originalWidth, self.originalHeight) = (originalWidth, originalHeight)
  }

  /// The most pixels in a direction: no terminal has more cells.
  package static let maximumSide = 2000

  /// The colour of a pixel as 0xRRGGBB; nil below or beside the picture.
  package func colour(_ column: Int, _ row: Int) -> UInt32? {
    guard (0..<width).contains(column), (0..<height).contains(row) else { return nil }
    let place = (row * width + column) * 3
    return UInt32(pixels[place]) << 16 | UInt32(pixels[place + 1]) << 8 | UInt32(pixels[place + 2])
  }
}

extension PixelGrid {
  /// The form in which one process passes it to another.
  ///
  /// Shape:  `LP1`, then four numbers of four bytes, the highest first: both sizes; then the pixels.
  package var bytes: [UInt8] {
    Array("LP1".utf8)
      + [width, height, originalWidth, originalHeight].flatMap { number in
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
      } + pixels
  }

  /// Reads that form; nil for any other, and where sizes and pixels do not agree.
  package init?(bytes: [UInt8]) {
    guard bytes.count > 19, bytes.starts(with: "LP1".utf8) else { return nil }
    let numbers = stride(from: 3, to: 19, by: 4).map { place in
      bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    let side = 1...Self.maximumSide
    guard side.contains(numbers[0]), side.contains(numbers[1]), bytes.count == 19 + numbers[0] * numbers[1] * 3 else {
      return nil
    }
    self.init(
      width: numbers[0], height: numbers[1], pixels: Array(bytes[19...]), originalWidth: numbers[2],
      originalHeight: numbers[3])
  }
}
