/// What the slots of one advert's phrases are filled with.
struct Wording {
  let bank: Int
  let name: String
  let detail: String
  let amount: String
  let emoji: String
  let place: String
  let token: String
  /// An actor's own closing phrase.
  let signature: String?
}

extension AdvertWriter {
  func wording(
    of seller: Int, name: String, detail: String, product: Product?, random: inout SplitMix64
  ) -> Wording {
    let who = crowd.sellers[seller]
    return Wording(
      bank: who.bank, name: name, detail: detail,
      amount: product.map { amount(of: $0.facts.measure, in: banks[who.bank].bank.units, random: &random) } ?? "",
      emoji: product.map(\.facts.emoji) ?? random.pick(["🔥", "✨", "📦", "👍"]), place: who.place, token: who.token,
      signature: who.actor.map { crowd.actors[$0].signature })
  }

  /// `template` with every slot filled, slots inside phrases included.
  func fill(_ template: Template, _ wording: Wording, _ random: inout SplitMix64) -> String {
    var text = ""
    for piece in template.pieces {
      switch piece {
      case .words(let words): text += words
      case .slot(let letter): text += filling(of: letter, wording, &random)
      }
    }
    return text
  }

  private func filling(of letter: Character, _ wording: Wording, _ random: inout SplitMix64) -> String {
    let cut = banks[wording.bank]
    switch letter {
    case "n": return wording.name
    case "d": return wording.detail
    case "m": return wording.amount
    case "e": return wording.emoji
    case "p": return wording.place
    case "t": return wording.token
    case "c": return fill(random.pick(cut.conditions), wording, &random)
    case "k": return fill(random.pick(cut.contacts), wording, &random)
    case "s": return fill(random.pick(cut.deliveries), wording, &random)
    case "g":
      if let signature = wording.signature, random.chance(70) { return signature }
      return fill(random.pick(cut.closings), wording, &random)
    case "o": return random.pick(cut.bank.colours)
    case "z": return String(random.within(2...60))
    case "u": return String(random.within(1...9))
    case "l": return String(5 * random.within(4...24))
    case "x": return random.pick(["S", "M", "L", "XL", "36", "38", "40", "42"])
    case "y": return String(random.within(36...45))
    case "w": return random.pick(["20", "24", "26", "27", "28"])
    case "v": return random.pick(["7", "18", "21", "24"])
    default: preconditionFailure("a phrase has the unknown slot {\(letter)}")
    }
  }

  /// A benign advert's body, with the sentences in which such adverts end.
  func tailed(_ body: String, _ wording: Wording, _ random: inout SplitMix64) -> String {
    var sentences = [body]
    let cut = banks[wording.bank]
    if random.chance(45) {
      let delivery = cut.deliveries[random.below(cut.deliveries.count - 1)]
      sentences.append(fill(delivery, wording, &random))
    }
    if random.chance(30) { sentences.append(fill(random.pick(cut.contacts), wording, &random)) }
    if random.chance(25) { sentences.append(fill(random.pick(cut.closings), wording, &random)) }
    if sentences.count > 1 && random.chance(12) { return sentences.joined(separator: "\n") }
    return joined(sentences, wording.bank)
  }

  /// Sentences in sequence. Chinese and Japanese put no space between them.
  func joined(_ sentences: [String], _ bank: Int) -> String {
    let language = banks[bank].bank.language
    return sentences.joined(separator: language.hasPrefix("zh") || language == "ja" ? "" : " ")
  }

  private func amount(of measure: Product.Measure, in units: Units, random: inout SplitMix64) -> String {
    switch measure {
    case .none: ""
    case .grams(let range): put(random.within(range), into: units.grams)
    case .kilos(let range): put(random.within(range), into: units.kilos)
    case .centimetres(let range): put(random.within(range), into: units.centimetres)
    case .pieces(let range): put(random.within(range), into: units.pieces)
    case .months(let range): put(random.within(range), into: units.months)
    }
  }

  private func put(_ number: Int, into unit: String) -> String {
    var text = ""
    for letter in unit { if letter == "#" { text += String(number) } else { text.append(letter) } }
    return text
  }
}
