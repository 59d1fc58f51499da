extension Mode {
  /// Which line, form, list or sheet has the keyboard.
  ///
  /// Why:    what a letter means changes with it, so that whoever types on without looking must be noticed. A new mode has
  ///         to be named here, and with that in the story that types into all of them.
  package enum Kind: CaseIterable, Sendable {
    case browsing
    case filterLine, valueLine, note, palette
    case menu, question, help
    case wordForm, wordTest, wordQuestion, wordWriting
    case problems, problemLine
    case lexicons, lexiconLine, lexiconTest, lexiconQuestion
    case packetForm, packetWriting
    case columns, fieldLine, currencyLine
    case casebookLine
  }

  package var kind: Kind {
    switch self {
    case .browsing: .browsing
    case .typingFilter: .filterLine
    case .findingValue: .valueLine
    case .writingNote: .note
    case .choosing: .menu
    case .asking: .question
    case .readingHelp: .help
    case .addingWord(let sheet):
      switch sheet.stage {
      case .filling: .wordForm
      case .testing: .wordTest
      case .asking: .wordQuestion
      case .adding: .wordWriting
      }
    case .readingProblems(let place): place.editor == nil ? .problems : .problemLine
    case .readingLexicons(let place):
      switch place.trial {
      case .none: place.editor == nil ? .lexicons : .lexiconLine
      case .trying: .lexiconTest
      case .tried: .lexiconQuestion
      }
    case .palette: .palette
    case .packetForm(let sheet): sheet.isWriting ? .packetWriting : .packetForm
    case .namingCasebook: .casebookLine
    case .assigningColumns(let answers):
      if answers.current.currencyLine != nil { .currencyLine } else { answers.picking == nil ? .columns : .fieldLine }
    }
  }
}

extension Mode.Kind {
  /// Whether letters are text here and nothing else.
  package var takesText: Bool {
    switch self {
    case .filterLine, .valueLine, .note, .palette, .wordForm, .problemLine, .lexiconLine, .packetForm, .fieldLine,
      .currencyLine, .casebookLine:
      true
    case .browsing, .menu, .question, .help, .wordTest, .wordQuestion, .wordWriting, .problems, .lexicons, .lexiconTest,
      .lexiconQuestion, .packetWriting, .columns:
      false
    }
  }

  /// Whether Enter does more here than keep what was typed: a line break of pasted text must not be taken for it.
  var filesText: Bool {
    switch self {
    case .note, .palette, .wordForm, .packetForm, .fieldLine, .casebookLine: true
    default: false
    }
  }

  /// Whether nothing can be typed until something has been answered.
  var isWaiting: Bool {
    switch self {
    case .wordTest, .wordWriting, .lexiconTest, .packetWriting: true
    default: false
    }
  }

  /// What people call it.
  var name: String {
    switch self {
    case .browsing: "the listings"
    case .filterLine: "the filter line"
    case .valueLine, .problemLine, .lexiconLine: "the find line"
    case .note: "the note"
    case .palette: "the command list"
    case .menu: "the list"
    case .question, .wordQuestion, .lexiconQuestion: "the question"
    case .help: "the help"
    case .wordForm, .wordTest, .wordWriting: "the word form"
    case .problems: "the problems"
    case .lexicons, .lexiconTest: "the lexicons"
    case .packetForm, .packetWriting: "the packet form"
    case .columns: "the columns"
    case .fieldLine: "the field list"
    case .currencyLine: "the currency line"
    case .casebookLine: "the name of the casebook"
    }
  }
}
