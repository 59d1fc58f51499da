import Glibc

/// How often a test tries what chance gives.
///
/// Seeds are fixed, so that every run tries the same: few cases by default, which are those that a longer run begins with.
/// `LINSANG_FUZZ_CASES=10000 swift test` tries each so many times.
package enum Trials {
  /// `LINSANG_FUZZ_CASES`, or else the count.
  package static func count(_ few: Int) -> Int { setting("LINSANG_FUZZ_CASES") ?? few }

  /// A whole number in the environment.
  package static func setting(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}
