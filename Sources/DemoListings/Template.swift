/// A phrase cut at its slots once, so that filling it is appending.
struct Template {
  enum Piece {
    case words(String)
    case slot(Character)
  }

  let pieces: [Piece]

  /// Cuts `phrase` at every `{x}`.
  init(_ phrase: String) {
    var pieces: [Piece] = []
    var rest = Substring(phrase)
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
      let letter = rest.index(after: open)
      pieces.append(.slot(rest[letter]))
      rest = rest[rest.index(letter, offsetBy: 2)...]
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    self.pieces = pieces
  }
}

/// A language bank with every phrase cut.
struct CutBank {
  let bank: LanguageBank
  let titles, bodies, conditions, contacts, deliveries, closings: [Template]
  let lures: [(title: Template, body: Template)]
  let background: [(title: Template, body: Template)]

  init(_ bank: LanguageBank) {
    self.bank = bank
    titles = bank.titles.map(Template.init)
    bodies = bank.bodies.map(Template.init)
    conditions = bank.conditions.map(Template.init)
    contacts = bank.contacts.map(Template.init)
    deliveries = bank.deliveries.map(Template.init)
    closings = bank.closings.map(Template.init)
    lures = bank.lures.map { (Template($0.title), Template($0.body)) }
    background = bank.background.map { (Template($0.title), Template($0.body)) }
  }
}
