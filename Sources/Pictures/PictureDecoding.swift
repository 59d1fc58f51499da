import CPictures
import TextCells

/// Why a picture cannot be shown.
package enum PictureFault: Error, Equatable, Sendable {
  /// Neither PNG nor JPEG nor WebP.
  case notAPicture
  /// More pixels than are decoded, as the picture says of itself.
  case tooLarge(width: Int, height: Int)
  /// A library cannot decode it.
  case broken
  /// More bytes than are read.
  case tooLong
}

/// Decodes a picture and makes it smaller.
///
/// Pictures of evidence are hostile: only a process that can do nothing else decodes them, see `PictureChild`.
/// Cost:   three bytes a pixel, and what the libraries need beside that.
/// Fails:  with `PictureFault`. A crash in a library ends the process.
package enum PictureDecoding {
  /// More than the largest telephone camera makes; 360 MB once decoded.
  package static let maximumPixels = 120_000_000
  /// The longest picture that is read.
  package static let maximumBytes = 256 << 20

  /// A whole picture, three bytes a pixel, row by row.
  private struct Pixels {
    let width: Int
    let height: Int
    let bytes: [UInt8]
  }

  /// The picture, no larger than a number of pixels across and down, its proportions kept.
  package static func grid(of bytes: [UInt8], across: Int, down: Int) throws(PictureFault) -> PixelGrid {
    let pixels: Pixels
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) {
      pixels = try png(bytes)
    } else if bytes.starts(with: [0xff, 0xd8, 0xff]) {
      pixels = try jpeg(bytes)
    } else if bytes.count > 12, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) {
      pixels = try webp(bytes)
    } else {
      throw .notAPicture
    }
    return reduced(pixels, across: max(1, across), down: max(1, down))
  }

  private static func check(_ width: Int, _ height: Int) throws(PictureFault) {
    guard width > 0, height > 0 else { throw .broken }
    let (pixels, isTooMany) = width.multipliedReportingOverflow(by: height)
    guard !isTooMany, pixels <= maximumPixels else { throw .tooLarge(width: width, height: height) }
  }

  // MARK: The three formats

  /// Source: libpng's manual, section "Simplified API".
  private static func png(_ bytes: [UInt8]) throws(PictureFault) -> Pixels {
    // The library keeps the place of the bytes from its first call to its last.
    let decoded: Result<Pixels, PictureFault> = bytes.withUnsafeBytes { source in
      do throws(PictureFault) {
        return .success(try png(source))
      } catch {
        return .failure(error)
      }
    }
    return try decoded.get()
  }

  private static func png(_ source: UnsafeRawBufferPointer) throws(PictureFault) -> Pixels {
    var image = png_image()
    lx_begin(&image)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else { throw .broken }
    let (width, height) = (Int(image.width), Int(image.height))
    try check(width, height)
    lx_as_rgb(&image)
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    // What is transparent is shown on white, as browsers do.
    var white = png_color(red: 255, green: 255, blue: 255)
    guard png_image_finish_read(&image, &white, &pixels, 0, nil) != 0 else { throw .broken }
    return Pixels(width: width, height: height, bytes: pixels)
  }

  /// Source: libjpeg-turbo, turbojpeg.h.
  private static func jpeg(_ bytes: [UInt8]) throws(PictureFault) -> Pixels {
    guard let decoder = tjInitDecompress() else { throw .broken }
    defer { tjDestroy(decoder) }
    var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let length = UInt(bytes.count)
    guard tjDecompressHeader3(decoder, bytes, length, &width, &height, &sampling, &space) == 0 else { throw .broken }
    try check(Int(width), Int(height))
    var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * 3)
    // A picture that ends early is shown as far as it goes, as everywhere: the library then warns and has not failed.
    let done = tjDecompress2(decoder, bytes, length, &pixels, width, 0, height, Int32(TJPF_RGB.rawValue), 0)
    guard done == 0 || tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue) else { throw .broken }
    return Pixels(width: Int(width), height: Int(height), bytes: pixels)
  }

  /// Source: libwebp, webp/decode.h.
  private static func webp(_ bytes: [UInt8]) throws(PictureFault) -> Pixels {
    var (width, height): (Int32, Int32) = (0, 0)
    guard WebPGetInfo(bytes, bytes.count, &width, &height) != 0 else { throw .broken }
    try check(Int(width), Int(height))
    let (columns, rows) = (Int(width), Int(height))
    var pixels = [UInt8](repeating: 0, count: columns * rows * 3)
    guard WebPDecodeRGBInto(bytes, bytes.count, &pixels, pixels.count, Int32(columns * 3)) != nil else { throw .broken }
    return Pixels(width: columns, height: rows, bytes: pixels)
  }

  // MARK: Smaller

  /// Each pixel of the smaller picture is the mean of those it covers.
  private static func reduced(_ pixels: Pixels, across: Int, down: Int) -> PixelGrid {
    // Never larger than it is.
    let scale = min(1, Double(across) / Double(pixels.width), Double(down) / Double(pixels.height))
    let width = max(1, min(across, Int(Double(pixels.width) * scale)))
    let height = max(1, min(down, Int(Double(pixels.height) * scale)))
    var out: [UInt8] = []
    out.reserveCapacity(width * height * 3)
    for row in 0..<height {
      let rows =
        row * pixels.height / height..<max(row * pixels.height / height + 1, (row + 1) * pixels.height / height)
      for column in 0..<width {
        let first = column * pixels.width / width
        let columns = first..<max(first + 1, (column + 1) * pixels.width / width)
        var (red, green, blue) = (0, 0, 0)
        for y in rows {
          var place = (y * pixels.width + columns.lowerBound) * 3
          for _ in columns {
            red += Int(pixels.bytes[place])
            green += Int(pixels.bytes[place + 1])
            blue += Int(pixels.bytes[place + 2])
            place += 3
          }
        }
        let count = rows.count * columns.count
        out += [UInt8(red / count), UInt8(green / count), UInt8(blue / count)]
      }
    }
    return PixelGrid(
      width: width, height: height, pixels: out, originalWidth: pixels.width, originalHeight: pixels.height)
  }
}
