import Matching

extension NumberLists.View {
  /// The list of a thing. Here and not beside the lists, so that the compiler knows what the numbers are.
  ///
  /// Cost:   O(1).
  @inline(__always)
  subscript(thing: Int) -> UnsafeBufferPointer<Number> {
    let start = Int(starts[thing])
    return UnsafeBufferPointer(start: numbers + start, count: Int(starts[thing + 1]) - start)
  }
}

extension NumberLists where Number: Equatable {
  /// The lists of the things `0..<count`, of numbers in any order.
  ///
  /// Shape:  each list in the order in which its numbers come, each number once.
  /// Cost:   O(`count` + numbers), for short lists.
  init(_ pairs: [(thing: UInt32, number: Number)], of count: Int) {
    var places = [UInt32](repeating: 0, count: count + 1)
    for pair in pairs { places[Int(pair.thing) + 1] += 1 }
    for thing in 0..<count { places[thing + 1] += places[thing] }
    let bounds = places
    let sorted = [Number](unsafeUninitializedCapacity: pairs.count) { sorted, sortedCount in
      for pair in pairs {
        (sorted.baseAddress! + Int(places[Int(pair.thing)])).initialize(to: pair.number)
        places[Int(pair.thing)] += 1
      }
      sortedCount = pairs.count
    }
    var starts: [UInt32] = [0]
    starts.reserveCapacity(count + 1)
    var numbers: [Number] = []
    numbers.reserveCapacity(sorted.count)
    for thing in 0..<count {
      let first = numbers.count
      for number in sorted[Int(bounds[thing])..<Int(bounds[thing + 1])] where !numbers[first...].contains(number) {
        numbers.append(number)
      }
      starts.append(UInt32(numbers.count))
    }
    self.init(starts: starts, numbers: numbers)
  }

  /// The lists of the things 0, 1, 2 and so on.
  init(_ lists: [[Number]]) {
    var starts: [UInt32] = [0]
    var numbers: [Number] = []
    for list in lists {
      numbers += list
      starts.append(UInt32(numbers.count))
    }
    self.init(starts: starts, numbers: numbers)
  }
}
