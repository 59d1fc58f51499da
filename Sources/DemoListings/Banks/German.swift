extension LanguageBank {
  static let german = LanguageBank(
    language: "de",
    wares: [
      Ware(
        .ivoryCarved,
        ["Elfenbein Armreif", "Elfenbeinfigur alt", "Bein, Sie wissen schon, geschnitzt", "Okimono, weißes Material"],
        ["Schreger-Linien sichtbar", "Nachlass, ohne Papiere", "schwer und kühl", "aus Afrika mitgebracht"]),
      Ware(
        .tortoise,
        [
          "Griechische Landschildkröten ohne Papiere|Testudo hermanni", "Sternschildkröte|Geochelone elegans",
          "Strahlenschildkröte Jungtier|Astrochelys radiata",
        ], ["fressen gut", "Übergabe auf der Börse", "kein Chip"]),
      Ware(
        .lizard,
        [
          "Smaragdwaran Wildfang|Varanus prasinus", "Krokodilschwanzechse Paar|Shinisaurus crocodilurus",
          "Taubwaran Pärchen|Lanthanotus borneensis", "Fidschileguan|Brachylophus fasciatus",
        ], ["WF", "seit zwei Monaten hier", "nur Selbstabholer", "Übergabe in Hamm möglich"]),
      Ware(
        .snake, ["Königspython Wildfang|Python regius", "Boa vom Ausreißer, Jungtier|Boa constrictor"],
        ["frisst Frost", "ohne Herkunft"]),
      Ware(
        .parrot, ["Graupapagei zahm ohne Ring|Psittacus erithacus", "Ara Eier befruchtet|Ara ararauna"],
        ["spricht", "Handaufzucht", "unberingt"]),
      Ware(
        .songbird, ["Stieglitz Männchen, Fang|Carduelis carduelis", "Gimpel, Wildfang|Pyrrhula pyrrhula"],
        ["singt schön", "Herbst gefangen"]),
      Ware(
        .bigCatParts,
        ["Leopardenfell alt|Panthera pardus", "Tigerzahn gefasst|Panthera tigris", "Löwenkralle Brosche|Panthera leo"],
        ["Jagdtrophäe vom Großvater", "echt, keine Kopie"]),
      Ware(
        .tortoiseshell, ["Schildpatt Kamm echt", "Schildpattdose Biedermeier"], ["kein Zelluloid", "feine Flammung"]),
      Ware(.eel, ["Glasaale lebend", "Glasaal Besatz, bar"], ["in Säcken mit Sauerstoff", "nachts abzuholen"]),
      Ware(
        .cactus, ["Ariocarpus Importpflanze|Ariocarpus kotschoubeyanus", "Copiapoa vom Standort|Copiapoa cinerea"],
        ["Wildpflanze", "bewurzelt nicht"]),
      Ware(
        .orchid, ["Paphiopedilum vom Naturstandort", "Frauenschuh aus dem Wald|Cypripedium calceolus"],
        ["wurzelnackt", "mehrere Triebe"]),
      Ware(
        .coral, ["Koralle rot, alte Kette|Corallium rubrum", "Edelkoralle Ast|Corallium rubrum"],
        ["ungefärbt", "Sardinien"]),
    ],
    lures: [
      Lure(.ivoryCarved, .notWildlife, 20...180, "Brautkleid elfenbeinfarben Gr. {x}", "Farbe Ivory, gereinigt. {c}."),
      Lure(.ivoryCarved, .notWildlife, 2...20, "Wandfarbe Elfenbein, {u} Liter", "Rest von der Renovierung."),
      Lure(
        .ivoryCarved, .otherMaterial, 3...40, "Knöpfe aus Steinnuss, pflanzliches Elfenbein", "{z} Stück, Kurzwaren."),
      Lure(
        .ivoryCarved, .otherMaterial, 4...50, "Beinbesteck, Rinderknochen",
        "Griffe aus Knochen, nicht für die Spülmaschine."),
      Lure(
        .ivoryCarved, .otherMaterial, 10...150, "Mammut-Anhänger mit Gutachten", "Fossiles Mammut, Gutachten dabei."),
      Lure(.ivoryCarved, .notWildlife, 2...20, "Stoffelefant, {o}", "Gewaschen. {c}."),
      Lure(.ivoryCarved, .notWildlife, 80...900, "Klavier, Kunststofftasten", "Kein Elfenbein, Erdgeschoss."),
      Lure(.ivoryCarved, .wantedAdvert, 5...60, "Suche alte Schachfiguren", "Holz oder Kunststoff, kein Elfenbein."),
      Lure(
        .tortoise, .legalWithPapers, 40...250, "Griechische Landschildkröten NZ mit Papieren",
        "EU-Bescheinigung und Fotodokumentation."),
      Lure(.tortoise, .notWildlife, 10...120, "Frühbeet für Schildkröten", "Ohne Tiere, {l} cm hoch."),
      Lure(.tortoise, .notWildlife, 3...30, "Rollkragenpullover {o}", "Wolle. {c}."),
      Lure(.lizard, .otherSpecies, 10...80, "Bartagame mit Terrarium", "Eigene Nachzucht."),
      Lure(.lizard, .notWildlife, 10...120, "Terrarium {l} cm", "Ohne Tier, Glas ohne Kratzer."),
      Lure(.snake, .otherSpecies, 15...90, "Kornnatter, Nachzucht", "Frisst regelmäßig."),
      Lure(.snake, .notWildlife, 4...30, "Python-Buch für Einsteiger", "Programmieren, kaum gelesen."),
      Lure(.parrot, .otherSpecies, 5...40, "Wellensittiche mit Käfig", "Zwei Jahre alt."),
      Lure(
        .parrot, .legalWithPapers, 300...1100, "Graupapagei, Ring und Herkunftsnachweis",
        "Anmeldung vorhanden, nur in gute Hände."),
      Lure(.bigCatParts, .notWildlife, 4...50, "Leo-Mantel, Webpelz", "Größe {x}. {c}."),
      Lure(.bigCatParts, .notWildlife, 1...10, "Tigerbalsam, {z} Dosen", "Aus dem Urlaub, neu."),
      Lure(.bigCatParts, .otherMaterial, 4...40, "Tigerauge Armband", "Stein, {z} Perlen."),
      Lure(.tortoiseshell, .otherMaterial, 4...50, "Hornbrille, Acetat, Schildpattmuster", "Ohne Gläser."),
      Lure(.eel, .notWildlife, 5...50, "Aalglocken und Rutenhalter", "Angelzubehör. {c}."),
      Lure(.songbird, .notWildlife, 3...30, "Nistkasten Meise", "Lärche, selbst gebaut."),
      Lure(.cactus, .otherSpecies, 2...30, "Kakteen aus Aussaat, {z} Stück", "Selbst gesät, beschriftet."),
      Lure(.coral, .notWildlife, 3...30, "Bluse koralle Gr. {x}", "Farbe Koralle."),
      Lure(.rhinoHorn, .notWildlife, 3...25, "Nashorn Spielfigur", "Gummi. {c}."),
      Lure(.falcon, .notWildlife, 30...400, "Rennrad Falke, {w} Zoll", "Stahl, fahrbereit."),
    ],
    background: [
      Plain(40...600, "Herrenrad {w} Zoll", "Verkehrssicher. {c}."),
      Plain(50...600, "Handy 128 GB {o}", "Akku gut, Hülle dabei."),
      Plain(20...250, "Kleiderschrank", "Muss abgebaut werden, {p}."),
      Plain(5...60, "Kaffeeservice, {z} Teile", "Eine Tasse bestoßen."),
      Plain(3...40, "Kinderbücher, {z} Stück", "Teils mit Namen."), Plain(15...200, "Waschmaschine", "Läuft, Umzug."),
      Plain(10...150, "Konzertgitarre", "Mit Tasche."), Plain(5...70, "Winterjacke Gr. {x}", "{c}."),
      Plain(10...120, "Werkzeugkasten", "Gut sortiert."),
      Plain(4...40, "Schallplatten, {z} Stück", "Schlager und Rock."),
      Plain(8...90, "Stehlampe {o}", "Dimmer."), Plain(2...20, "Blumentöpfe", "Ton, verschiedene Größen."),
      Plain(15...180, "Kinderwagen", "{c}."),
    ],
    titles: ["{n}", "{n} {m}", "{n}, {d}", "Verkaufe {n}", "{n} - {d}", "Rarität: {n}", "{n} nur Abholung"],
    bodies: [
      "{n}, {d}. {m}. {k}", "{d}. {s} {k}", "Biete {n}, {m}, {d}. {g}", "{k} {g}", "{n}\n{m}\n{d}\n{s}",
      "Standort {p}. {n}, {d}. {g}",
    ],
    conditions: ["guter Zustand", "gebraucht", "neuwertig", "mit Gebrauchsspuren", "siehe Fotos", "neu"],
    contacts: [
      "Nachricht genügt.", "Kontakt {t} per tg.", "Bitte nur schreiben.", "Preis per PN.", "Schreiben Sie an {t}.",
    ],
    deliveries: [
      "Abholung in {p}.", "Versand möglich.", "Nur Selbstabholer.", "Versand trägt der Käufer.", "Übergabe am Bahnhof.",
    ],
    closings: [
      "Privatverkauf, keine Rücknahme.", "Festpreis.", "VB.", "Keine Spaßbieter.", "Bei Fragen fragen.",
      "Wer zuerst kommt.",
    ],
    colours: ["blau", "schwarz", "grau", "rot", "grün", "braun"],
    units: Units(grams: "# g", kilos: "# kg", centimetres: "# cm", pieces: "# Stück", months: "# Monate alt"),
    places: [
      Place("DE", ["Kassel", "Bremen", "Chemnitz", "Ulm", "Trier"]), Place("AT", ["Linz", "Graz"]),
      Place("CH", ["Olten", "Chur"]),
    ],
    handles: Handles(
      heads: [
        "dachboden", "keller", "oma", "trödel", "flohkiste", "wald", "nord", "kram", "stube", "garten", "schlegel",
        "bunter",
      ],
      tails: ["hexe", "lise", "fuchs", "kiste", "schätze", "laden", "eule", "hannes", "dachs", "garage", "vogel"],
      joints: ["_", "-", ""]),
    openPrices: ["VB", "zu verschenken", "Preis VS", "Tausch", "PN"])
}
