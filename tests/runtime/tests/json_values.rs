//! Values of the language and of the runtime, as JSON.

use runtime_tests::json::{self, Json, Problem};
use runtime_tests::types::{Attachment, Tree};
use runtime_tests::{Base64, Date, DateTime, Field, File, JsonError, RawJson, Secret, Value};
use std::collections::BTreeMap;

fn read<T: Json>(text: &str) -> Result<T, JsonError> {
    json::from_slice(text.as_bytes())
}

#[track_caller]
fn check<T: Json + PartialEq + std::fmt::Debug>(text: &str, value: T) {
    assert_eq!(read::<T>(text).as_ref(), Ok(&value));
    assert_eq!(json::to_string(&value), text);
}

#[track_caller]
#[expect(clippy::expect_used, reason = "a test helper fails by panic")]
fn refuse<T: Json + std::fmt::Debug>(text: &str) -> JsonError {
    read::<T>(text).expect_err(text)
}

#[test]
fn scalars_round_trip() {
    check("true", true);
    check("-128", i8::MIN);
    check("9223372036854775807", i64::MAX);
    check("-9223372036854775808", i64::MIN);
    check("18446744073709551615", u64::MAX);
    check("-170141183460469231731687303715884105728", i128::MIN);
    check("0", 0_u8);
    check("0.1", 0.1_f64);
    check("0.1", 0.1_f32);
    check("5e-324", 5e-324_f64);
    check("1.7976931348623157e+308", f64::MAX);
    check("\"x\"", String::from("x"));
    check("null", ());
    check("null", None::<i64>);
    check("[1,\"a\",true]", (1_i64, String::from("a"), true));
    check("{\"a\":[],\"b\":[1]}", BTreeMap::from([("a".to_owned(), vec![]), ("b".to_owned(), vec![1_i64])]));
    check("[[],[[]]]", Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])]));
    check("\"127.0.0.1\"", std::net::IpAddr::from([127, 0, 0, 1]));
}

#[test]
fn integer_may_have_a_fraction_or_exponent_that_is_exact() {
    for (text, value) in [
        ("1.0", 1),
        ("1e3", 1000),
        ("-1.50e1", -15),
        ("100e-2", 1),
        ("0.0", 0),
        ("-0", 0),
        ("0e999999999999", 0),
        ("0.00000e-5", 0),
        ("9223372036854775807.000", i64::MAX),
        ("922337203685477580700e-2", i64::MAX),
    ] {
        assert_eq!(read::<i64>(text), Ok(value), "{text}");
    }
    for text in ["1.5", "1e-1", "1e99", "15e-1", "1e-99999999999", "9223372036854775808", "-1.0000000001"] {
        refuse::<i64>(text);
    }
    assert_eq!(refuse::<u8>("256").problem(), &Problem::Invalid("a natural number of 8 bits"));
    refuse::<u8>("-1");
}

#[test]
fn double_beyond_its_range_is_refused_and_nan_is_written_as_null() {
    refuse::<f64>("1e400");
    assert_eq!(read::<f64>("1e-400"), Ok(0.0));
    assert_eq!(json::to_string(&f64::NAN), "null");
    assert_eq!(json::to_string(&[f64::INFINITY][..]), "[null]");
}

#[test]
fn number_is_read_from_a_number_only() {
    assert_eq!(refuse::<i64>("\"1\"").to_string(), "expected a number, found a string at byte 0");
    for text in ["01", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "NaN", "Infinity", "--1", "1_000", "-a"] {
        refuse::<f64>(text);
        refuse::<Value>(text);
        refuse::<RawJson>(text);
    }
}

#[test]
fn string_escapes_are_resolved() {
    let text = r#""\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\ude00 é€😀""#;
    assert_eq!(read::<String>(text).as_deref(), Ok("\"\\/\u{8}\u{c}\n\r\té€😀 é€😀"));
    for text in [r#""\x""#, r#""\u12""#, r#""\u12g4""#, r#""\"#, "\"a\nb\"", "\"\u{0}\"", "\"abc", r#""\u+123""#] {
        refuse::<String>(text);
        refuse::<RawJson>(text);
    }
}

