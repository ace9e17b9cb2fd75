//! Everything that is tested about the generator's output as a whole, in one binary.

mod invariants;
