//! When a request is sent again: a decision without a clock, without randomness and without input or output.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::operation::Repetition;
use super::rate_limit::{RateLimit, retry_after};
use super::transport::{Sent, TransportError, TransportErrorKind};

/// How often and after which time a request is sent again.
///
/// Connection errors and the statuses 408, 429, 502, 503 and 504 are tried again, 500 never. An operation that is not
/// idempotent is tried again only after 429 and after 503 with `Retry-After`, unless it has an idempotency key. A body that
/// can be sent only once is never sent again.
///
/// The time between attempts is what the server asks for, else a random part of an exponentially growing bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) retries: u32,
    first: Duration,
    longest: Duration,
    patience: Duration,
}

impl RetryPolicy {
    /// Two retries, from half a second to eight seconds apart.
    pub const fn new() -> Self {
        Self {
            retries: 2,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(8),
            patience: Duration::from_secs(60),
        }
    }

    /// No retries.
    pub const fn never() -> Self {
        Self::new().retries(0)
    }

    /// How often a request is sent again at most.
    #[must_use]
    pub const fn retries(self, retries: u32) -> Self {
        Self { retries, ..self }
    }

    /// The bound of the time before the first retry, which doubles with each one, and its greatest value.
    #[must_use]
    pub const fn backoff(self, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..self }
    }

    /// The longest time that a server may ask to wait. What is longer fails at once.
    #[must_use]
    pub const fn longest_retry_after(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The bound of the time before a retry; the first one has the number 0.
    pub(crate) fn bound(&self, retry: u32) -> Duration {
        self.first.saturating_mul(2_u32.saturating_pow(retry)).min(self.longest)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// What retries of all calls of a client share: when most calls fail, retries only add to the load.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
}

impl Budget {
    const FULL: u32 = 100;
    const RETRY: u32 = 5;

    pub(crate) fn new() -> Self {
        Self { tokens: AtomicU32::new(Self::FULL) }
    }

    /// Takes the cost of a retry, if it is there.
    pub(crate) fn withdraw(&self) -> bool {
        self.tokens.fetch_update(Relaxed, Relaxed, |tokens| tokens.checked_sub(Self::RETRY)).is_ok()
    }

    /// A call succeeded: a part of a retry comes back.
    pub(crate) fn deposit(&self) {
        let more = |tokens: u32| (tokens < Self::FULL).then_some(tokens + 1);
        let _full = self.tokens.fetch_update(Relaxed, Relaxed, more);
    }
}

/// How an attempt failed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Failure<'a> {
    Transport(&'a TransportError),
    Status(StatusCode, &'a HeaderMap),
}

/// What is done after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Send the request again after this time.
    Again(Duration),
    /// The failure is final.
    Stop,
}

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Attempts {
    policy: RetryPolicy,
    repetition: Repetition,
    done: u32,
}

impl Attempts {
    pub(crate) fn new(policy: RetryPolicy, repetition: Repetition) -> Self {
        Self { policy, repetition, done: 0 }
    }

    /// Decides after a failure. `left` is the time until the deadline, `chance` a random number between 0 and 1.
    pub(crate) fn after(
        &mut self,
        failure: Failure<'_>,
        left: Option<Duration>,
        budget: &Budget,
        chance: f64,
    ) -> Verdict {
        if self.done >= self.policy.retries || !self.allows(failure) {
            return Verdict::Stop;
        }
        let asked = match failure {
            Failure::Transport(_) => None,
            Failure::Status(status, headers) => asked(status, headers),
        };
        if asked.is_some_and(|asked| asked > self.policy.patience) {
            return Verdict::Stop;
        }
        let wait = asked.unwrap_or_else(|| self.policy.bound(self.done).mul_f64(chance.clamp(0.0, 1.0)));
        if left.is_some_and(|left| wait >= left) || !budget.withdraw() {
            return Verdict::Stop;
        }
        self.done += 1;
        Verdict::Again(wait)
    }

    fn allows(&self, failure: Failure<'_>) -> bool {
        match failure {
            Failure::Transport(error) => match self.repetition {
                Repetition::Harmless => error.kind() != TransportErrorKind::Timeout || error.sent() == Sent::No,
                Repetition::Harmful => false,
            },
            Failure::Status(status, headers) => match self.repetition {
                Repetition::Harmless => is_transient(status),
                Repetition::Harmful => refuses(status, headers),
            },
        }
    }
}

/// Statuses that a second attempt may not meet again.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// Whether the server says that it has not done what was asked.
pub(crate) fn refuses(status: StatusCode, headers: &HeaderMap) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::SERVICE_UNAVAILABLE => headers.contains_key(http::header::RETRY_AFTER),
        _ => false,
    }
}

/// The time after which the server wants to be asked again.
fn asked(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let reset = || RateLimit::from_headers(headers)?.reset.filter(|reset| !reset.is_zero());
    match status {
        StatusCode::TOO_MANY_REQUESTS => retry_after(headers).or_else(reset),
        _ => retry_after(headers),
    }
}
