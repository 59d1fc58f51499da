import TextCells
import Theming
import Testing

@testable import NcursesBackend

/// How terminals with many, few and no colours show a picture.
struct PictureColoursTests {
  @Test func onlyATerminalThatSaysSoGetsExactColours() {
    #expect(PictureColours(.palette256, isPlain: false, colorterm: "truecolor") == .exact)
    #expect(PictureColours(.palette256, isPlain: false, colorterm: "24bit") == .exact)
    #expect(PictureColours(.palette256, isPlain: false, colorterm: nil) == .nearest(.palette256))
    #expect(PictureColours(.palette256, isPlain: false, colorterm: "yes") == .nearest(.palette256))
    #expect(PictureColours(.sixteen, isPlain: false, colorterm: "truecolor") == .nearest(.sixteen))
    #expect(PictureColours(.palette256, isPlain: true, colorterm: "truecolor") == PictureColours.none)
    #expect(PictureColours(.none, isPlain: false, colorterm: "truecolor") == PictureColours.none)
  }

  @Test func aCellHasTheColoursOfItsTwoPixels() {
    var exact = PaintTable(.mono, .palette256, pictures: .exact)
    let cell = exact.picture(0xff0000, 0x0000ff, on: .plain)
    #expect(cell.scalars.0 == 0x2580 && cell.width == 1)
    #expect(cell.paint.foreground == PictureColours.exactBit | 0xff0000)
    #expect(cell.paint.background == PictureColours.exactBit | 0x0000ff)
    var sixteen = PaintTable(.mono, .sixteen, pictures: .nearest(.sixteen))
    #expect((0...15).contains(sixteen.picture(0xff0000, 0x0000ff, on: .plain).paint.foreground))
    // Below the picture there is no colour.
    #expect(exact.picture(0xff0000, nil, on: .plain).paint.background == -1)
  }

  @Test func withoutColoursLightIsInkOnADarkScreen() {
    var plain = PaintTable(.mono, .none)
    #expect(plain.picture(0xffffff, 0xffffff, on: .plain).scalars.0 == UInt32(UInt8(ascii: "@")))
    #expect(plain.picture(0, 0, on: .plain).isBlank)
    #expect(plain.picture(0xffffff, 0, on: .plain).scalars.0 == UInt32(UInt8(ascii: "=")))
  }

  @Test func aPictureIsDrawnInTheMiddleAndCutWhereItDoesNotFit() {
    let grid = PixelGrid(
      width: 2, height: 3, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9], originalWidth: 2,
      originalHeight: 3)
    var frame = Frame(Size(columns: 6, rows: 2))
    frame.draw(grid, in: Area(column: 0, row: 0, columns: 6, rows: 2))
    #expect(frame.text == "  ▀▀\n  ▀▀")
    #expect(frame[2, 0].pictureColours?.upper == 0xff0000)
    #expect(frame[2, 0].pictureColours?.lower == 0x0000ff)
    #expect(frame[3, 1].pictureColours?.lower == nil)
    #expect(frame[0, 0].pictureColours == nil)
    frame.draw(grid, in: Area(column: 5, row: 1, columns: 1, rows: 5))
    #expect(frame.text(ofRow: 1) == "  ▀▀ ▀")
  }
}
