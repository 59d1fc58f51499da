/// What a suspicious advert of the demo really offers, or what a look-alike is mistaken for.
enum Product: String, CaseIterable {
  case ivoryCarved, ivoryRaw, rhinoHorn, pangolin, tigerBone, bigCatParts, hornbill, tortoiseshell
  case tortoise, lizard, snake, parrot, songbird, falcon, primate, otter, bigCatCub, bearBile, musk, saiga
  case seahorse, sharkFin, seaCucumber, eel, swimBladder, coral, giantClam, gecko, orchid, cactus, agarwood, rosewood

  /// How an advert says how much there is of it.
  enum Measure {
    case none
    case grams(ClosedRange<Int>)
    case kilos(ClosedRange<Int>)
    case centimetres(ClosedRange<Int>)
    case pieces(ClosedRange<Int>)
    case months(ClosedRange<Int>)
  }

  struct Facts {
    /// Accepted scientific names; the first is the most advertised.
    let taxa: [String]
    /// What the answer key calls it.
    let term: String
    /// The word by which a scraper flags it where a language bank has none of its own.
    let keyword: String
    /// What one advert asks, in US dollars: wide, as such adverts are.
    let dollars: ClosedRange<Int>
    let measure: Measure
    let emoji: String
  }
}

extension Product {
  /// Taxa and measures are facts; the price bands are invented, of a plausible order of size.
  var facts: Facts { Product.catalogue[self]! }

  private static let catalogue: [Product: Facts] = {
    var table: [Product: Facts] = [:]
    for product in Product.allCases { table[product] = product.stated }
    return table
  }()

