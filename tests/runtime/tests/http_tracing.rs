//! What `tracing` sees of a call.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(all(feature = "mock", feature = "tracing"))]

mod support;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use runtime_tests::runtime::*;
use support::{Get, builder};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down everything it is told.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        write!(self.0.lock().unwrap(), "span {}:", span.metadata().name()).unwrap();
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push_str(" event:");
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_call_is_a_span_with_template_attempts_and_status_and_without_secrets() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let wait = || MockReply::status(503).header("retry-after", "2");
    let mock =
        Mock::new().otherwise([wait(), wait(), MockReply::json(200, "1").header("set-cookie", "session=geheim")]);
    let client = builder("https://h/v1").transport(mock).build().unwrap();
    let request = Request::<Get>::new(&client).path("id", Style::SIMPLE, "private-id").add_query("token", "geheim");
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(request.send()).unwrap();
    assert_eq!(
        *log.0.lock().unwrap(),
        "span api_call: operation=\"get\" method=\"GET\" path=\"/opportunity/{id}/\" \
         attempts=1 status=503 event: message=trying again wait_ms=2000 \
         attempts=2 status=503 event: message=trying again wait_ms=2000 \
         attempts=3 status=200"
    );
}
