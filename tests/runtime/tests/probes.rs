//! The properties of the fuzz targets, on random input of the right kind. `cargo xtask fuzz` searches on for longer.

use proptest::prelude::*;
use runtime_tests::probes;

/// A line that says how the rest is cut, and the rest.
fn cut(body: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    (prop::collection::vec(11..60_u8, 0..6), body)
        .prop_map(|(lengths, body)| [&*lengths, b"\n", body.as_bytes()].concat())
}

fn lines(line: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn events_are_the_same_however_they_are_cut(
        input in cut(lines("(data|event|id|retry|x|)(: ?|)([a-zé\u{0}\u{feff} ]{0,6}|\\[DONE\\]|5)(\n|\r|\r\n|\n\n)"))
    ) {
        probes::events(&input);
    }

    #[test]
    fn json_lines_are_the_same_however_they_are_cut(
        input in cut(lines("(\\{\"id\":[0-9]{1,3}\\}|[\\[\\]0-9,]{0,4}|\"é\"|true| )(\n|\r\n|\u{1e}|)"))
    ) {
        probes::json_lines(&input);
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(text in "[\\[\\]{}:, 0-9eE.+\\-\"a\\\\tru\n]{0,30}", bytes: Vec<u8>) {
        probes::json(text.as_bytes());
        probes::json(&bytes);
    }

    #[test]
    fn dates_keep_their_text(
        like in "[-+]?[0-9]{2,5}-[0-9]{1,2}-[0-9]{1,3}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{0,12})?)?(Z|[-+][0-9]{2}:?[0-9]{2})?)?(\\[[A-Za-z/]{0,9}\\])?",
        any: String,
    ) {
        probes::dates(like.as_bytes());
        probes::dates(any.as_bytes());
    }

    #[test]
    fn rate_limits_are_read_or_passed_over(
        headers in lines("(retry-after|ratelimit|x-ratelimit-reset|ratelimit-limit|date):([0-9]{1,12}|[-+.eE0-9\"]{0,8}|r=[0-9]{1,3};t=[0-9]{1,3}|limit=[0-9], reset=[0-9.]{1,9}|Sun, 06 Nov [0-9]{4} 08:49:3[0-9] GMT|[a-z ]{0,5})\n")
    ) {
        probes::rate_limits(headers.as_bytes());
    }

    #[test]
    fn links_and_redirects_never_take_a_credential_elsewhere(
        link in "(</?[a-z?=/.&#:%@]{0,12}>|<https?://(h\\.example|other|h\\.example:443|h\\.example@other)/[a-z]{0,3}>)(; ?(rel|REL|title)=\"?(next|prev|a b|next prev|<x>)\"?){0,2}",
        location in "((https?:)?//(h\\.example|other\\.example|h\\.example:8443|k@other)?)?/?[a-z./?#%@:]{0,12}",
    ) {
        probes::links(format!("{link}\n{location}").as_bytes());
    }
}

/// What fuzzing began with or found stays tested.
#[test]
fn seeds_of_the_fuzz_targets_pass() {
    for target in ["events", "json_lines", "json", "dates", "rate_limits", "links"] {
        let probe = match target {
            "events" => probes::events,
            "json_lines" => probes::json_lines,
            "json" => probes::json,
            "dates" => probes::dates,
            "rate_limits" => probes::rate_limits,
            _ => probes::links,
        };
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/").to_owned() + target;
        let seeds: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(!seeds.is_empty(), "{folder} has no seeds");
        for seed in seeds {
            probe(&std::fs::read(seed).unwrap());
        }
    }
}
