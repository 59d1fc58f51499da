import Filters

/// All settings there are. To add one, add it here and to `all`, and read it where it acts.
extension Setting {
  package static let all: [Setting] =
    [
      theme, analyst, casebook, linear, language, ascii, textOrder, mouse, windowTitle, order, lastPosition, foldCopies,
      showFacets, lens,
      hints, bulkNumberAbove,
      shareQueue, filePollSeconds, casebookPollMilliseconds,
    ] + panes + packet

  // MARK: Who, where and how it looks

  package static let theme = Setting(
    "theme", .text, .text(""), option: "--theme", environment: "LINSANG_THEME",
    emptyMeans: "dark or light, by the terminal's background",
    "The theme: `linsang theme list` names them; or one of your own.")
  package static let analyst = Setting(
    "analyst", .text, .text(""), option: "--analyst", environment: "LINSANG_ANALYST", emptyMeans: "your login name",
    "Who decides; signs every event.")
  package static let casebook = Setting(
    "casebook", .path, .text(""), option: "--casebook", environment: "LINSANG_CASEBOOK",
    emptyMeans: "linsang.casebook in the state folder", "The casebook file.")
  package static let linear = Setting(
    "linear", .truth, .truth(false), option: "--linear", "Whether to work in lines, without a screen.")
  package static let language = Setting(
    "language", .text, .text(""), option: "--language", emptyMeans: "that of the locale, else English",
    "The language of the screen: en, es, fr, id, th, vi, zh. Commands, packets and files stay English.")
  package static let ascii = Setting(
    "ascii", .truth, .truth(false), option: "--ascii",
    "Whether everything is shown in ASCII. Where the locale is not UTF-8 it is in any case.")
  package static let textOrder = Setting(
    "text-order", .choice(["auto", "linsang", "terminal"]), .text("auto"),
    "Who puts text from right to left (Arabic, Hebrew) in order: the terminal row by row, Linsang within each cell of the "
      + "table, or auto: the terminal if it is known to do so, else Linsang. If words read backwards, choose another one."
  )
  package static let mouse = Setting(
    "mouse", .truth, .truth(false), option: "--mouse",
    "Whether the mouse clicks, drags and scrolls here, rather than selecting text in the terminal.")
  package static let windowTitle = Setting(
    "window-title", .truth, .truth(true), option: "--title",
    "Whether the title of the terminal's window names the files.")

  // MARK: How the dashboard begins

  package static let order = Setting(
    "order", .choice(orders), .text("file"),
    "The order of the listings of files that were not open before; file is the order of the file.")
  package static let lastPosition = Setting(
    "last-position", .truth, .truth(true),
    "Whether files that were open before come back with the filter, the order and the listing of last time. Notes that "
      + "were begun come back in any case.")
  package static let foldCopies = Setting(
    "fold-copies", .truth, .truth(false),
    "Whether the copies of an advert are one line from the start, as they are in the queue; in up to 200,000 rows.")
  package static let showFacets = Setting(
    "show-facets", .truth, .truth(true), "Whether the facet panes are shown from the start.")
  package static let lens = Setting(
    "lens", .truth, .truth(false), "Whether the lens is on from the start: it shows what a text hides.")
  package static let hints = Setting(
    "hints", .truth, .truth(true),
    "Whether the first starts tell, beside the filter, what to try next. Each hint goes once it was followed.")

  // MARK: How it works

  package static let bulkNumberAbove = Setting(
    "bulk-number-above", .number(1...10_000), .number(100),
    "A verdict on more marked listings than this asks for their number first.")
  package static let shareQueue = Setting(
    "share-queue", .truth, .truth(false), option: "--share-queue",
    "Whether listings that another dashboard has next are left out of this one's queue.")
  package static let filePollSeconds = Setting(
    "file-poll-seconds", .number(1...3600), .number(2),
    "After how many seconds the open files are looked at for changes again. More is kinder to a slow network drive.")
  package static let casebookPollMilliseconds = Setting(
    "casebook-poll-milliseconds", .number(100...60_000), .number(350),
    "After how many milliseconds the casebook is looked at again for what others decided.")

  /// `risk`, `price`: the orders there are.
  private static let orders = Dimension.orders.map(\.subject.name)

  // MARK: What the panes count

  package static let panes: [Setting] = paneSlots.compactMap { name, slot in
    let dimensions = Dimension.inPane(slot).map(\.id)
    guard let first = dimensions.first, dimensions.count > 1 else { return nil }
    return Setting(
      "panes.\(name)", .choice(dimensions), .text(first),
      "What the \(name) pane counts at the start, where the listings have it.")
  }

  private static let paneSlots: [(String, Dimension.PaneSlot)] = [
    ("platform", .platform), ("species", .species), ("price", .price), ("seller", .seller), ("term", .term),
    ("risk", .risk),
  ]

  // MARK: What a packet begins with

  /// Answers of the packet form that stay the same from packet to packet. What was typed for the packet before outranks
  /// them. The key with `_` for `-` is the name of the form's line.
  package static let packet: [Setting] = [
    packetLine(
      "profile", option: "--for", "The kind of recipient: police, authority, platform, sharing, or a profile."),
    packetLine("recipient", option: "--to", "The organisation that packets are for."),
    packetLine(
      "recipient-kind", .choice(["", "police", "customs", "cites-ma", "platform", "other"]), option: "--to-kind",
      "What that organisation is."),
    packetLine("recipient-country", option: "--to-country", "The recipient's country: a code of two letters."),
    packetLine("sender", option: "--from", "Your organisation."),
    packetLine(
      "sender-kind", .choice(["", "ngo", "police", "customs", "cites-ma", "platform", "other"]), option: "--from-kind",
      "What your organisation is."),
    packetLine("sender-country", option: "--from-country", "Your country: a code of two letters."),
    packetLine("contact-name", option: "--contact-name", "Whom recipients can ask."),
    packetLine("contact-email", option: "--contact-email", "Where recipients can ask."),
    packetLine(
      "tlp", .choice(["", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]), option: "--tlp",
      "How far packets may be shared (TLP 2.0)."),
    packetLine("conditions", option: "--conditions", "Conditions on the use of packets."),
    packetLine("collection", option: "--collection", "How listings are collected."),
    packetLine("processing", option: "--processing", "Why they may be kept."),
    packetLine("folder", .path, option: "--into", "The folder that packets are written into."),
    packetLine("sign-key", .path, option: "--sign", "The SSH key that signs packets."),
    packetLine("zip", .choice(["", "no", "yes"]), option: "--zip", "Whether there is a zip beside each packet."),
  ]

  private static func packetLine(
    _ key: String, _ kind: Kind = .text, option: String, _ meaning: String
  ) -> Setting {
    Setting("packet.\(key)", kind, .text(""), option: option, emptyMeans: "not said here", meaning)
  }
}
