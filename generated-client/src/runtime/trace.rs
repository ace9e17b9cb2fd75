//! A span per call for `tracing`; nothing where the feature is off. URLs and headers, which may hold secrets, are not in it.

use std::time::Duration;

use http::StatusCode;

use super::operation::Facts;

/// The span of one call.
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn begin(facts: &Facts) -> Self {
        use tracing::field::Empty;
        let Facts { id, method, path, .. } = facts;
        Self { span: tracing::info_span!("api_call", operation = id, method, path, attempts = Empty, status = Empty) }
    }

    /// Does the work inside the span.
    pub(crate) async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        tracing::Instrument::instrument(work, self.span.clone()).await
    }

    pub(crate) fn attempt(&self, number: u32) {
        self.span.record("attempts", number);
    }

    pub(crate) fn status(&self, status: StatusCode) {
        self.span.record("status", status.as_u16());
    }

    pub(crate) fn again(&self, wait: Duration) {
        tracing::debug!(wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "trying again");
    }
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn begin(_: &Facts) -> Self {
        Self {}
    }

    pub(crate) async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        work.await
    }

    pub(crate) fn attempt(&self, _: u32) {}

    pub(crate) fn status(&self, _: StatusCode) {}

    pub(crate) fn again(&self, _: Duration) {}
}
