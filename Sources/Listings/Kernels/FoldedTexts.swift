import Glibc

/// Folded texts one behind the other, to be put in order.
struct FoldedTexts {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  mutating func append(_ text: UnsafeRawBufferPointer) {
    Folding.append(text, to: &bytes)
    ends.append(bytes.count)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The places of the texts, ordered by their bytes; equal texts keep their order, whichever the direction.
  ///
  /// Shape:  `isNew[i]` tells whether the text at `places[i]` differs from the one before.
  func ordered(descending: Bool = false) -> (places: [Int], isNew: [Bool]) {
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        func compared(_ a: Int, _ b: Int) -> Int {
          let (startA, startB) = (a == 0 ? 0 : ends[a - 1], b == 0 ? 0 : ends[b - 1])
          let (countA, countB) = (ends[a] - startA, ends[b] - startB)
          let shared = min(countA, countB)
          let difference =
            shared == 0 ? 0 : Int(memcmp(bytes.baseAddress! + startA, bytes.baseAddress! + startB, shared))
          return difference == 0 ? countA - countB : difference
        }
        let places = ends.indices.sorted { a, b in
          let difference = compared(a, b)
          return difference == 0 ? a < b : (difference < 0) != descending
        }
        let isNew = places.indices.map { $0 == 0 || compared(places[$0 - 1], places[$0]) != 0 }
        return (places, isNew)
      }
    }
  }
}
