//! Types of other crates that a description chooses.

use std::net::Ipv4Addr;
use std::num::{NonZeroU16, NonZeroU32};

use types_of_other_crates_client::types::{Host, HostRoute};

#[test]
fn what_is_read_is_written() {
    let text = r#"{"address":"10.0.0.1","weight":3,"port":80,"others":["10.0.0.2"],"gateway":null,"route":"10.0.0.3"}"#;
    let host: Host = serde_json::from_str(text).unwrap();
    let weight: NonZeroU32 = host.weight;
    let port: Option<NonZeroU16> = host.port;
    assert_eq!((host.address, weight.get(), port.unwrap().get()), (Ipv4Addr::new(10, 0, 0, 1), 3, 80));
    assert!(matches!(host.route, Some(HostRoute::Address(address)) if address == Ipv4Addr::new(10, 0, 0, 3)));
    assert_eq!(serde_json::to_string(&host).unwrap(), text);
    let rounded: Host = serde_json::from_str(r#"{"address":"10.0.0.1","weight":3.0,"route":7}"#).unwrap();
    assert_eq!(serde_json::to_string(&rounded).unwrap(), r#"{"address":"10.0.0.1","weight":3,"route":7}"#);
}

#[test]
fn another_text_is_an_error_with_its_place() {
    for (text, place) in
        [(r#"{"address":"x","weight":3}"#, "$.address"), (r#"{"address":"10.0.0.1","weight":0}"#, "$.weight")]
    {
        let said = serde_json::from_str::<Host>(text).unwrap_err().to_string();
        assert!(said.contains(place), "{said}");
    }
}
