//! A future run on the current thread, which sleeps while there is nothing to do.

use std::cell::Cell;

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
