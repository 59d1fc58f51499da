import Synchronization

/// A value that is made once, on first use.
final class Lazily<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  init() {}

  func value(_ make: () -> Value) -> Value {
    known.withLock { known in
      if let known { return known }
      let new = make()
      known = new
      return new
    }
  }
}