  private var stated: Facts {
    switch self {
    case .ivoryCarved:
      Facts(
        taxa: ["Loxodonta africana", "Elephas maximus"], term: "carved ivory", keyword: "ivory", dollars: 60...2400,
        measure: .grams(8...320), emoji: "🐘")
    case .ivoryRaw:
      Facts(
        taxa: ["Loxodonta africana", "Loxodonta cyclotis", "Elephas maximus"], term: "raw ivory", keyword: "tusk",
        dollars: 400...9000, measure: .kilos(1...24), emoji: "🐘")
    case .rhinoHorn:
      Facts(
        taxa: ["Ceratotherium simum", "Diceros bicornis", "Rhinoceros unicornis"], term: "rhino horn",
        keyword: "rhino horn", dollars: 500...18000, measure: .grams(10...900), emoji: "🦏")
    case .pangolin:
      Facts(
        taxa: ["Manis javanica", "Phataginus tricuspis", "Manis pentadactyla"], term: "pangolin", keyword: "pangolin",
        dollars: 80...3000, measure: .kilos(1...40), emoji: "🔥")
    case .tigerBone:
      Facts(
        taxa: ["Panthera tigris", "Panthera leo"], term: "tiger bone", keyword: "tiger bone", dollars: 120...4500,
        measure: .grams(50...900), emoji: "🐅")
    case .bigCatParts:
      Facts(
        taxa: ["Panthera tigris", "Panthera pardus", "Panthera uncia", "Neofelis nebulosa"], term: "big cat part",
        keyword: "tiger", dollars: 90...5200, measure: .pieces(2...4), emoji: "🐅")
    case .hornbill:
      Facts(
        taxa: ["Rhinoplax vigil"], term: "hornbill casque", keyword: "hornbill", dollars: 250...4800,
        measure: .grams(9...260), emoji: "💎")
    case .tortoiseshell:
      Facts(
        taxa: ["Eretmochelys imbricata", "Chelonia mydas"], term: "marine turtle shell", keyword: "tortoiseshell",
        dollars: 30...700, measure: .centimetres(6...60), emoji: "🐢")
    case .tortoise:
      Facts(
        taxa: ["Astrochelys radiata", "Geochelone elegans", "Geochelone platynota", "Cuora trifasciata"],
        term: "live tortoise or turtle", keyword: "tortoise", dollars: 60...3500, measure: .centimetres(5...18),
        emoji: "🐢")
    case .lizard:
      Facts(
        taxa: ["Varanus prasinus", "Uroplatus fimbriatus", "Brachylophus fasciatus", "Lanthanotus borneensis"],
        term: "live lizard", keyword: "lizard", dollars: 50...2800, measure: .centimetres(14...80), emoji: "🦎")
    case .snake:
      Facts(
        taxa: ["Malayopython reticulatus", "Python regius", "Ophiophagus hannah"], term: "live snake or skin",
        keyword: "python", dollars: 30...900, measure: .centimetres(40...260), emoji: "🐍")
    case .parrot:
      Facts(
        taxa: ["Psittacus erithacus", "Cacatua moluccensis", "Ara macao", "Cacatua sulphurea"], term: "live parrot",
        keyword: "parrot", dollars: 120...2600, measure: .months(2...18), emoji: "🦜")
    case .songbird:
      Facts(
        taxa: ["Leucopsar rothschildi", "Gracula religiosa", "Pycnonotus zeylanicus", "Garrulax canorus"],
        term: "live songbird", keyword: "songbird", dollars: 20...900, measure: .months(2...14), emoji: "🐦")
    case .falcon:
      Facts(
        taxa: ["Falco cherrug", "Falco peregrinus", "Falco rusticolus"], term: "live falcon", keyword: "falcon",
        dollars: 500...22000, measure: .months(4...20), emoji: "🦅")
    case .primate:
      Facts(
        taxa: ["Nycticebus coucang", "Nycticebus pygmaeus", "Macaca fascicularis", "Callithrix jacchus"],
        term: "live primate", keyword: "monkey", dollars: 60...2400, measure: .months(2...12), emoji: "🐒")
    case .otter:
      Facts(
        taxa: ["Aonyx cinereus", "Lutra lutra"], term: "live otter", keyword: "otter", dollars: 50...1900,
        measure: .months(1...8), emoji: "🦦")
    case .bigCatCub:
      Facts(
        taxa: ["Panthera leo", "Acinonyx jubatus", "Caracal caracal", "Leptailurus serval"], term: "live wild cat",
        keyword: "lion cub", dollars: 900...14000, measure: .months(1...6), emoji: "🦁")
    case .bearBile:
      Facts(
        taxa: ["Ursus thibetanus", "Helarctos malayanus", "Ursus arctos"], term: "bear bile", keyword: "bear bile",
        dollars: 25...900, measure: .grams(3...120), emoji: "🐻")
    case .musk:
      Facts(
        taxa: ["Moschus moschiferus", "Moschus berezovskii"], term: "musk", keyword: "musk", dollars: 90...2200,
        measure: .grams(5...60), emoji: "🦌")
    case .saiga:
      Facts(
        taxa: ["Saiga tatarica"], term: "saiga horn", keyword: "saiga", dollars: 80...1800, measure: .grams(80...900),
        emoji: "🔥")
    case .seahorse:
      Facts(
        taxa: ["Hippocampus trimaculatus", "Hippocampus kuda"], term: "dried seahorse", keyword: "seahorse",
        dollars: 20...700, measure: .grams(50...900), emoji: "🌊")
    case .sharkFin:
      Facts(
        taxa: ["Carcharhinus falciformis", "Sphyrna lewini", "Carcharhinus longimanus"], term: "shark fin",
        keyword: "shark fin", dollars: 60...1600, measure: .kilos(1...30), emoji: "🦈")
    case .seaCucumber:
      Facts(
        taxa: ["Isostichopus fuscus", "Holothuria fuscogilva", "Apostichopus japonicus"], term: "sea cucumber",
        keyword: "sea cucumber", dollars: 50...1400, measure: .kilos(1...40), emoji: "🌊")
    case .eel:
      Facts(
        taxa: ["Anguilla anguilla"], term: "live glass eels", keyword: "glass eel", dollars: 300...9000,
        measure: .kilos(1...60), emoji: "🌊")
    case .swimBladder:
      Facts(
        taxa: ["Totoaba macdonaldi"], term: "totoaba swim bladder", keyword: "swim bladder", dollars: 600...12000,
        measure: .grams(120...950), emoji: "🐟")
    case .coral:
      Facts(
        taxa: ["Corallium rubrum", "Corallium japonicum"], term: "precious coral", keyword: "red coral",
        dollars: 40...3200, measure: .grams(6...180), emoji: "🌊")
    case .giantClam:
      Facts(
        taxa: ["Tridacna gigas"], term: "giant clam shell", keyword: "giant clam", dollars: 20...600,
        measure: .centimetres(8...70), emoji: "🐚")
    case .gecko:
      Facts(
        taxa: ["Gekko gecko"], term: "dried gecko", keyword: "tokay", dollars: 6...220, measure: .pieces(2...100),
        emoji: "🦎")
    case .orchid:
      Facts(
        taxa: ["Paphiopedilum rothschildianum", "Paphiopedilum canhii", "Dendrobium devonianum"], term: "wild orchid",
        keyword: "orchid", dollars: 15...900, measure: .pieces(2...30), emoji: "🌸")
    case .cactus:
      Facts(
        taxa: ["Ariocarpus kotschoubeyanus", "Astrophytum asterias", "Copiapoa cinerea"], term: "wild cactus",
        keyword: "cactus", dollars: 20...800, measure: .centimetres(3...18), emoji: "🌵")
    case .agarwood:
      Facts(
        taxa: ["Aquilaria crassna", "Aquilaria malaccensis"], term: "agarwood", keyword: "agarwood", dollars: 50...6000,
        measure: .grams(10...900), emoji: "🪵")
    case .rosewood:
      Facts(
        taxa: ["Dalbergia cochinchinensis", "Pterocarpus macrocarpus", "Dalbergia nigra"], term: "rosewood timber",
        keyword: "rosewood", dollars: 80...7000, measure: .kilos(5...400), emoji: "🪵")
    }
  }
}
