//! A server on a real socket that answers by a script and keeps what it was sent.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
// Each test binary uses a part of it.
#![allow(dead_code, unreachable_pub, unused_imports)]

#[path = "../../../src/server.rs"]
mod server;

pub use runtime_tests::api::*;
use runtime_tests::runtime::*;
pub use server::*;

pub fn builder(base: &str) -> ClientBuilder {
    ClientBuilder::new("https://api.example.com/v1", "test/1.0")
        .base_url(base)
        .credential(API_KEY, ApiKey::new("yourapikey"))
}
