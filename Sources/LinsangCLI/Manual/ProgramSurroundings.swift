import Dashboard

/// What the program's manual page says beside its options: keys, environment, files, examples.
///
/// Law:    the variables and folders are those of the manual's page about configuration; the examples parse.
enum ProgramSurroundings {
  /// The keys of the panes, from the command table.
  static var keys: [(keys: [String], place: String, help: String)] {
    KeyTable.paneRows().map { ($0.keys, $0.place, $0.help) }
  }

  static let environment: [(name: String, help: String)] = [
    ("LINSANG_CASEBOOK", "The casebook, where `--casebook` does not name one; it goes before the settings."),
    ("LINSANG_ANALYST", "Who decides, where `--analyst` does not say; it goes before the settings."),
    ("LINSANG_THEME", "The theme, where `--theme` does not name one; it goes before the settings."),
    ("LINSANG_DATA", "A folder that holds Themes and Lexicons, which have precedence over all others."),
    ("NO_COLOR", "If set, no colours."),
    ("TERM", "Names a terminal that can move the cursor; `linsang doctor` shows what was found."),
    (
      "LC_ALL, LANG",
      "The locale; the terminal itself must be set to UTF-8. Where they name another character set, all is shown in ASCII."
    ),
    ("TMPDIR", "Where packed and converted files are written while they are open."),
    (
      "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
      "Replace ~/.config, ~/.local/share, ~/.local/state and ~/.cache."
    ),
    (
      "XDG_DATA_DIRS", "Where shared themes and lexicons are looked for, in /usr/local/share and /usr/share by default."
    ),
  ]

  static let files: [(path: String, help: String)] = [
    ("~/.local/state/linsang/linsang.casebook", "The casebook: every verdict and note."),
    (
      "~/.local/state/linsang/linsang.casebook.evidence",
      "The files that were attached to listings, beside the casebook."
    ),
    ("~/.config/linsang/settings.toml", "Settings, and keys of your own; `linsang config` prints all there are."),
    ("~/.config/linsang", "Your answers about columns, your words, lexicons, tables and themes."),
    ("~/.cache/linsang", "Demo listings with their practice casebook, compiled lexicons."),
    (
      "/usr/share/linsang",
      "The themes and lexicons of an installed copy; `linsang doctor` names the folders that are used."
    ),
  ]

  static let examples: [(command: String, help: String)] = [
    ("linsang demo", "Open the dashboard on invented listings:"),
    ("linsang week46.csv week47.csv", "Open two scrapes:"),
    ("linsang stats week47.csv", "Count what is in a file:"),
    ("linsang query 'is:confirmed' week47.csv --csv > confirmed.csv", "Print the confirmed listings as CSV:"),
    ("linsang packet week47.csv --summary 'Eleven offers of ivory' --into packets", "Write a packet:"),
  ]
}
