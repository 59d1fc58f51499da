import CapturesTestSupport
import Foundation
import Testing
import TextCells

@testable import Pictures

/// Pictures decoded and made smaller, and what is not shown.
@Suite struct PictureDecodingTests {
  private func fault(_ bytes: [UInt8]) -> PictureFault? {
    do throws(PictureFault) {
      _ = try PictureDecoding.grid(of: bytes, across: 10, down: 10)
      return nil
    } catch {
      return error
    }
  }

  /// A JPEG of 16 by 8 pixels, grey on the left and white on the right, and a WebP of the same size, blue: made by libjpeg-turbo
  /// and libwebp.
  private func fixture(_ name: String) throws -> [UInt8] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)")
    return try Array(Data(contentsOf: url))
  }

  @Test func aDotIsItsColour() throws {
    let grid = try PictureDecoding.grid(of: InventedCapture.picture, across: 80, down: 40)
    #expect(grid == PixelGrid(width: 1, height: 1, pixels: [255, 0, 0], originalWidth: 1, originalHeight: 1))
  }

  @Test func theThreeFormatsAreDecodedAndMadeSmaller() throws {
    let jpeg = try PictureDecoding.grid(of: fixture("halves.jpg"), across: 2, down: 4)
    #expect(jpeg.width == 2 && jpeg.height == 1 && jpeg.originalWidth == 16 && jpeg.originalHeight == 8)
    #expect(jpeg.pixels[0] < 140 && jpeg.pixels[3] > 240)
    let webp = try PictureDecoding.grid(of: fixture("blue.webp"), across: 4, down: 4)
    #expect(webp.width == 4 && webp.height == 2 && webp.pixels[2] > 200 && webp.pixels[0] < 60)
  }

  @Test func whatIsBrokenOrNoneSaysSo() throws {
    #expect(fault(Array("<svg/>".utf8)) == .notAPicture && fault([]) == .notAPicture)
    #expect(fault(Array(InventedCapture.picture.prefix(40))) == .broken)
    #expect(fault([0xff, 0xd8, 0xff, 0xe0]) == .broken)
    #expect(fault(Array("RIFF".utf8) + [9, 0, 0, 0] + Array("WEBPVP8 xxxx".utf8)) == .broken)
    for name in ["halves.jpg", "blue.webp"] {
      let whole = try fixture(name)
      for length in stride(from: 4, to: whole.count - 1, by: 7) { _ = fault(Array(whole.prefix(length))) }
    }
  }

  @Test func aBombIsNotDecoded() {
    // The head says 50,000 by 50,000; what follows does not matter.
    var bytes = InventedCapture.picture
    bytes.replaceSubrange(16..<24, with: [0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50])
    let sum = InventedCapture.crc(Array(bytes[12..<29]))
    bytes.replaceSubrange(29..<33, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) })
    #expect(fault(bytes) == .tooLarge(width: 50_000, height: 50_000))
  }

  @Test func aGridGoesFromOneProcessToAnotherAndNothingElseIsTakenForOne() {
    let grid = PixelGrid(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6], originalWidth: 200_000, originalHeight: 7)
    #expect(PixelGrid(bytes: grid.bytes) == grid)
    #expect(PixelGrid(bytes: Array(grid.bytes.dropLast())) == nil && PixelGrid(bytes: grid.bytes + [0]) == nil)
    #expect(
      PixelGrid(bytes: []) == nil && PixelGrid(bytes: Array("LP1".utf8) + [UInt8](repeating: 0xff, count: 64)) == nil)
  }

  @Test func everyOutcomeHasAStatusOfItsOwn() {
    for outcome in [PictureChild.Outcome.shown, .notAPicture, .tooLarge, .broken, .tooLong, .unconfined, .refused] {
      #expect(PictureChild.Outcome(status: outcome.status) == outcome)
    }
  }
}
