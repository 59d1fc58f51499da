/// The bytes of the demo's files.
///
/// Source: RFC 4180, with LF as line end and UTF-8.
enum DemoFile {
  private static let columns = [
    "listing_id", "platform", "url", "title", "description", "species", "price", "currency", "seller_alias", "country",
    "location", "posted_at", "captured_at", "language", "flag_reason", "image_count",
  ]

  static func week(_ sightings: [WeeklySighting], sellers: [Seller]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sightings.count * 420)
    append(columns, to: &bytes)
    for sighting in sightings {
      let advert = sighting.advert
      let platform = Platform.all[advert.platform]
      let posted = platform.postsTimeOfDay ? " " + time(advert.postedMinute) : ""
      append(
        [
          advert.id, platform.name, "https://" + platform.domain + "/a/" + advert.id, advert.title, advert.body,
          advert.species,
          advert.price.text, advert.price.currency, sellers[advert.seller].alias, advert.country, advert.location,
          day(advert.postedDay) + posted, day(sighting.capturedDay) + "T" + time(sighting.capturedMinute) + ":00Z",
          advert.language, advert.flagReason, String(advert.imageCount),
        ], to: &bytes)
    }
    return bytes
  }

  static func answerKey(_ adverts: [Advert]) -> [UInt8] {
    var bytes: [UInt8] = []
    append(
      ["platform", "listing_id", "relevant", "what_it_is", "reason", "taxon", "product", "actor", "relisting_of"],
      to: &bytes)
    for advert in adverts {
      let truth = advert.truth
      append(
        [
          Platform.all[advert.platform].name, advert.id, truth.isRelevant ? "yes" : "no", truth.whatItIs, truth.reason,
          truth.taxon, truth.product, truth.actor, truth.relistingOf,
        ], to: &bytes)
    }
    return bytes
  }

  private static func day(_ day: Int) -> String { "2026-11-" + (day < 10 ? "0" : "") + String(day) }

  private static func time(_ minute: Int) -> String {
    let hours = minute / 60, minutes = minute % 60
    return (hours < 10 ? "0" : "") + String(hours) + (minutes < 10 ? ":0" : ":") + String(minutes)
  }

  private static func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (position, field) in fields.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      appendField(field, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func appendField(_ field: String, to bytes: inout [UInt8]) {
    var field = field
    field.withUTF8 { text in
      var needsQuotes = false, hasQuotes = false
      // By hand over the buffer: this runs before the first screen, in debug builds too.
      var position = 0
      while position < text.count {
        let byte = text[position]
        if byte == 0x22 { hasQuotes = true }
        if byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D { needsQuotes = true }
        position += 1
      }
      guard needsQuotes else { return bytes.append(contentsOf: text) }
      bytes.append(0x22)
      if hasQuotes {
        for byte in text {
          if byte == 0x22 { bytes.append(0x22) }
          bytes.append(byte)
        }
      } else {
        bytes.append(contentsOf: text)
      }
      bytes.append(0x22)
    }
  }
}
