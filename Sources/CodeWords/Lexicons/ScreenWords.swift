import Sentences

// What packets and files also say has its own words for the screen, which can be translated.

extension TermKind {
  package var screenLabel: String {
    switch self {
    case .speciesName: localized("species name", context: "a kind of term")
    case .product: localized("product", context: "a kind of term")
    case .codeWord: localized("code word", context: "a kind of term")
    case .euphemism: localized("euphemism", context: "a kind of term")
    case .emoji: localized("emoji", context: "a kind of term")
    case .transactionCue: localized("transaction cue", context: "a kind of term")
    case .benign: localized("harmless", context: "a kind of term")
    case .context: localized("context", context: "a kind of term")
    }
  }
}

extension InstalledLexicon.Origin {
  /// Whence a lexicon comes, in a word.
  package var screenLabel: String {
    switch self {
    case .shipped: localized("shipped", context: "whence a lexicon comes")
    case .yours: localized("yours", context: "whence a lexicon comes")
    case .named: localized("named", context: "whence a lexicon comes: the command line")
    }
  }
}
