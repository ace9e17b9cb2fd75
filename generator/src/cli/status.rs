//! The exit status of a run.

use oasmith::diagnostic::Code;
use oasmith::job::Session;

/// Fine.
pub(super) const FINE: u8 = 0;
/// The output is not what would be written.
pub(super) const STALE: u8 = 1;
/// The command line is wrong, or the disk failed.
pub(super) const USAGE: u8 = 2;
/// The description or the configuration has errors.
pub(super) const DOCUMENT: u8 = 3;
/// A bug in oasmith.
pub(super) const BUG: u8 = 4;

/// A change breaks users, and that was denied.
pub(super) const BREAKS: u8 = 5;

/// Whose fault it is that nothing was made.
pub(super) fn failure(session: &Session) -> u8 {
    if session.diagnostics.count(Code::Internal) > 0 { BUG } else { DOCUMENT }
}
