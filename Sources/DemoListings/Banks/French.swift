extension LanguageBank {
  static let french = LanguageBank(
    language: "fr",
    wares: [
      Ware(
        .ivoryCarved,
        [
          "bracelet en ivoire", "statuette ivoire africaine", "okimono ivoire", "matière blanche, bracelet ancien",
          "ox-bone bangle (vous comprenez)",
        ], ["veinage visible", "rapporté d'Afrique", "sans certificat", "belle patine", "succession"]),
      Ware(
        .ivoryRaw, ["défense brute", "pointe d'ivoire brute"],
        ["poids sur demande", "rapportée par un oncle", "non travaillée"]),
      Ware(
        .pangolin, ["écailles de pangolin|Phataginus tricuspis", "pangolin fumé|Phataginus tricuspis"],
        ["lot séché", "arrivage régulier", "sac complet"]),
      Ware(
        .tortoiseshell, ["peigne en écaille véritable", "éventail écaille de tortue", "boîte en écaille de caret"],
        ["écaille blonde", "aucun celluloïd", "petit éclat"]),
      Ware(
        .tortoise,
        [
          "tortues d'Hermann sans papiers|Testudo hermanni", "tortue étoilée|Geochelone elegans",
          "tortue radiée de Madagascar|Astrochelys radiata",
        ], ["bien vives", "nées dehors", "pas de puce"]),
      Ware(
        .parrot,
        [
          "gris du Gabon apprivoisé|Psittacus erithacus", "perroquet gris, jeune|Psittacus erithacus",
          "ara juvénile|Ara ararauna",
        ], ["parle un peu", "sans bague", "vient du village"]),
      Ware(
        .songbird,
        ["chardonneret de nature|Carduelis carduelis", "chardonnerets élégants, couple|Carduelis carduelis"],
        ["chante fort", "pris cet automne", "à venir chercher"]),
      Ware(.eel, ["civelles vivantes", "pibales, arrivage de nuit"], ["oxygénées", "au kilo", "discrétion"]),
      Ware(
        .bigCatParts,
        [
          "dents de lion|Panthera leo", "griffe de panthère montée|Panthera pardus",
          "peau de léopard ancienne|Panthera pardus",
        ], ["griffe vraie", "souvenir de chasse", "monture or"]),
      Ware(
        .coral, ["corail rouge, collier ancien|Corallium rubrum", "branche de corail rouge brut|Corallium rubrum"],
        ["corail de Méditerranée", "non teinté"]),
      Ware(
        .lizard, ["uroplatus pris en nature|Uroplatus fimbriatus", "caméléon de Parson|Calumma parsonii"],
        ["import récent", "mange bien"]),
      Ware(
        .rosewood, ["bois de rose, billes|Dalbergia maritima", "palissandre de Madagascar|Dalbergia baronii"],
        ["stock caché", "sec"]),
      Ware(
        .primate, ["petit singe vert|Chlorocebus sabaeus", "bébé ouistiti|Callithrix jacchus"],
        ["biberon", "très câlin"]),
    ],
    lures: [
      Lure(
        .ivoryCarved, .notWildlife, 20...180, "Robe de mariée ivoire taille {x}",
        "Couleur ivoire, portée une fois. {c}."),
      Lure(.ivoryCarved, .notWildlife, 3...25, "Peinture ivoire, reste de pot", "Teinte ivoire mat."),
      Lure(.ivoryCarved, .otherMaterial, 5...50, "Bracelet résine façon ivoire", "Résine, pas d'ivoire. {c}."),
      Lure(
        .ivoryCarved, .otherMaterial, 4...40, "Bouton en corozo, ivoire végétal, lot de {z}",
        "Graine de palmier, mercerie."),
      Lure(.ivoryCarved, .otherMaterial, 5...60, "Couteau manche os de boeuf", "Os, pores visibles."),
      Lure(.ivoryCarved, .notWildlife, 2...20, "Doudou éléphant", "Lavé, une couture reprise."),
      Lure(.ivoryCarved, .notWildlife, 5...40, "Maillot de foot Côte d'Ivoire", "Taille {x}, orange. {c}."),
      Lure(.ivoryCarved, .notWildlife, 80...900, "Piano droit, touches plastique", "À accorder, rez-de-chaussée."),
      Lure(.ivoryCarved, .wantedAdvert, 5...60, "Recherche dominos anciens", "Os ou ébène, pas d'ivoire merci."),
      Lure(.tortoiseshell, .otherMaterial, 5...60, "Lunettes écaille, acétate", "Monture acétate, sans verres."),
      Lure(.tortoiseshell, .otherMaterial, 2...15, "Barrette imitation écaille", "Plastique. {c}."),
      Lure(.tortoise, .notWildlife, 2...20, "Tortue veilleuse musicale", "Piles neuves."),
      Lure(
        .tortoise, .legalWithPapers, 80...350, "Tortue d'Hermann pucée, certificat",
        "Certificat intracommunautaire, naissance chez moi."),
      Lure(.tortoise, .notWildlife, 10...90, "Enclos tortue bois", "Enclos seul, {l} cm."),
      Lure(.parrot, .otherSpecies, 5...50, "Couple de perruches avec cage", "Nées en volière."),
      Lure(
        .parrot, .legalWithPapers, 400...1200, "Gris du Gabon bagué, papiers",
        "Bague fermée et certificat, éleveur déclaré."),
      Lure(.songbird, .otherSpecies, 5...40, "Canaris jaunes, nés ici", "Mâles chanteurs."),
      Lure(.songbird, .notWildlife, 2...18, "Nichoir à mésanges", "Fait main, bois brut."),
      Lure(.eel, .notWildlife, 10...80, "Vivier inox et bourriche", "Matériel de pêche, {c}."),
      Lure(.bigCatParts, .notWildlife, 5...60, "Manteau imprimé léopard, synthétique", "Fausse fourrure, taille {x}."),
      Lure(.bigCatParts, .notWildlife, 1...10, "Baume du tigre, {z} pots", "Neufs, achetés en voyage."),
      Lure(.bigCatParts, .notWildlife, 3...30, "Tapis salle de bain tigre", "Imprimé. {c}."),
      Lure(.coral, .notWildlife, 4...40, "Rouge à lèvres et top corail", "Corail, c'est la couleur."),
      Lure(.coral, .otherMaterial, 4...40, "Collier verre rouge façon corail", "Perles de verre, {l} cm."),
      Lure(.rosewood, .notWildlife, 15...250, "Commode plaquée façon palissandre", "Années soixante, mélaminé."),
      Lure(.rhinoHorn, .notWildlife, 2...20, "Rhinocéros figurine", "Jouet, {c}."),
      Lure(.pangolin, .notWildlife, 2...15, "Puzzle pangolin 1{l} pièces", "Complet."),
    ],
    background: [
      Plain(30...500, "Vélo de ville {o}", "Révisé. {c}."),
      Plain(50...600, "Téléphone 64 Go {o}", "Débloqué, coque offerte."),
      Plain(10...200, "Armoire à démonter", "À venir chercher à {p}."),
      Plain(5...60, "Service à thé, {z} pièces", "Une anse recollée."),
      Plain(3...40, "Lot de BD, {z} albums", "Bon état général."),
      Plain(10...150, "Machine à coudre", "Fonctionne, pédale comprise."),
      Plain(15...200, "Poussette pliante", "{c}."), Plain(5...70, "Manteau laine taille {x}", "Pressing fait."),
      Plain(20...250, "Lave-linge", "Déménagement, à saisir."),
      Plain(5...50, "Lampe de bureau {o}", "Ampoule fournie."),
      Plain(4...40, "Confitures maison, {z} pots", "Abricots du jardin."),
      Plain(10...120, "Guitare d'étude", "Housse et accordeur."),
      Plain(8...90, "Miroir ancien", "Tain piqué."), Plain(2...20, "Pots de fleurs, lot", "Terre cuite."),
    ],
    titles: ["{n}", "{n} {m}", "{n}, {d}", "À vendre {n}", "{e} {n}", "Ancien : {n}", "{n} faire offre", "Rare {n}"],
    bodies: [
      "{n}, {d}. {m}. {k}", "{d}. {s} {k}", "Vends {n}, {m}, {d}. {g}", "{k} {g}", "{e} {n}\n{m}\n{d}\n{s}",
      "À {p}. {n}, {d}. {g}",
    ],
    conditions: ["bon état", "très bon état", "état d'usage", "comme neuf", "voir photos", "neuf"],
    contacts: [
      "Message privé.", "Contact {t} sur wa.", "Écrire à {t}.", "Pas d'appels, messages seulement.", "MP pour le prix.",
    ],
    deliveries: [
      "Remise en main propre à {p}.", "Envoi possible.", "À venir chercher.", "Port à votre charge.", "Colis discret.",
    ],
    closings: [
      "Prix ferme.", "Curieux s'abstenir.", "Premier arrivé premier servi.", "Merci de votre visite.",
      "Prix à débattre.", "Pas d'échange.",
    ],
    colours: ["bleu", "noir", "gris", "rouge", "vert", "beige"],
    units: Units(grams: "# g", kilos: "# kg", centimetres: "# cm", pieces: "lot de #", months: "# mois"),
    places: [
      Place("FR", ["Rennes", "Limoges", "Perpignan", "Roubaix", "Nantes"]), Place("BE", ["Namur", "Liège"]),
      Place("CI", ["Abidjan", "Bouaké"]),
      Place("CM", ["Douala", "Bertoua"]), Place("MA", ["Fès", "Agadir"]),
    ],
    handles: Handles(
      heads: [
        "grenier", "mamie", "petit", "brocante", "chez", "bric", "la.malle", "vieux", "coin", "lucarne", "tonton",
        "rue", "panier",
      ],
      tails: [
        "de.lise", "du.sud", "moineau", "et.broc", "bleue", "perdu", "du.port", "noisette", "des.halles", "pommier",
        "gris",
      ], joints: [".", "_", ""]),
    openPrices: ["à débattre", "gratuit", "faire offre", "prix en MP", "échange"])
}
