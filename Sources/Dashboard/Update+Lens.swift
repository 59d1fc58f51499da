// The lens shows what a listing hides: characters without ink, letters that pass for others, words written apart.

extension State {
  mutating func toggleLens() -> [Effect] {
    isLensOn.toggle()
    keepDetailInside()
    guard isLensOn, let row = table.row else { return say(.told, "The lens is off") }
    let found = LensWording.sentence(detailReading(of: row))
    return say(.told, "The lens is on: " + (found ?? "nothing is hidden in this listing, as far as it can tell"))
  }
}
