//! Unions whose members are told apart by numbers and booleans.

use unions_client::types::{Component, Outcome};

/// Reads a text as a union, says what became of it, and demands that it is written as it was.
macro_rules! through {
    ($union:ty, $text:literal) => {{
        let value: $union = serde_json::from_str($text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), $text);
        format!("{value:?}").split('(').next().unwrap_or_default().to_owned()
    }};
}

#[test]
fn a_number_tells_members_apart() {
    assert_eq!(through!(Component, r#"{"label":"Send","type":2}"#), "Button");
    assert_eq!(through!(Component, r#"{"type":3,"label":"Send"}"#), "Select");
    assert_eq!(through!(Component, r#"{"type":5}"#), "Select");
    assert_eq!(through!(Component, r#"{"wide":true,"type":14}"#), "Separator");
}

#[test]
fn another_number_is_kept_as_it_came() {
    assert_eq!(through!(Component, r#"{"type":99,"label":"Send"}"#), "Unknown");
}

#[test]
fn a_boolean_tells_members_apart() {
    assert_eq!(through!(Outcome, r#"{"value":"a","ok":true}"#), "Done");
    assert_eq!(through!(Outcome, r#"{"value":"a","ok":false}"#), "Failed");
}
