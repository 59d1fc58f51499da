import Casework
import Filters
import Listings
import Sentences

/// What has the keyboard: the panes, or one of the sheets.
package enum Mode: Equatable, Sendable {
  case browsing
  case filterLine(FilterLine)
  case valueLine(ValueLine)
  case note(NoteSheet)
  case describe(DescribeSheet)
  case menu(MenuSheet)
  case question(QuestionSheet)
  case help(HelpSheet)
  case word(WordSheet)
  case problems(ProblemsSheet)
  case lexicons(LexiconSheet)
  case palette(PaletteSheet)
  case packet(PacketSheet)
  case cases(CasesSheet)
  case caseForm(CaseForm)
  case evidence(EvidenceSheet)
  case evidenceForm(EvidenceForm)
  case picture(PictureSheet)
  case casebookName(CasebookNameSheet)
  case columns(ColumnsSheet)
  case views(ViewsSheet)
  case tags(TagSheet)
  case dimensions(DimensionSheet)
  case trail(TrailSheet)
  case explanation(ExplanationSheet)
  case filterHistory(FilterHistorySheet)
  case tableColumns(TableColumnsSheet)
  case weekChart(WeekChartSheet)

  /// The sheet that is open; nil while the panes have the keyboard.
  var sheet: (any Sheet)? {
    switch self {
    case .browsing: nil
    case .filterLine(let sheet): sheet
    case .valueLine(let sheet): sheet
    case .note(let sheet): sheet
    case .describe(let sheet): sheet
    case .menu(let sheet): sheet
    case .question(let sheet): sheet
    case .help(let sheet): sheet
    case .word(let sheet): sheet
    case .problems(let sheet): sheet
    case .lexicons(let sheet): sheet
    case .palette(let sheet): sheet
    case .packet(let sheet): sheet
    case .cases(let sheet): sheet
    case .caseForm(let sheet): sheet
    case .evidence(let sheet): sheet
    case .evidenceForm(let sheet): sheet
    case .picture(let sheet): sheet
    case .casebookName(let sheet): sheet
    case .columns(let sheet): sheet
    case .views(let sheet): sheet
    case .tags(let sheet): sheet
    case .dimensions(let sheet): sheet
    case .trail(let sheet): sheet
    case .explanation(let sheet): sheet
    case .filterHistory(let sheet): sheet
    case .tableColumns(let sheet): sheet
    case .weekChart(let sheet): sheet
    }
  }

  /// All sheets, for the manual.
  static let sheets: [any Sheet.Type] = [
    FilterLine.self, ValueLine.self, NoteSheet.self, DescribeSheet.self, MenuSheet.self, QuestionSheet.self,
    HelpSheet.self,
    WordSheet.self, ProblemsSheet.self, LexiconSheet.self, ColumnsSheet.self, PaletteSheet.self, PacketSheet.self,
    CasesSheet.self, CaseForm.self, EvidenceSheet.self, EvidenceForm.self, PictureSheet.self,
    CasebookNameSheet.self, ViewsSheet.self, TagSheet.self, DimensionSheet.self, TrailSheet.self,
    ExplanationSheet.self, FilterHistorySheet.self, TableColumnsSheet.self, WeekChartSheet.self,
  ]

  package var kind: Kind { sheet?.kind ?? .browsing }

  /// Whether the panes look as if they had the keyboard.
  var showsFocus: Bool { kind == .browsing || kind == .valueLine }

  /// What is being written and asked may be about rows that are open; what was read again waits for its end.
  var allowsNewRows: Bool {
    switch self {
    case .browsing, .valueLine, .problems, .lexicons, .cases: true
    default: false
    }
  }
}

extension Mode {
  /// What a letter means: text, a command, an answer.
  ///
  /// Why:    it changes when a sheet opens or closes, also by itself, so whoever types on without looking must be noticed.
  ///         A new kind has to be named here, and with that in the story that types into all of them.
  package enum Kind: CaseIterable, Sendable {
    case browsing
    case filterLine, valueLine, note, describeForm, palette
    case menu, question, help
    case wordForm, wordTest, wordQuestion, wordWriting
    case problems, problemLine
    case lexicons, lexiconLine, lexiconTest, lexiconQuestion
    case packetForm, packetWriting
    case cases, caseForm, caseWriting
    case evidence, evidenceForm, evidenceWriting, picture
    case columns, fieldLine, currencyLine
    case casebookLine
    case views, viewName
    case tagLine, dimensionLine, trail, explanation, historyLine, tableColumns, weekChart
  }
}

extension Mode.Kind {
  /// Whether letters are text here and nothing else.
  package var takesText: Bool {
    switch self {
    case .filterLine, .valueLine, .note, .describeForm, .palette, .wordForm, .problemLine, .lexiconLine, .packetForm,
      .caseForm, .evidenceForm, .fieldLine, .currencyLine, .casebookLine, .viewName, .tagLine,
      .dimensionLine, .historyLine:
      true
    case .browsing, .menu, .question, .help, .wordTest, .wordQuestion, .wordWriting, .problems, .lexicons, .lexiconTest,
      .lexiconQuestion, .packetWriting, .cases, .caseWriting, .evidence, .evidenceWriting, .picture,
      .columns, .views, .trail, .explanation, .tableColumns, .weekChart:
      false
    }
  }

  /// Whether Enter does more here than keep what was typed: a line break of pasted text must not be taken for it.
  var filesText: Bool {
    switch self {
    case .note, .describeForm, .palette, .wordForm, .packetForm, .caseForm, .evidenceForm, .fieldLine, .casebookLine,
      .viewName, .tagLine, .dimensionLine, .historyLine:
      true
    default: false
    }
  }

  /// Whether nothing can be typed until an answer has come.
  var isWaiting: Bool {
    switch self {
    case .wordTest, .wordWriting, .lexiconTest, .packetWriting, .caseWriting, .evidenceWriting: true
    default: false
    }
  }

  /// What people call it.
  var name: String {
    switch self {
    case .browsing: localized("the listings")
    case .filterLine: localized("the filter line")
    case .valueLine, .problemLine, .lexiconLine: localized("the find line")
    case .note: localized("the note")
    case .describeForm: localized("the description")
    case .palette: localized("the command list")
    case .menu: localized("the list")
    case .question, .wordQuestion, .lexiconQuestion: localized("the question")
    case .help: localized("the help")
    case .wordForm, .wordTest, .wordWriting: localized("the word form")
    case .problems: localized("the problems")
    case .lexicons, .lexiconTest: localized("the lexicons")
    case .packetForm, .packetWriting: localized("the packet form")
    case .cases: localized("the cases")
    case .caseForm, .caseWriting: localized("the form of a step")
    case .evidence: localized("the evidence")
    case .evidenceForm, .evidenceWriting: localized("the form of an attachment")
    case .picture: localized("the picture")
    case .columns: localized("the columns")
    case .fieldLine: localized("the field list")
    case .currencyLine: localized("the currency line")
    case .casebookLine: localized("the name of the casebook")
    case .views: localized("the saved views")
    case .viewName: localized("the name of the view")
    case .tagLine: localized("the tags")
    case .dimensionLine: localized("the list of what a pane can count")
    case .trail: localized("the last decisions")
    case .explanation: localized("the explanation")
    case .historyLine: localized("the list of filters")
    case .tableColumns: localized("the columns of the table")
    case .weekChart: localized("the weeks")
    }
  }
}
