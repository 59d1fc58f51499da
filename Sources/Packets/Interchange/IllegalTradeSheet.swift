import SmallFormats

/// The adverts of packets in the columns of the CITES annual illegal trade report, for an authority that seized something.
///
/// Shape:  a row for each listing. What an advert cannot say (the seizure, the offenders, the charge, the sanction, the disposal) is
///         left empty for the authority; nothing is guessed. The last columns say where each row comes from.
/// Source: CITES Resolution Conf. 11.17 (Rev. CoP19) and the guidelines for the annual illegal trade report; the packet
///         specification, section 3.1.
struct IllegalTradeSheet {
  let packets: [PacketRecords]

  static let columns = [
    "date", "appendix", "species", "description_of_specimen", "quantity", "unit", "location_of_incident",
    "detecting_agency", "reason_for_seizure", "method_of_detection", "mode_of_transport", "method_of_concealment",
    "alleged_country_of_origin", "countries_of_transit", "alleged_final_destination", "nationality_of_offenders",
    "law_under_which_charged", "sanction", "disposal_of_specimens", "estimated_value", "currency",
    "additional_information", "packet", "listing", "address",
  ]

  var rows: [[Workbook.Cell]] { packets.flatMap { packet in packet.listings.map { row(of: $0, in: packet) } } }

  private func row(of listing: RecordedListing, in packet: PacketRecords) -> [Workbook.Cell] {
    let specimen = listing.value.at("specimen") ?? .null
    func text(_ text: String?) -> Workbook.Cell { text?.nonEmpty.map { .text($0) } ?? .empty }
    func number(_ text: String?) -> Workbook.Cell {
      text.flatMap { Decimal.isWellFormed($0) ? .number($0) : nil } ?? .empty
    }
    var cells = [
      text(listing.day?.description), text(Self.appendix(listing.appendix)), text(listing.scientificName),
      text(Self.known(specimen.word("term"), besides: "UNS")), number(specimen.at("quantity")?.asText),
      text(Self.known(specimen.word("unit"), besides: "UNK")), text(listing.platformName.map { "online: \($0)" }),
    ]
    // Agency, reason, method of detection, transport, concealment.
    cells += [.empty, .empty, .empty, .empty, .empty]
    // Origin, transit, destination.
    cells += [text(specimen.at("origin_country")?.asText), .empty]
    cells.append(text(listing.value.each("ships_to").compactMap(\.asText).joined(separator: ", ")))
    // Offenders, law, sanction, disposal.
    cells += [.empty, .empty, .empty, .empty]
    cells += [number(listing.value.at("price", "amount")?.asText), text(listing.value.at("price", "currency")?.asText)]
    cells += [text(additional(listing)), .text(packet.folderName), .text(listing.id)]
    cells.append(text(PacketSubjects.webAddress(listing.value.word("url"))))
    return cells
  }

  /// What else the recipient should know of the advert.
  private func additional(_ listing: RecordedListing) -> String {
    [
      "online advert, not a seizure; species by words alone",
      listing.title.nonEmpty.map { "title: \($0)" },
      listing.quantityAsAdvertised.map { "quantity as advertised: \($0)" },
      listing.priceAsAdvertised.map { "price as advertised: \($0)" },
      "grading \(listing.value.word("grading", "admiralty"))", listing.verdict,
    ].compactMap { $0 }.joined(separator: "; ")
  }

  private static func known(_ code: String, besides unknown: String) -> String? { code == unknown ? nil : code }

  private static func appendix(_ code: String) -> String? { ["?", "N"].contains(code) ? nil : code }
}
