/// Adverts for ordinary things whose text tries to harm the program that shows it: each names what it tries.
///
/// In a terminal, spreadsheet or browser that treats text as text they do no harm, so a class can look at each.
enum HostileAdverts {
  static let all: [Plain] = [
    Plain(
      20...60, "\u{1B}[31mRED\u{1B}[0m garden chair",
      "Colours by escape sequence.\u{1B}[2J\u{1B}[H If the screen went blank, something is wrong."),
    Plain(
      5...30, "Toaster, works \u{1B}]0;title changed\u{07}",
      "Tries to rename the window.\u{1B}]52;c;bm90aGluZw==\u{07} Tries to fill the clipboard."),
    Plain(
      10...40, "Bookshelf \u{202E}flehskoob\u{202C} of pine",
      "Text order turned round by U+202E. \u{2066}isolated\u{2069} end."),
    Plain(
      5...25, "=HYPERLINK(\"https://harborlist.example/none\";\"click\")",
      "=1+1 is a formula to a spreadsheet; so is the title."),
    Plain(5...25, "+1+1 desk lamps", "-2+3\n@SUM(1;2)\nLines that a spreadsheet would compute."),
    Plain(
      10...80, "<script>alert('lamp')</script> floor lamp",
      "<b>bold</b> <img src=x onerror=alert(1)> &lt;entities&gt; &amp; more. Markup must stay text."),
    Plain(
      15...90, "Curtains, very long advert", String(repeating: "Blue curtains, lined, for a wide window. ", count: 500)),
    Plain(
      10...50,
      "Za\u{0337}\u{0321}\u{0301}l\u{0338}\u{0300}\u{0323}g\u{0334}\u{0302}\u{0330}o\u{0335}\u{0303}\u{032D} vase",
      "Marks piled on letters:" + String(repeating: " e\u{0301}\u{0302}\u{0303}\u{0304}", count: 12)),
    Plain(
      3...15, "Zero\u{200B}width\u{200D} \u{FEFF}teapot",
      "Invisible characters between the letters, and a line separator\u{2028}here."),
    Plain(
      8...30, "Plates \"as new\", 6 pieces, \"blue\"",
      "Quotes \"\" and commas,,, and\r\na line end of two bytes,\tand a tab."),
    Plain(
      8...30, "Umbrella stand\u{7F}\u{08}\u{08}",
      "Backspaces and DEL;\rthis line starts over the other one. \u{85} next line. \u{9B}31m C1 sequence."),
    Plain(
      5...20, "'; DROP TABLE listings; -- teaspoons",
      "$(echo teaspoons) `echo spoons` ${HOME} %s%n {0} \\x1b[31m: text that shells, formats and databases love."),
  ]
}
