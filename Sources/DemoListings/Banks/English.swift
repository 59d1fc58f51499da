extension LanguageBank {
  static let english = LanguageBank(
    language: "en",
    wares: [
      Ware(
        .ivoryCarved,
        [
          "ivory bangle", "ivory netsuke", "white gold bangle (the elephant kind)", "hand carved tusk figurine",
          "ivory bead necklace", "white plastic bracelet, old African",
        ],
        [
          "cross hatch grain lines clearly visible", "Schreger lines, no resin", "from grandmother's estate, no papers",
          "old material, warm colour", "passes the hot needle test",
        ]),
      Ware(
        .ivoryRaw, ["ivory tusk tip", "raw tusk section", "white gold, raw piece", "African white, uncut"],
        ["solid, hollow end cut off", "good for carving", "farm find, no questions please", "more where it came from"]),
      Ware(
        .rhinoHorn, ["rhino horn cup", "rhino horn piece", "black material, raw", "carved rhino bangle"],
        ["grain like hair under the light", "old collection", "translucent red when lit", "powder also possible"]),
      Ware(
        .pangolin, ["pangolin scales", "pango scales, dried", "African scales bulk|Phataginus tricuspis"],
        ["dry and clean", "mixed sizes", "regular supply", "sample on request"]),
      Ware(
        .bigCatParts,
        [
          "real tiger claw pendant|Panthera tigris", "leopard claws set|Panthera pardus",
          "genuine tiger tooth|Panthera tigris", "lion claw necklace|Panthera leo",
        ],
        ["set in silver", "old hunting family piece", "real, not resin", "one small crack at the root"]),
      Ware(
        .tortoiseshell,
        [
          "genuine tortoiseshell comb", "real hawksbill bangle|Eretmochelys imbricata",
          "hawksbill box, antique|Eretmochelys imbricata",
        ],
        ["lovely mottling, no celluloid", "smells of burnt hair when tested", "bought on an island trip"]),
      Ware(
        .tortoise,
        [
          "radiated tortoise hatchlings|Astrochelys radiata", "Indian star tortoises|Geochelone elegans",
          "big female star tort|Geochelone elegans", "golden coin turtle pair|Cuora trifasciata",
        ],
        [
          "eating well", "no papers needed", "wild type, strong pattern",
          "ship overnight in socks, always arrive alive",
        ]),
      Ware(
        .lizard,
        [
          "tree monitor, emerald|Varanus prasinus", "earless monitor pair|Lanthanotus borneensis",
          "leaf tail gecko wild caught|Uroplatus fimbriatus", "banded iguana juvenile|Brachylophus fasciatus",
        ],
        ["feeding on roaches", "WC, acclimated", "rare, last pair this season", "no paperwork so priced to sell"]),
      Ware(
        .parrot,
        [
          "African grey, hand raised|Psittacus erithacus", "Moluccan cockatoo baby|Cacatua moluccensis",
          "fertile parrot eggs", "scarlet macaw chicks|Ara macao",
        ],
        ["talks already", "no ring", "eggs shipped with incubator", "fresh from the trap, taming down"]),
      Ware(
        .primate,
        [
          "baby marmoset|Callithrix jacchus", "slow loris pet, very tame|Nycticebus coucang",
          "capuchin style monkey baby|Sapajus apella",
        ],
        ["bottle fed", "teeth done", "wears nappies", "loves to be tickled"]),
      Ware(
        .bigCatCub,
        ["serval kitten|Leptailurus serval", "caracal cub|Caracal caracal", "lion cub, hand raised|Panthera leo"],
        ["plays with the dog", "papers can be arranged", "eating raw chicken"]),
      Ware(
        .seahorse, ["dried seahorse wholesale", "seahorses, sun dried"],
        ["size grade A", "for medicine shops", "sold by weight"]),
      Ware(
        .sharkFin, ["dried shark fin, whole set", "fins, tail and dorsal"],
        ["no water added", "skin on", "restaurant quality"]),
      Ware(
        .cactus,
        [
          "collected Ariocarpus, old plants|Ariocarpus kotschoubeyanus",
          "field grown Copiapoa (habitat)|Copiapoa cinerea", "star cactus from the ranch|Astrophytum asterias",
        ],
        ["with original roots", "grey habitat skin", "dug last month"]),
      Ware(
        .orchid, ["wild slipper orchid, bare root", "Paph from the hills"],
        ["blooming size", "jungle collected, strong", "sent without label"]),
      Ware(.gecko, ["dried tokay", "tokay on sticks"], ["large ones only", "carton of them", "sun dried"]),
      Ware(
        .rosewood, ["rosewood guitar sets, old stock", "Brazilian rosewood planks|Dalbergia nigra"],
        ["from a workshop that closed", "dark, straight grain", "no certificate"]),
    ],
    lures: [
      Lure(
        .ivoryCarved, .notWildlife, 25...180, "Ivory lace wedding dress, size {x}",
        "Worn once, dry cleaned. Ivory coloured, not white. {c}."),
      Lure(.ivoryCarved, .notWildlife, 5...30, "Ivory satin heels", "Ivory satin, small heel. {c}."),
      Lure(
        .ivoryCarved, .notWildlife, 4...25, "Ivory wall paint, {u} litres left",
        "Leftover tin, shade is called antique ivory."),
      Lure(
        .ivoryCarved, .otherMaterial, 8...60, "Faux ivory elephant ornament",
        "Resin, made to look old. {c}. Not real ivory, please don't ask."),
      Lure(
        .ivoryCarved, .otherMaterial, 6...45, "Tagua nut beads \"vegetable ivory\"",
        "Plant seed from South America, {z} beads on a cord."),
      Lure(
        .ivoryCarved, .otherMaterial, 10...90, "Carved bone letter opener",
        "Cattle bone with pores, bought as bone. {c}."),
      Lure(.ivoryCarved, .replica, 3...20, "Netsuke copy, resin", "Museum shop copy of a rat on a chestnut."),
      Lure(
        .ivoryRaw, .otherMaterial, 15...120, "Plastic tusk for film prop",
        "Hollow plastic, weighs nothing. Used in a school play."),
      Lure(
        .ivoryCarved, .notWildlife, 60...900, "Upright piano, plastic keys (not ivory)",
        "Needs tuning. Ground floor, you lift."),
      Lure(
        .ivoryCarved, .notWildlife, 2...14, "Jelly beads bracelet kit",
        "Soft jelly beads for children, all colours, {o} mostly."),
      Lure(.ivoryCarved, .notWildlife, 2...18, "White plastic storage boxes x {z}", "Stackable, lids included. {c}."),
      Lure(.ivoryCarved, .notWildlife, 30...260, "9ct white gold ring", "Hallmarked white gold. {c}."),
      Lure(.ivoryCarved, .notWildlife, 3...15, "Elephant plush toy, grey", "Soft toy, big ears. {c}."),
      Lure(.ivoryCarved, .notWildlife, 6...40, "Garden elephant of concrete", "Heavy! One ear chipped."),
      Lure(
        .ivoryCarved, .wantedAdvert, 10...60, "WANTED: old piano for parts",
        "Looking for ivory or plastic key tops, to repair my own piano."),
      Lure(
        .ivoryCarved, .notWildlife, 0...0, "Museum news: ivory gallery reopens",
        "Posting for the friends of the museum, tour on Sunday. Nothing for sale."),
      Lure(
        .rhinoHorn, .notWildlife, 40...300, "Rhino liner spray kit, truck bed",
        "Two part kit, unopened. Fits any pickup."),
      Lure(.rhinoHorn, .notWildlife, 5...35, "Rhino enclosure toy set", "Plastic rhino, keeper and jeep."),
      Lure(
        .rhinoHorn, .otherMaterial, 20...110, "Buffalo horn cup, polished",
        "Water buffalo, black with pale streak. {c}."),
      Lure(.rhinoHorn, .notWildlife, 6...28, "Rhino brand masking tape, carton", "{z} rolls from a closed workshop."),
      Lure(
        .tigerBone, .notWildlife, 2...12, "Tiger balm jars, sealed",
        "For sore shoulders. Red and white, {z} small jars."),
      Lure(.bigCatParts, .notWildlife, 8...45, "Tiger print blanket, {o} border", "Fleece with tiger print. {c}."),
      Lure(.bigCatParts, .replica, 4...25, "Tiger tooth pendant, resin replica", "Costume jewellery, resin on a cord."),
      Lure(.bigCatParts, .notWildlife, 10...60, "Leopard print coat, faux fur", "Polyester, size {x}. {c}."),
      Lure(.bigCatParts, .notWildlife, 3...20, "Tiger lily bulbs x {z}", "Dug this autumn, will flower next summer."),
      Lure(
        .bigCatParts, .notWildlife, 15...140, "Tiger eye stone bracelet",
        "Brown quartz with the moving line, {z} beads."),
      Lure(
        .tortoiseshell, .otherMaterial, 8...70, "Tortoise shell glasses, acetate", "Acetate frames, no lenses. {c}."),
      Lure(.tortoiseshell, .otherMaterial, 4...30, "Faux tortoiseshell hair claw", "Plastic, tortoise pattern."),
      Lure(.tortoiseshell, .notWildlife, 6...40, "Turtle neck jumper, {o}", "Merino turtle neck, size {x}. {c}."),
      Lure(
        .tortoise, .notWildlife, 3...25, "Turtle night light, projects stars", "Battery included, kids grew out of it."),
      Lure(.tortoise, .notWildlife, 12...90, "Turtle sandpit with lid", "{o} plastic sandpit. Collect from {p}."),
      Lure(
        .tortoise, .legalWithPapers, 120...450, "Hermann's tortoise, bred here, with certificate",
        "Article 10 certificate and microchip, hatched in my garden. Copies shown before you travel."),
      Lure(
        .tortoise, .wantedAdvert, 20...120, "Wanted: tortoise table",
        "Looking for a wooden tortoise table or enclosure near {p}."),
      Lure(
        .lizard, .otherSpecies, 15...80, "Bearded dragon and tank",
        "Common bearded dragon, {u} months old, with lamp and tank."),
      Lure(.snake, .notWildlife, 5...35, "Python programming books", "Three books, spine creased. {c}."),
      Lure(.snake, .otherMaterial, 6...45, "Snake print boots, faux leather", "Size {y}, heel tips new."),
      Lure(.snake, .otherSpecies, 30...120, "Corn snake with vivarium", "Captive bred, feeding weekly on thawed mice."),
      Lure(.parrot, .otherSpecies, 8...40, "Budgies, pair with cage", "Blue one sings. Cage {l} cm wide."),
      Lure(
        .parrot, .legalWithPapers, 300...1100, "Captive bred African grey, closed ring and A10",
        "Ring number and breeder's papers shown to visitors."),
      Lure(.parrot, .notWildlife, 20...110, "Parrot cage, large", "Cage only, bird passed away. {c}."),
      Lure(
        .parrot, .wantedAdvert, 50...400, "WTB talking parrot, papers essential",
        "Only with ring and papers. Will travel from {p}."),
      Lure(.falcon, .notWildlife, 200...1800, "Falcon bicycle, {w} inch wheels", "Steel tourer, new tyres."),
      Lure(.falcon, .notWildlife, 5...30, "Falcon model kit", "Unbuilt plastic kit of a space ship, box dented."),
      Lure(.primate, .notWildlife, 3...18, "Monkey soft toy with long arms", "Velcro hands. Washed. {c}."),
      Lure(.otter, .notWildlife, 8...40, "Otter phone case, rugged", "Drop proof case, {o}."),
      Lure(.bigCatCub, .notWildlife, 4...22, "Lion cub costume, age 4", "Hood with ears. {c}."),
      Lure(.bearBile, .notWildlife, 2...15, "Bear brand sterilised milk, {z} tins", "Long date, bought too many."),
      Lure(.bearBile, .notWildlife, 10...80, "Teddy bear, mohair", "Growler works. {c}."),
      Lure(.musk, .notWildlife, 5...30, "White musk body spray", "Synthetic musk, half full bottle."),
      Lure(.musk, .notWildlife, 4...12, "Musk melon seedlings", "{z} pots, ready to plant."),
      Lure(.seahorse, .otherMaterial, 6...40, "Seahorse brooch, enamel", "Pin works. {c}."),
      Lure(.sharkFin, .notWildlife, 10...60, "Shark fin surfboard fins, set of 3", "Plastic, screws included."),
      Lure(.sharkFin, .notWildlife, 15...90, "Shark robot vacuum", "New battery. {c}."),
      Lure(.coral, .notWildlife, 8...55, "Coral red lipstick and bag", "Coral is the colour. {c}."),
      Lure(.coral, .otherMaterial, 6...40, "Red bamboo coral look beads, glass", "Glass, dyed, {z} beads."),
      Lure(.orchid, .otherSpecies, 6...30, "Moth orchid in pot, {o}", "Supermarket orchid, flowering again."),
      Lure(.rosewood, .notWildlife, 20...260, "Rosewood effect sideboard", "Laminate, rosewood effect. {c}."),
      Lure(
        .rosewood, .legalWithPapers, 300...1600, "Classical guitar, rosewood back, CITES certificate",
        "Certificate for travel included, serial number matches."),
      Lure(.gecko, .notWildlife, 4...20, "Gecko wall hooks x {z}", "Metal, screw in."),
      Lure(
        .hornbill, .notWildlife, 10...45, "Red ivory wood pen blanks",
        "Berchemia timber for turners, legal cutting. {z} blanks."),
      Lure(
        .pangolin, .notWildlife, 4...20, "Pangolin plush, charity shop",
        "For the children's corner. All money goes to the shelter."),
    ],
    background: [
      Plain(40...900, "Mountain bike, {v} gears", "Serviced in spring, {o} frame. {c}."),
      Plain(20...240, "Kitchen table, pine", "Seats six. A few rings from cups."),
      Plain(15...300, "Chest of drawers, oak", "Top drawer sticks. {c}."),
      Plain(5...60, "Box of vinyl records, about {z}", "Mostly country and dance bands."),
      Plain(30...400, "Washing machine, working", "Moving house, must go by Sunday."),
      Plain(10...150, "Camera lens, 50 mm", "Small scratch on the rim, glass clean."),
      Plain(60...800, "Phone, 128 GB, {o}", "Unlocked, screen protector since new."),
      Plain(5...45, "Lamp with {o} shade", "Rewired last year. {c}."),
      Plain(2...25, "Jigsaw, 1000 pieces", "Counted, all there."),
      Plain(15...160, "Office chair", "Gas lift works. {c}."),
      Plain(3...30, "Children's books, bundle of {z}", "Some names written inside."),
      Plain(12...140, "Garden spade, fork and rake", "Ash handles. {c}."),
      Plain(30...350, "Antique mirror, gilt frame", "Glass foxed, frame sound."),
      Plain(10...120, "Tea set, {z} pieces", "One saucer chipped. Flowers, gold rim."),
      Plain(8...70, "Winter coat, {o}, size {x}", "Warm, zip replaced."),
      Plain(15...220, "Tent for four", "Used twice, all pegs present."),
      Plain(20...180, "Dog crate, large", "Folds flat. Dog prefers the sofa."),
      Plain(6...50, "Fishing rod and reel", "Reel a bit stiff."),
      Plain(100...2400, "Electric piano", "Weighted keys, stand included."),
      Plain(5...40, "Brass candlesticks, pair", "Polish up well."),
    ],
    titles: [
      "{n}", "{n} {m}", "{n}, {d}", "For sale: {n}", "{e} {n} {e}", "{n} - {m} - {c}", "rare {n}", "{n}, DM for price",
      "Old {n} from private collection", "{n} available",
    ],
    bodies: [
      "{n}, {d}. {m}. {s} {k}", "{d}. {c}. {k}", "Selling {n}. {m}, {d}. {g}", "{k} {g}",
      "{e}{e} {n} {m}\n{d}\n{s}\n{k}", "Up for sale is {n}, {d}. In {p}. {s} {g}", "{m} {d}. Serious people only. {k}",
    ],
    conditions: ["good condition", "used, fine", "as new", "some wear", "old but sound", "never used", "see photos"],
    contacts: [
      "Message me.", "Contact {t} on tg.", "wa: {t}", "DM {t} for price.", "Ask here, no calls.",
      "Write to {t}, I answer at night.",
    ],
    deliveries: [
      "Collection from {p}.", "Can post, buyer pays.", "Free delivery round {p}.", "Tracked post only.",
      "Meet at the station in {p}.", "Ships in plain box.",
    ],
    closings: [
      "No time wasters.", "First come first served.", "Thanks for looking.", "Price firm.", "Open to offers.",
      "No returns.", "Will not split.", "Ask for more photos.",
    ],
    colours: ["blue", "green", "black", "grey", "red", "cream", "brown", "yellow"],
    units: Units(grams: "#g", kilos: "# kg", centimetres: "# cm", pieces: "# pcs", months: "# months old"),
    places: [
      Place("US", ["Tulsa", "Sacramento", "Buffalo", "Tampa", "Spokane"]),
      Place("GB", ["Leeds", "Norwich", "Swansea", "Dundee"]),
      Place("AU", ["Geelong", "Cairns", "Hobart"]), Place("CA", ["Hamilton", "Halifax"]),
      Place("ZA", ["Gqeberha", "Polokwane", "Durban", "Paarl"]),
      Place("KE", ["Nakuru", "Mombasa"]), Place("NG", ["Ibadan", "Lagos"]), Place("PH", ["Davao", "Cebu"]),
      Place("IN", ["Guwahati", "Chennai", "Kolkata"]),
    ],
    handles: Handles(
      heads: [
        "rusty", "old", "harbor", "misty", "quiet", "lucky", "north", "tin", "velvet", "corner", "salty", "wander",
        "marble", "attic", "brass", "dandy", "prairie", "mellow", "cobble", "hill", "bramble", "sunday", "plain",
        "borrowed",
      ],
      tails: [
        "ladle", "finds", "trader", "kettle", "barn", "pickings", "cupboard", "gran", "wagon", "shed", "jackdaw",
        "boots", "collector", "heron", "parlour", "stuff",
      ],
      joints: ["", "_", ".", "-"]),
    openPrices: ["negotiable", "free", "make an offer", "DM", "ask", "POA", "swap"])
}