#[test]
fn lone_surrogate_becomes_a_replacement_character() {
    for (text, value) in [
        (r#""\ud800""#, "\u{fffd}"),
        (r#""\udc00x""#, "\u{fffd}x"),
        (r#""\ud800\n""#, "\u{fffd}\n"),
        (r#""\ud800\ud83d\ude00""#, "\u{fffd}😀"),
        (r#""\ud800\u0041""#, "\u{fffd}A"),
        (r#""\ud800é""#, "\u{fffd}é"),
    ] {
        assert_eq!(read::<String>(text).as_deref(), Ok(value), "{text}");
    }
}

#[test]
fn written_string_escapes_what_json_demands() {
    assert_eq!(
        json::to_string("a\"b\\c\u{1}\u{1f}\n\u{7f}é\u{2028}😀"),
        "\"a\\\"b\\\\c\\u0001\\u001f\\n\u{7f}é\u{2028}😀\""
    );
}

#[test]
fn special_byte_is_found_at_every_place_of_a_word() {
    for length in 0..20 {
        for special in ["\"", "\\", "\u{1f}", "\n"] {
            for tail in ["", "é", "!\u{20}\u{7f}\u{80}\u{ff}"] {
                let text = format!("{}{special}{tail}", "a".repeat(length));
                let written = json::to_string(text.as_str());
                assert_eq!(serde_json::from_str::<String>(&written).ok().as_deref(), Some(text.as_str()));
                assert_eq!(read::<String>(&written), Ok(text));
            }
        }
    }
}

#[test]
fn option_reads_null_as_none_and_field_tells_the_states_apart() {
    assert_eq!(read::<Option<i64>>("null"), Ok(None));
    assert_eq!(read::<Field<i64>>("null"), Ok(Field::Null));
    assert_eq!(read::<Field<i64>>("1"), Ok(Field::Value(1)));
    assert_eq!(Field::<i64>::default(), Field::Absent);
    refuse::<Option<i64>>("nul");
    refuse::<Option<i64>>("nulL");
    assert_eq!(read::<Vec<Option<i64>>>("[null,1]"), Ok(vec![None, Some(1)]));
    assert_eq!(json::to_string(&vec![None, Some(1)]), "[null,1]");
}

#[test]
fn tuple_passes_over_further_elements_and_refuses_fewer() {
    assert_eq!(read::<(i64, Option<i64>)>("[1,2,{\"a\":[]},4]"), Ok((1, Some(2))));
    assert_eq!(read::<(i64, Option<i64>)>("[1]"), Ok((1, None)));
    refuse::<(i64, i64)>("[1]");
    refuse::<(i64, i64)>("[1,]");
}

#[test]
fn raw_json_is_written_as_it_came() {
    let text = "{ \"b\" : 1.00 ,\t\"a\":[ 1e2,\"\\u0041\"] }";
    check(text, text.parse::<RawJson>().expect("JSON"));
    assert_eq!(format!(" {text} \n").parse::<RawJson>().expect("JSON").get(), text);
    refuse::<RawJson>("{\"a\":1,}");
    refuse::<RawJson>("");
}

#[test]
fn date_time_keeps_its_text() {
    for text in [
        "2013-02-20T19:44:58.123000+00:00",
        "2013-02-20t19:44:58z",
        "2013-02-20 19:44:58",
        "2013-02-20T19:44:58-08:00",
        "2013-02-20",
    ] {
        check(&format!("\"{text}\""), text.parse::<DateTime>().expect(text));
    }
    refuse::<DateTime>("5");
}

#[test]
fn text_that_is_no_date_is_kept_and_has_no_date() {
    for text in ["", "soon", "0000-00-00", "2013-02-30", "2013-02-20T25:00:00Z", "19:44"] {
        assert!(text.parse::<DateTime>().is_err() && text.parse::<Date>().is_err(), "{text}");
        let quoted = format!("\"{text}\"");
        let (date_time, date) = (read::<DateTime>(&quoted).expect(text), read::<Date>(&quoted).expect(text));
        assert_eq!((date_time.civil(), date_time.timestamp(), date.civil()), (None, None, None));
        assert_eq!((json::to_string(&date_time), json::to_string(&date)), (quoted.clone(), quoted));
        assert!(date_time.is_unknown() && date.is_unknown());
    }
}

#[test]
fn file_in_json_is_its_text_and_base64_only_if_it_has_none() {
    let file: File = read(r#""caf\u00e9 =\n""#).expect("a file");
    assert_eq!(file.content().as_bytes().map(|bytes| bytes.to_vec()), Some("caf\u{e9} =\n".as_bytes().to_vec()));
    assert_eq!(json::to_string(&file), "\"caf\u{e9} =\\n\"");
    assert_eq!(json::to_string(&File::from(vec![0xfb, 0xff])), "\"+/8=\"");
}

#[test]
fn date_time_tells_instant_and_offset() {
    let at = |text: &str| text.parse::<DateTime>().expect(text);
    assert_eq!(at("1970-01-01T00:00:10Z").timestamp(), jiff::Timestamp::from_second(10).ok());
    assert_eq!(at("1970-01-01T02:00:10+02:00").timestamp(), jiff::Timestamp::from_second(10).ok());
    assert_eq!(at("1970-01-01T02:00:10+02:00").offset(), Some(jiff::tz::offset(2)));
    assert_eq!(at("1970-01-01T02:00:10").timestamp(), None);
    assert_eq!(at("1970-01-02").civil(), Some(jiff::civil::date(1970, 1, 2).at(0, 0, 0, 0)));
    let now = jiff::Timestamp::from_second(1_700_000_000).expect("an instant");
    assert_eq!(DateTime::from(now).to_string(), "2023-11-14T22:13:20Z");
    assert_eq!(DateTime::from(now), at("2023-11-14T22:13:20Z"));
}

#[test]
fn date_accepts_a_date_time_and_keeps_it() {
    check("\"2024-02-29\"", Date::from(jiff::civil::date(2024, 2, 29)));
    let long: Date = "2024-02-29T10:00:00Z".parse().expect("a date");
    assert_eq!(long.civil(), Some(jiff::civil::date(2024, 2, 29)));
    assert_eq!(long.to_string(), "2024-02-29T10:00:00Z");
}

#[test]
fn base64_reads_every_common_form_and_writes_the_standard_one() {
    check("\"+/8=\"", Base64::from(vec![0xfb, 0xff]));
    for text in ["+/8=", "+/8", "-_8", "-_8=", "+/\\n8="] {
        assert_eq!(read::<Base64>(&format!("\"{text}\"")), Ok(Base64::from(vec![0xfb, 0xff])), "{text}");
    }
    refuse::<Base64>("\"?\"");
    assert_eq!(format!("{:?}", Base64::from(vec![1, 2])), "Base64(2 bytes)");
}

#[test]
fn secret_is_sent_but_never_shown() {
    check("\"hunter2\"", Secret::from("hunter2"));
    let attachment: Attachment = read(r#"{"password":"hunter2"}"#).expect("an attachment");
    let secret = attachment.password.as_ref().expect("a password");
    assert_eq!(secret.expose(), "hunter2");
    assert!(!format!("{attachment:?} {attachment:#?} {secret}").contains("hunter2"));
}

#[test]
fn byte_order_mark_is_passed_over() {
    assert_eq!(json::from_slice::<i64>(b"\xef\xbb\xbf 1"), Ok(1));
}

#[test]
fn input_that_is_not_utf8_is_refused() {
    let error = json::from_slice::<String>(b"\"a\xff\"").expect_err("not UTF-8");
    assert_eq!((error.problem(), error.offset()), (&Problem::InvalidUtf8, 2));
}
