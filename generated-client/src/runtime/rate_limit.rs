//! How much a server still allows: `RateLimit` in its dialects, and `Retry-After`.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::clock::SystemTime;

/// What a response says about the rate limit. Every part may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests the window allows.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// The time until the window begins anew.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Reads `RateLimit` (`limit=100, remaining=50, reset=5`, also with semicolons, or `"default";r=50;t=5`),
    /// `RateLimit-*`, `X-RateLimit-*` and `X-Rate-Limit-*`. Parts that cannot be read count as missing.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let part = |names: &[&str], header: &str| {
            let member = combined(headers, names);
            member.or_else(|| {
                let prefixes = ["ratelimit", "x-ratelimit", "x-rate-limit"];
                prefixes.iter().find_map(|prefix| number(headers.get(format!("{prefix}-{header}"))?.to_str().ok()?))
            })
        };
        let found = Self {
            limit: part(&["limit", "q"], "limit").map(whole),
            remaining: part(&["remaining", "r"], "remaining").map(whole),
            reset: part(&["reset", "t"], "reset").and_then(|reset| until(reset, headers)),
        };
        let empty = found.limit.is_none() && found.remaining.is_none() && found.reset.is_none();
        (!empty).then_some(found)
    }
}

/// A member of the combined `RateLimit` header.
fn combined(headers: &HeaderMap, names: &[&str]) -> Option<f64> {
    let text = headers.get("ratelimit")?.to_str().ok()?;
    text.split([',', ';']).find_map(|member| {
        let (name, value) = member.split_once('=')?;
        names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name.trim())).then(|| number(value))?
    })
}

fn number(text: &str) -> Option<f64> {
    text.trim().trim_matches('"').parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`number` lets only finite, positive numbers through, and `as` saturates"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

/// A reset is in seconds from now, or for some servers a point in time in seconds since 1970.
fn until(reset: f64, headers: &HeaderMap) -> Option<Duration> {
    const YEAR_2001: f64 = 1e9;
    let seconds = if reset < YEAR_2001 { reset } else { (reset - now(headers)?).max(0.0) };
    Duration::try_from_secs_f64(seconds).ok()
}

/// The time by the server's clock, or by ours if it does not tell its own.
fn now(headers: &HeaderMap) -> Option<f64> {
    let stated = headers.get(DATE).and_then(|value| http_date(value.to_str().ok()?));
    let ours = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok().map(|time| time.as_secs_f64());
    stated.or_else(ours)
}

fn http_date(text: &str) -> Option<f64> {
    let time = httpdate::parse_http_date(text.trim()).ok()?;
    time.duration_since(std::time::UNIX_EPOCH).ok().map(|time| time.as_secs_f64())
}

/// How long a server asks to wait, from `Retry-After` in seconds or as a date. Zero, the past and garbage count as nothing said.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = match number(text) {
        Some(seconds) => seconds,
        None => http_date(text)? - now(headers)?,
    };
    Duration::try_from_secs_f64(seconds).ok().filter(|wait| !wait.is_zero())
}
