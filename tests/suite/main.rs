//! Everything that is tested about the generator's output as a whole, in one binary.
// Tests fail by panicking.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod cli;
mod consumer;
mod diagnostics;
mod diagnostics_habits;
mod diff;
mod errors;
mod faults;
mod fixes;
mod fixtures;
mod golden;
mod hostile;
mod invariants;
mod keywords;
mod limits;
mod mapping;
mod mapping_documents;
mod mapping_operations;
mod mapping_schemas;
mod overlays;
mod pages;
mod peers;
mod pictures;
mod recorded;
mod regen;
mod repairs;
mod scenarios;
mod semver;
mod small;
mod snapshots;
mod subsets;
mod transcripts;
mod wire;
mod writing;
