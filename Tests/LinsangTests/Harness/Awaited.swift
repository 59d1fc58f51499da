import Foundation

/// Looks again and again until it is so; false if it never was. Nothing hangs on how long that takes: test machines are
/// shared, so that only what hangs is given up, and what has come about is seen at once.
func awaited(_ isSo: () throws -> Bool) rethrows -> Bool {
  let end = Date().addingTimeInterval(180)
  repeat {
    if try isSo() { return true }
    usleep(10_000)
  } while Date() < end
  return false
}
