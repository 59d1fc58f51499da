/// What makes a listing the same listing next week, in another file, in another order. A verdict belongs to a key and never
/// to a row, since rows move and keys do not.
///
/// Shape:  the first of these forms that the row allows:
///         `id:SITE/ID`: from its address, on a site whose addresses are known to contain the id (`AddressTable`);
///         `id:PLATFORM/ID`: a platform and an id;
///         `url:HOST/PATH?QUERY`: any other address in its normal form, or `url:PLATFORM/PATH` for a path;
///         `row:SIGNATURE/ID`: an id or a path without a platform, bound to the columns of the file it came in;
///         `text:HASH`: the words of platform, seller, title and description, never the price; or, where one of the last
///         three is missing, everything in the record apart from what changes (`RecordDigest`).
///         An id or address that does not distinguish the file's rows from each other is ignored (`RowIdentity`).
package struct ListingKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The key in one of its forms.
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
  package static func < (a: ListingKey, b: ListingKey) -> Bool { a.text < b.text }

  /// 64 bits by which a row's key is found among a million. Equal texts always agree; others are compared by text afterwards.
  package var fingerprint: UInt64 {
    var text = text
    return text.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0)) }
  }
}

/// A fast 64-bit fingerprint of bytes: a multiply-and-fold over 8-byte words.
///
/// Limits: not for security. Where no one must be able to forge an equal one, use SHA-256.
/// Source: the mixing step is that of wyhash (Wang Yi, public domain).
package enum Fingerprint {
  /// The fingerprint of bytes; with `seed`, that of bytes after others.
  ///
  /// Cost:   O(bytes), 8 at a time.
  package static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var state = mix(seed ^ 0xa076_1d64_78bd_642f, UInt64(bytes.count) ^ 0xe703_7ed1_a0b4_28db)
    var offset = 0
    while offset + 8 <= bytes.count {
      state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0x8ebc_6af0_9c88_c6e3)
      offset += 8
    }
    if offset < bytes.count { state = mix(state ^ tail(bytes, from: offset), 0x5899_65cc_7537_4cc3) }
    return mix(state, 0x1d8e_4e27_c47d_124f)
  }

  /// The last bytes, fewer than 8, as a little-endian number.
  @inline(__always)
  private static func tail(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
    let count = bytes.count - offset
    if offset > 0 {
      // One load of the last 8 bytes, of which the first are known already.
      return bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self) >> UInt64(8 * (8 - count))
    }
    if count >= 4 {
      let low = UInt64(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      let high = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      return low | high << UInt64(8 * (count - 4))
    }
    // One to three bytes; the middle one may be the first or the last.
    return UInt64(bytes[0]) | UInt64(bytes[count / 2]) << UInt64(8 * (count / 2))
      | UInt64(bytes[count - 1]) << UInt64(8 * (count - 1))
  }

  /// Multiplies to 128 bits and folds them.
  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}

/// A fingerprint of text as it is compared: regardless of case, width, accents, and blanks at its ends or repeated.
///
/// Shape:  128 bits as two numbers.
/// Cost:   about 2 ns per byte of ASCII; no allocation for texts of ordinary length.
package struct FoldedFingerprint: Equatable, Sendable {
  /// The first half.
  package var first: UInt64
  /// The second half.
  package var second: UInt64

  /// - Parameters: seeds, such as an earlier fingerprint.
  package init(first: UInt64 = 0, second: UInt64 = 1) { (self.first, self.second) = (first, second) }

  /// Adds a further text.
  ///
  /// Shape:  the order of texts matters.
  package mutating func append(_ text: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(byteCount: 2 * text.count + 8, alignment: 8) { buffer in
      let start = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
      let folded = UnsafeRawBufferPointer(start: start, count: Self.fold(text, into: start))
      first = Fingerprint.of(folded, seed: first)
      second = Fingerprint.of(folded, seed: second)
    }
  }

  /// Writes the text as it is compared, and returns its length.
  ///
  /// Limits: `out` must have room for twice as many bytes.
  private static func fold(_ text: UnsafeRawBufferPointer, into out: UnsafeMutablePointer<UInt8>) -> Int {
    let count = Folding.write(text, into: out)
    var (length, isBlank) = (0, true)
    for index in 0..<count {
      let byte = out[index]
      if byte > 0x20 {
        out[length] = byte
        (length, isBlank) = (length + 1, false)
      } else if !isBlank {
        out[length] = 0x20
        (length, isBlank) = (length + 1, true)
      }
    }
    return length > 0 && isBlank ? length - 1 : length
  }
}

/// Which columns of a file distinguish its listings.
///
/// Shape:  determined from the file's first rows. A column of ids that merely counts rows, or repeats for listings with
///         different words, identifies none. The same goes for addresses that all lead to the same pages.
package struct RowIdentity: Equatable, Sendable {
  /// Whether ids identify listings.
  package var trustsIDs: Bool
  /// Whether addresses identify listings.
  package var trustsAddresses: Bool
  /// Whether nearly all ids also occur in the addresses.
  package var idsAreInAddresses: Bool
  /// Fingerprints of keys that several listings would share: a post that offers many things, an id that reads `none yet`.
  package var shared: Set<UInt64>

  package init(
    trustsIDs: Bool = true, trustsAddresses: Bool = true, idsAreInAddresses: Bool = false, shared: Set<UInt64> = []
  ) {
    (self.trustsIDs, self.trustsAddresses, self.shared) = (trustsIDs, trustsAddresses, shared)
    self.idsAreInAddresses = idsAreInAddresses
  }
}
