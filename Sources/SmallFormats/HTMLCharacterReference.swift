/// Decodes characters written as HTML references: `&amp;`, `&#39;`, `&#x4E2D;`.
///
/// Shape:  a reference is resolved once, so `&amp;lt;` becomes `&lt;`. `read` is for text that people will read, and takes
///         what was certainly meant. `readLeniently` is for searching text, and also takes what only a browser accepts.
/// Cost:   O(bytes of the reference); call it only at an `&`.
/// Fails:  returns nil where there is no reference, so that the `&` stays text.
/// Source: WHATWG HTML, 13.2.5.72 to 13.2.5.80, "Character reference state" and the states that follow it.
package enum HTMLCharacterReference {
  /// The character that the reference at `start` means to a reader, and how many bytes the reference has.
  ///
  /// Shape:  only with the closing `;`, so that `Fish & Chips`, `?a=1&copy=2` and `AT&T;` remain text. A no-break space
  ///         becomes a blank, so that words are found. Two numbers that are halves of a surrogate pair, as some scrapers
  ///         write emoji, become one character. Numbers from 128 to 159 mean Windows-1252, as in every browser.
  /// Fails:  returns nil for unknown names, control characters, and numbers that are no character.
  ///
  /// - Parameter start: the position of the `&`.
  package static func read(_ bytes: UnsafeRawBufferPointer, at start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard start + 2 < bytes.count else { return nil }
    if bytes[start + 1] != UInt8(ascii: "#") {
      // `&AMP;` and `&NBSP;` are common enough to be intended, but `&Dagger;` is not `&dagger;`.
      guard let (name, length) = name(bytes, at: start), let value = names[name] ?? names[name.lowercased()] else {
        return nil
      }
      return readable(value).map { ($0, length) }
    }
    guard let (value, length) = closedNumber(bytes, at: start) else { return nil }
    if (0xD800..<0xDC00).contains(value) {
      guard let (low, more) = closedNumber(bytes, at: start + length), (0xDC00..<0xE000).contains(low) else {
        return nil
      }
      return Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)).map { ($0, length + more) }
    }
    return readable(value).map { ($0, length) }
  }

  /// The character that a browser would show for the reference at `start`, and how many bytes the reference has.
  ///
  /// Shape:  a numeric reference needs no `;`, a named one does. Names must be spelled exactly. Characters are not changed:
  ///         a no-break space stays one, and numbers from 128 to 159 are controls.
  /// Fails:  returns nil for unknown names, 0, and numbers that are no character.
  ///
  /// - Parameter start: the position of the `&`.
  package static func readLeniently(
    _ bytes: UnsafeRawBufferPointer, at start: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    guard start + 2 < bytes.count else { return nil }
    guard bytes[start + 1] == UInt8(ascii: "#") else {
      guard let (name, length) = name(bytes, at: start), let value = names[name] else { return nil }
      return Unicode.Scalar(value).map { ($0, length) }
    }
    guard let (value, end) = number(bytes, at: start, maximumDigits: .max), value > 0,
      let scalar = Unicode.Scalar(value)
    else { return nil }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: ";")
    return (scalar, end + (isClosed ? 1 : 0) - start)
  }

  // MARK: Names

  /// No name is longer; a longer run of letters is looked up in vain.
  private static let maximumNameLength = 8

  /// The name between `&` and `;`, and the length of the reference.
  private static func name(_ bytes: UnsafeRawBufferPointer, at start: Int) -> (name: String, length: Int)? {
    var end = start + 1
    while end < bytes.count, end - start <= maximumNameLength, isLetterOrDigit(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
    return (String(decoding: bytes[start + 1..<end], as: UTF8.self), end + 1 - start)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  // MARK: Numbers

  /// As many digits as the largest character has, with leading zeros to spare.
  private static let maximumDigits = 7

  /// A number that is closed by `;`, and the length of the reference.
  private static func closedNumber(
    _ bytes: UnsafeRawBufferPointer, at start: Int
  ) -> (value: UInt32, length: Int)? {
    guard start + 3 < bytes.count, bytes[start] == UInt8(ascii: "&"), bytes[start + 1] == UInt8(ascii: "#"),
      let (value, end) = number(bytes, at: start, maximumDigits: maximumDigits), end < bytes.count,
      bytes[end] == UInt8(ascii: ";")
    else { return nil }
    return (value, end + 1 - start)
  }

  /// The number after `&#` or `&#x`, and where its digits end; nil without digits, and beyond Unicode.
  ///
  /// Limits: leading zeros count as digits.
  private static func number(
    _ bytes: UnsafeRawBufferPointer, at start: Int, maximumDigits: Int
  ) -> (value: UInt32, end: Int)? {
    let isHexadecimal = bytes[start + 2] | 0x20 == UInt8(ascii: "x")
    let first = start + (isHexadecimal ? 3 : 2)
    var (value, index) = (UInt32(0), first)
    while index < bytes.count, index - first < maximumDigits, let digit = digit(bytes[index], isHexadecimal) {
      guard value <= 0x10FFFF else { return nil }
      value = value * (isHexadecimal ? 16 : 10) + digit
      index += 1
    }
    return index > first ? (value, index) : nil
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    if byte &- 0x30 < 10 { return UInt32(byte &- 0x30) }
    let letter = (byte | 0x20) &- 0x61
    return isHexadecimal && letter < 6 ? UInt32(letter + 10) : nil
  }

  // MARK: Characters

  /// The character that a number or name means to a reader; nil for controls and for what is no character.
  ///
  /// Source: WHATWG HTML, 13.2.5.80, "Numeric character reference end state", for the numbers from 128 to 159.
  private static func readable(_ value: UInt32) -> Unicode.Scalar? {
    switch value {
    case 0xA0: " "
    case 9, 10, 13: Unicode.Scalar(value)
    case 0..<32, 127: nil
    case 128..<160: windows1252[Int(value - 128)]
    default: Unicode.Scalar(value)
    }
  }

  /// The characters from 128 to 159 in Windows-1252; nil where it has none.
  private static let windows1252: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•", "–",
    "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]

  /// The characters that HTML names.
  ///
  /// Shape:  a name and its scalar value in hexadecimal.
  /// Source: W3C, HTML 4.01, section 24, "Character entity references in HTML 4", and `apos` of HTML 5.
  private static let names: [String: UInt32] = {
    let table = """
      AElig C6, Aacute C1, Acirc C2, Agrave C0, Alpha 391, Aring C5, Atilde C3, Auml C4, Beta 392, Ccedil C7, Chi 3A7,
      Dagger 2021, Delta 394, ETH D0, Eacute C9, Ecirc CA, Egrave C8, Epsilon 395, Eta 397, Euml CB, Gamma 393,
      Iacute CD, Icirc CE, Igrave CC, Iota 399, Iuml CF, Kappa 39A, Lambda 39B, Mu 39C, Ntilde D1, Nu 39D, OElig 152,
      Oacute D3, Ocirc D4, Ograve D2, Omega 3A9, Omicron 39F, Oslash D8, Otilde D5, Ouml D6, Phi 3A6, Pi 3A0,
      Prime 2033, Psi 3A8, Rho 3A1, Scaron 160, Sigma 3A3, THORN DE, Tau 3A4, Theta 398, Uacute DA, Ucirc DB,
      Ugrave D9, Upsilon 3A5, Uuml DC, Xi 39E, Yacute DD, Yuml 178, Zeta 396, aacute E1, acirc E2, acute B4, aelig E6,
      agrave E0, alefsym 2135, alpha 3B1, amp 26, and 2227, ang 2220, aring E5, asymp 2248, atilde E3, auml E4,
      bdquo 201E, beta 3B2, brvbar A6, bull 2022, cap 2229, ccedil E7, cedil B8, cent A2, chi 3C7, circ 2C6,
      clubs 2663, cong 2245, copy A9, crarr 21B5, cup 222A, curren A4, dArr 21D3, dagger 2020, darr 2193, deg B0,
      delta 3B4, diams 2666, divide F7, eacute E9, ecirc EA, egrave E8, empty 2205, emsp 2003, ensp 2002, epsilon 3B5,
      equiv 2261, eta 3B7, eth F0, euml EB, euro 20AC, exist 2203, fnof 192, forall 2200, frac12 BD, frac14 BC,
      frac34 BE, frasl 2044, gamma 3B3, ge 2265, gt 3E, hArr 21D4, harr 2194, hearts 2665, hellip 2026, iacute ED,
      icirc EE, iexcl A1, igrave EC, image 2111, infin 221E, int 222B, iota 3B9, iquest BF, isin 2208, iuml EF,
      kappa 3BA, lArr 21D0, lambda 3BB, lang 2329, laquo AB, larr 2190, lceil 2308, ldquo 201C, le 2264, lfloor 230A,
      lowast 2217, loz 25CA, lrm 200E, lsaquo 2039, lsquo 2018, lt 3C, macr AF, mdash 2014, micro B5, middot B7,
      minus 2212, mu 3BC, nabla 2207, nbsp A0, ndash 2013, ne 2260, ni 220B, not AC, notin 2209, nsub 2284, ntilde F1,
      nu 3BD, oacute F3, ocirc F4, oelig 153, ograve F2, oline 203E, omega 3C9, omicron 3BF, oplus 2295, or 2228,
      ordf AA, ordm BA, oslash F8, otilde F5, otimes 2297, ouml F6, para B6, part 2202, permil 2030, perp 22A5,
      phi 3C6, pi 3C0, piv 3D6, plusmn B1, pound A3, prime 2032, prod 220F, prop 221D, psi 3C8, quot 22, rArr 21D2,
      radic 221A, rang 232A, raquo BB, rarr 2192, rceil 2309, rdquo 201D, real 211C, reg AE, rfloor 230B, rho 3C1,
      rlm 200F, rsaquo 203A, rsquo 2019, sbquo 201A, scaron 161, sdot 22C5, sect A7, shy AD, sigma 3C3, sigmaf 3C2,
      sim 223C, spades 2660, sub 2282, sube 2286, sum 2211, sup 2283, sup1 B9, sup2 B2, sup3 B3, supe 2287, szlig DF,
      tau 3C4, there4 2234, theta 3B8, thetasym 3D1, thinsp 2009, thorn FE, tilde 2DC, times D7, trade 2122, uArr 21D1,
      uacute FA, uarr 2191, ucirc FB, ugrave F9, uml A8, upsih 3D2, upsilon 3C5, uuml FC, weierp 2118, xi 3BE,
      yacute FD, yen A5, yuml FF, zeta 3B6, zwj 200D, zwnj 200C, apos 27
      """
    var names: [String: UInt32] = [:]
    for pair in table.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
      let words = pair.split(separator: " ")
      if words.count == 2, let value = UInt32(words[1], radix: 16) { names[String(words[0])] = value }
    }
    return names
  }()
}
