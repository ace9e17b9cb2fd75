//! Many calls at once: none is lost, mistaken for another or sent too often. `cargo xtask load` does the same with a thousand.

use std::collections::BTreeMap;

use tests::load::{End, Kind, run};

#[test]
fn of_sixty_calls_at_once_none_is_lost() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let report = runtime.block_on(run(60));
    // Eighteen retries are within the budget of one client, so every call that may be repeated is answered in the end.
    let expected = BTreeMap::from([
        ((Kind::Good, End::Answered, 1), 24),
        ((Kind::Slow, End::Answered, 1), 6),
        ((Kind::Busy, End::Answered, 2), 6),
        ((Kind::Reset, End::Answered, 2), 6),
        ((Kind::Torn, End::Disconnected, 1), 6),
        ((Kind::LostPost, End::Unknown, 1), 6),
        ((Kind::BusyPost, End::Answered, 2), 6),
    ]);
    assert_eq!(report.ends, expected, "{report}");
    assert_eq!(report.lost(), 0);
}
