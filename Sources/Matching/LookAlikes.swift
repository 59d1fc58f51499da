import SmallFormats
import Synchronization

/// Letters, digits and signs that pass for other letters.
///
/// Cost:   a dictionary lookup; the tables are built on first use.
/// Source: UTS #39, confusables.txt, for letters; leet is a list of its own.
package enum LookAlikes {
  /// The ASCII letter that a letter of another script or form looks like. A small letter without an entry looks like what
  /// its capital looks like: в as В like B.
  ///
  /// Units:  a small ASCII letter: U+0430 (Cyrillic а) gives `a`.
  /// Fails:  nil for ASCII itself, and for letters that look like none.
  package static func likeness(_ scalar: UInt32) -> UInt32? {
    if scalar < 0x80 { return nil }
    return likenesses[scalar]
  }

  /// The ASCII letters that a folded letter looks like, in its small or its capital form.
  ///
  /// Shape:  each letter once; an ASCII letter looks like itself only. Empty where there is no likeness.
  package static func likenesses(ofFolded letter: UInt32) -> [UInt32] {
    if letter < 0x80 { return (letter | 0x20) &- 0x61 < 26 ? [letter] : [] }
    return folded[letter] ?? []
  }

  /// The letters that a digit or sign may stand for in leet; nil for none.
  ///
  /// Shape:  `1` gives `i` and `l`; `4` gives `a` and the Cyrillic ч.
  package static func leetLetters(_ scalar: UInt32) -> [UInt32]? {
    scalar < 0x100 || scalar == 0x20AC ? leet[scalar] : nil
  }

  /// The script under which the table lists a look-alike letter; nil for other letters.
  ///
  /// Cost:   O(size of the table): for naming a disguise, not for scanning.
  package static func script(_ scalar: UInt32) -> String? {
    for (script, pairs) in lookAlikePairs where pairs.unicodeScalars.contains(where: { $0.value == scalar }) {
      return script
    }
    guard let upper = Unicode.Scalar(scalar)?.properties.uppercaseMapping.unicodeScalars.first?.value,
      upper != scalar, likenesses[scalar] != nil
    else { return nil }
    return script(upper)
  }

  /// Whether the character is a form of a Latin letter, as a small capital.
  package static func isLatinForm(_ scalar: UInt32) -> Bool { scalar >= 0x80 && latinFormSet.contains(scalar) }

  /// `latinForms` for fast lookup.
  private static let latinFormSet = Set(latinForms)

  /// Latin letters that pass for ASCII letters: small capitals and similar forms.
  package static let latinForms: [UInt32] = {
    lookAlikePairs.filter { $0.script == "Latin" }.flatMap { group in
      group.pairs.unicodeScalars.map(\.value).filter { $0 >= 0x80 }
    }
  }()

  /// The table of pairs, extended to small letters.
  private static let likenesses: [UInt32: UInt32] = {
    var table: [UInt32: UInt32] = [:]
    for (_, pairs) in lookAlikePairs {
      let scalars = pairs.unicodeScalars.map(\.value)
      for place in stride(from: 0, to: scalars.count - 1, by: 2) { table[scalars[place]] = scalars[place + 1] }
    }
    // UTS #39 compares shapes. Hidden words are read by people, who take н for a small H.
    for (capital, letter) in table {
      let small = Unicode.Scalar(capital)?.properties.lowercaseMapping.unicodeScalars.map(\.value) ?? []
      if small.count == 1, table[small[0]] == nil, small[0] >= 0x80 { table[small[0]] = letter }
    }
    return table
  }()

  /// The likenesses by folded letter.
  private static let folded: [UInt32: [UInt32]] = {
    var table: [UInt32: [UInt32]] = [:]
    var letters: [UInt32] = []
    for (scalar, letter) in likenesses.sorted(by: { $0.key < $1.key }) {
      letters.removeAll(keepingCapacity: true)
      CharacterFolding.append(scalar, under: CharacterTable.firstReading, to: &letters)
      guard letters.count == 1, !(table[letters[0]] ?? []).contains(letter) else { continue }
      table[letters[0], default: []].append(letter)
    }
    return table
  }()

  /// What each digit or sign may stand for; Cyrillic readings come last.
  private static let leet: [UInt32: [UInt32]] = {
    let pairs: [(String, String)] = [
      ("0", "o"), ("1", "il"), ("3", "eз"), ("4", "aч"), ("5", "s"), ("6", "gб"), ("7", "t"), ("8", "b"), ("9", "g"),
      ("@", "a"), ("$", "s"), ("!", "i"), ("€", "e"), ("£", "l"), ("¥", "y"), ("¢", "c"),
    ]
    return Dictionary(
      uniqueKeysWithValues: pairs.map {
        ($0.0.unicodeScalars.first!.value, $0.1.unicodeScalars.map(\.value))
      })
  }()

  /// The class of letters that a folded letter belongs to: all that may be mistaken for one another, however indirectly.
  ///
  /// Shape:  the class is named by its smallest character; a letter that resembles no other is its own class.
  /// Cost:   O(1); the table is built on first use.
  package static func kind(ofFolded letter: UInt32) -> UInt32 {
    letter < kinds.count ? kinds.base[Int(letter)] : letter
  }

  /// The table that an archive holds, for `kinds` to use instead of building it.
  private static let archivedKinds = Mutex<FixedTable<UInt32>?>(nil)

  /// The next table of an archive, which is used where none was needed before.
  static func takeKinds(from archive: inout ArchiveReader) throws(ArchiveError) {
    let kinds = try FixedTable<UInt32>(from: &archive)
    archivedKinds.withLock { $0 = kinds }
  }

  /// `kind(ofFolded:)` as a table, from an archive or else built on first use.
  static let kinds: FixedTable<UInt32> = archivedKinds.withLock { $0 } ?? builtKinds()

  /// The table, built with union-find.
  private static func builtKinds() -> FixedTable<UInt32> {
    var parents: [UInt32: UInt32] = [:]
    func root(_ letter: UInt32) -> UInt32 {
      var letter = letter
      while let parent = parents[letter], parent != letter { letter = parent }
      return letter
    }
    func join(_ a: UInt32, _ b: UInt32) {
      let (a, b) = (root(a), root(b))
      if a != b { parents[max(a, b)] = min(a, b) }
    }
    for (letter, likes) in folded { for like in likes { join(letter, like) } }
    for (scalar, letter) in likenesses {
      var letters: [UInt32] = []
      CharacterFolding.append(scalar, under: CharacterTable.firstReading, to: &letters)
      if letters.count == 1 { join(letters[0], letter) }
    }
    for (sign, letters) in leet { for letter in letters { join(sign, letter) } }
    // The small Cherokee letters at U+AB70 are the last ones.
    return FixedTable((0..<max(0xAC00, parents.keys.max() ?? 0)).map { root($0) })
  }
}

