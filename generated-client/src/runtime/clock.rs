//! The clock: the standard library's, and the page's in a browser, where that one has none.

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(super) use std::time::{Instant, SystemTime};
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) use web_time::{Instant, SystemTime};
