/// What makes a listing the same listing next week, in another file, in another order.
///
/// Shape:  the first of these forms that the row allows:
///         - `id:SITE/ID`: what its address says on a site of which it is known where the id stands (`AddressTable`);
///         - `id:PLATFORM/ID`: a platform and an id;
///         - `url:HOST/PATH?QUERY`: any other address in its normal form; `url:PLATFORM/PATH` for a path;
///         - `row:SIGNATURE/ID`: an id or a path without a platform, bound to the columns of the file it came in;
///         - `text:HASH`: the words of platform, seller, title and description, never the price; or, where one of the last
///           three is missing, all that the record says apart from what changes (`RecordDigest`).
///         An id or address that does not tell the file's rows from each other is none (`RowIdentity`).
/// A verdict belongs to a key, never to a row: rows move, keys do not.
package struct ListingKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
  package static func < (a: ListingKey, b: ListingKey) -> Bool { a.text < b.text }

  /// 64 bits by which a row's key is found among a million; equal texts always agree, unequal ones are compared
  /// by text afterwards.
  package var fingerprint: UInt64 {
    var text = text
    return text.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0)) }
  }
}

/// A fast 64-bit fingerprint of bytes: a multiply-and-fold over 8-byte words.
///
/// Not for security: where it matters that nobody can forge an equal one, use SHA-256.
/// Source: the mixing step is that of wyhash (Wang Yi, public domain).
package enum Fingerprint {
  package static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var state = mix(seed ^ 0xa076_1d64_78bd_642f, UInt64(bytes.count) ^ 0xe703_7ed1_a0b4_28db)
    var offset = 0
    while offset + 8 <= bytes.count {
      state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0x8ebc_6af0_9c88_c6e3)
      offset += 8
    }
    if offset < bytes.count {
      var tail: UInt64 = 0
      for (shift, index) in (offset..<bytes.count).enumerated() { tail |= UInt64(bytes[index]) << UInt64(8 * shift) }
      state = mix(state ^ tail, 0x5899_65cc_7537_4cc3)
    }
    return mix(state, 0x1d8e_4e27_c47d_124f)
  }

  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