/// Letters that look like an ASCII letter, by script: pairs of the letter and what it looks like.
///
/// Limits: single letters only, of scripts that are read and typed today. Capitals that look like `I` map to `i`; UTS #39
///         maps them to `l`, since it does not tell the two apart.
/// Source: UTS #39, confusables.txt; small capitals and enclosed letters, which it lacks, are added.
let lookAlikePairs: [(script: String, pairs: String)] = [
  (
    "Armenian",
    "ՍuՏsՕoաwգqզqհhոnռnսuցgքfօo"
  ),
  (
    "Cherokee",
    "ᎠdᎡrᎢtᎥiᎩyᎪaᎫjᎬeᎳwᎷmᎻhᎽyᏀgᏂhᏃzᏏbᏒrᏔwᏕsᏙvᏚsᏞlᏟcᏢpᏦkᏧdᏳgᏴbꭵiꮁrꮃwꮓzꮩvꮪsꮯc"
  ),
  (
    "Coptic",
    "ⲅrⲎhⲒiⲔkⲘmⲚnⲞoⲟoⲢpⲣpⲤcⲥcⲦtⲨyⲬxⳐl"
  ),
  (
    "Cyrillic",
    "ЅsІiЈjАaВbЕeКkМmНhОoРpСcТtУyХxЬbаaгrеeоoрpсcуyхxѕsіiјjѡwѴvѵvҮyүyһhҽeӀiӏiԁdԌgԛqԜw"
      + "ԝwꙇi"
  ),
  (
    "Greek",
    "ͿjΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxαaγyιiνvοoρpσoυuϜfϳjϺmᴦr"
  ),
  (
    "Latin",
    "ƍgƖiƦrǀlɑaɡgɢgɣyɩiɪiɯwɴnʀrʋuʏyʙbʜhʟlᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴑoᴘpᴛtᴜuᴠvᴡwᴢzᶃgᶌyẝfỿyꜰfꜱs"
      + "ꞘfꞙfꞟuꞲjꞳxꞴbꬲeꬵfꬽoꭇrꭈrꭎuꭒuꭚy"
  ),
  (
    "Lisu",
    "ꓐbꓑpꓒdꓓdꓔtꓖgꓗkꓙjꓚcꓜzꓝfꓟmꓠnꓡlꓢsꓣrꓦvꓧhꓪwꓫxꓬyꓮaꓰeꓲiꓳoꓴu"
  ),
]
