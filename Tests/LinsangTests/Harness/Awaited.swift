import Foundation

/// Polls a condition until it holds; false if it never does. The deadline is generous, since test machines are shared and
/// only a hang should fail.
func awaited(_ condition: () throws -> Bool) rethrows -> Bool {
  let end = Date().addingTimeInterval(180)
  repeat {
    if try condition() { return true }
    usleep(10_000)
  } while Date() < end
  return false
}
