//! Calls that block their thread, which sleeps while there is nothing to do.

use std::cell::Cell;

use super::error::Error;
use super::operation::Operation;
use super::request::Request;
use super::response::{RawResponse, WithResponse};

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Whether the thread is inside [`block_on`], so that there is no executor to wait with.
pub(crate) fn is_blocked() -> bool {
    DEPTH.get() > 0
}

/// Runs a future to its end.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let _inside = Inside::enter();
    pollster::block_on(future)
}

/// Counts how deep the thread is inside, also when a future panics.
struct Inside;

impl Inside {
    fn enter() -> Self {
        DEPTH.set(DEPTH.get() + 1);
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// The ways to send a request for threads without an executor.
impl<O: Operation> Request<'_, O> {
    /// As [`send`](Self::send), but blocks the thread.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_blocking(self) -> Result<O::Output, Error<O::Error>> {
        block_on(self.send())
    }

    /// As [`send_raw`](Self::send_raw), but blocks the thread.
    ///
    /// # Errors
    ///
    /// See [`send_raw`](Self::send_raw).
    pub fn send_raw_blocking(self) -> Result<RawResponse, Error> {
        block_on(self.send_raw())
    }

    /// As [`with_response`](Self::with_response), but blocks the thread.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn with_response_blocking(self) -> Result<WithResponse<O>, Error<O::Error>> {
        block_on(self.with_response())
    }
}
