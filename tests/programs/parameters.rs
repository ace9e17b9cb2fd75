//! Parameters on a real socket: the tables of OpenAPI ("Style Examples"), the examples of RFC 6570 and what is beyond both.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use parameters_client::api::methods::Methods;
use parameters_client::api::styles::Header;
use parameters_client::types::{Color, Keys, Nested, NestedDeep, NestedDeepDeeper};
use parameters_client::{Client, Error, Operation, Request};
use programs::block_on;
use programs::server::{Server, reply};

/// The request as both transports send it.
fn request<O: Operation>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    let nothing = || reply("204 No Content", &[], "");
    let server = Server::start([nothing(), nothing()]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    for error in [block_on(call(&client).send()).err(), call(&client).send_blocking().err()].into_iter().flatten() {
        panic!("{error}");
    }
    let requests = server.requests();
    assert_eq!(requests[0], requests[1], "the transports differ");
    requests[0].clone()
}

/// Path and query.
fn target<O: Operation>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    request(call).split(' ').nth(1).unwrap().to_owned()
}

fn query<O: Operation>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    target(call).split_once('?').map_or("-", |(_, query)| query).to_owned()
}

/// A header, by its name in lower case.
fn header<O: Operation>(name: &str, call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    let request = request(call);
    let line = request.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or("-").to_owned()
}

fn color() -> Color {
    Color::new(100, 200, 150)
}

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
}

#[test]
fn path_styles_of_a_string() {
    let b = "blue";
    assert_eq!(
        target(|c| c.styles().path_string(b, b, b, b, b, b)),
        "/styles/path/string/blue/blue/.blue/.blue/;matrix=blue/;matrixx=blue/end"
    );
}

#[test]
fn path_styles_of_an_array() {
    assert_eq!(
        target(|c| c.styles().path_array(list(), list(), list(), list(), list(), list())),
        "/styles/path/array/blue,black,brown/blue,black,brown/.blue,black,brown/.blue.black.brown\
         /;matrix=blue,black,brown/;matrixx=blue;matrixx=black;matrixx=brown/end"
    );
}

#[test]
fn path_styles_of_an_object() {
    assert_eq!(
        target(|c| c.styles().path_object(color(), color(), color(), color(), color(), color())),
        "/styles/path/object/R,100,G,200,B,150/R=100,G=200,B=150/.R,100,G,200,B,150/.R=100.G=200.B=150\
         /;matrix=R,100,G,200,B,150/;R=100;G=200;B=150/end"
    );
}

#[test]
fn query_styles_of_a_string() {
    assert_eq!(query(|c| c.styles().query_string().form_param("blue").joined("blue")), "form=blue&joined=blue");
    assert_eq!(query(|c| c.styles().query_string().form_param("").joined("")), "form=&joined=");
    assert_eq!(query(|c| c.styles().query_string()), "-");
}

#[test]
fn query_styles_of_an_array() {
    assert_eq!(
        query(|c| {
            let call = c.styles().query_array().form_param(list()).joined(list()).space(list());
            call.spacex(list()).pipe(list()).pipex(list())
        }),
        "form=blue&form=black&form=brown&joined=blue,black,brown&space=blue%20black%20brown\
         &spacex=blue&spacex=black&spacex=brown&pipe=blue%7Cblack%7Cbrown&pipex=blue&pipex=black&pipex=brown"
    );
    assert_eq!(query(|c| c.styles().query_array().form_param(Vec::<String>::new()).joined([""; 0])), "-");
}

#[test]
fn query_styles_of_an_object() {
    assert_eq!(query(|c| c.styles().query_object().form_param(color())), "R=100&G=200&B=150");
    assert_eq!(
        query(|c| c.styles().query_object().joined(color()).space(color()).pipe(color()).deep(color())),
        "joined=R,100,G,200,B,150&space=R%20100%20G%20200%20B%20150&pipe=R%7C100%7CG%7C200%7CB%7C150\
         &deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150"
    );
}

#[test]
fn header_styles() {
    fn every(c: &Client) -> Request<'_, Header> {
        let call = c.styles().header().x_string("a b/%").x_stringx("blue").x_array(list());
        call.x_arrayx(list()).x_object(color()).x_objectx(color())
    }
    for (name, expected) in [
        ("x-string", "a b/%"),
        ("x-stringx", "blue"),
        ("x-array", "blue,black,brown"),
        ("x-arrayx", "blue,black,brown"),
        ("x-object", "R,100,G,200,B,150"),
        ("x-objectx", "R=100,G=200,B=150"),
    ] {
        assert_eq!(header(name, every), expected, "{name}");
    }
}

#[test]
fn cookie_styles() {
    let form = header("cookie", |c| {
        let call = c.styles().cookie().form_string("a b;").form_stringx("blue").form_array(list());
        call.form_arrayx(list()).form_object(color()).form_objectx(color())
    });
    assert_eq!(
        form,
        "form_string=a%20b%3B; form_stringx=blue; form_array=blue,black,brown; form_arrayx=blue; form_arrayx=black; \
         form_arrayx=brown; form_object=R,100,G,200,B,150; R=100; G=200; B=150"
    );
    let plain = header("cookie", |c| {
        let call = c.styles().cookie().cookie_string("a b/%").cookie_stringx("blue").cookie_array(list());
        call.cookie_arrayx(list()).cookie_object(color()).cookie_objectx(color())
    });
    assert_eq!(
        plain,
        "cookie_string=a b/%; cookie_stringx=blue; cookie_array=blue,black,brown; cookie_arrayx=blue; \
         cookie_arrayx=black; cookie_arrayx=brown; cookie_object=R,100,G,200,B,150; R=100; G=200; B=150"
    );
}

#[test]
fn styles_that_are_not_written_are_the_default_of_their_place() {
    let request = request(|c| {
        c.styles().defaults(list()).query_param(["a", "b"]).x_header(list()).cookie_param(list())
    });
    assert!(request.starts_with("GET /styles/defaults/blue,black,brown?query=a&query=b HTTP/1.1\n"), "{request}");
    assert!(request.contains("\ncookie: cookie=blue; cookie=black; cookie=brown\n"), "{request}");
    assert!(request.contains("\nx-header: blue,black,brown\n"), "{request}");
}

fn colors() -> Vec<String> {
    ["red", "green", "blue"].map(str::to_owned).to_vec()
}

fn keys() -> Keys {
    Keys::new(";", ".", ",")
}

#[test]
fn examples_of_rfc_6570_in_a_path() {
    assert_eq!(
        target(|c| c.rfc().simple("value", "Hello World!", "50%", colors(), colors(), keys(), keys())),
        "/rfc/simple/value/Hello%20World%21/50%25/red,green,blue/red,green,blue\
         /semi,%3B,dot,.,comma,%2C/semi=%3B,dot=.,comma=%2C"
    );
    assert_eq!(
        target(|c| c.rfc().reserved("value", "Hello World!", "50%", "/foo/bar", colors(), keys(), keys())),
        "/rfc/reserved/value/Hello%20World!/50%25/here/foo/bar/red,green,blue/semi,;,dot,.,comma,,/semi=;,dot=.,comma=,"
    );
    assert_eq!(
        target(|c| c.rfc().label("fred", "50%", colors(), colors(), keys(), keys())),
        "/rfc/label/X.fred/X.50%25/X.red,green,blue/X.red.green.blue\
         /X.semi,%3B,dot,.,comma,%2C/X.semi=%3B.dot=..comma=%2C"
    );
    assert_eq!(
        target(|c| c.rfc().matrix("fred", "50%", "", colors(), colors(), keys(), keys())),
        "/rfc/matrix/;who=fred/;half=50%25/;empty/;list=red,green,blue/;listx=red;listx=green;listx=blue\
         /;keys=semi,%3B,dot,.,comma,%2C/;semi=%3B;dot=.;comma=%2C"
    );
}

#[test]
fn examples_of_rfc_6570_in_a_query() {
    assert_eq!(
        query(|c| {
            let call = c.rfc().form().who("fred").half("50%").x(1024).empty("").list(colors()).listx(colors());
            call.keys(keys()).keysx(keys())
        }),
        "who=fred&half=50%25&x=1024&empty=&list=red,green,blue&listx=red&listx=green&listx=blue\
         &keys=semi,%3B,dot,.,comma,%2C&semi=%3B&dot=.&comma=%2C"
    );
}

#[test]
fn deep_objects_nest() {
    let deeper = NestedDeepDeeper::new().a_b("x&y");
    let nested = Nested::new()
        .color(Color::new(1, 2, 3))
        .list(vec!["a".to_owned(), "b".to_owned()])
        .deep(NestedDeep::new().deeper(deeper))
        .rows(vec![Color::new(4, 5, 6)]);
    assert_eq!(
        query(|c| c.values().nested().filter(nested.clone())),
        "filter%5Bcolor%5D%5BR%5D=1&filter%5Bcolor%5D%5BG%5D=2&filter%5Bcolor%5D%5BB%5D=3\
         &filter%5Blist%5D%5B%5D=a&filter%5Blist%5D%5B%5D=b&filter%5Bdeep%5D%5Bdeeper%5D%5Ba%20b%5D=x%26y\
         &filter%5Brows%5D%5B0%5D%5BR%5D=4&filter%5Brows%5D%5B0%5D%5BG%5D=5&filter%5Brows%5D%5B0%5D%5BB%5D=6"
    );
}

#[test]
fn reserved_characters_stay_only_where_the_document_says_so() {
    let text = "a b+c/d?e=f:g@h,i";
    assert_eq!(
        query(|c| c.values().reserved().plain(text).raw(text).rawlist([text, "%20%"])),
        "plain=a%20b%2Bc%2Fd%3Fe%3Df%3Ag%40h%2Ci&raw=a%20b+c/d?e=f:g@h,i&rawlist=a%20b+c/d?e=f:g@h,i,%20%25"
    );
    assert_eq!(header("cookie", |c| c.values().reserved().raw_cookie("a/b c")), "raw_cookie=a/b%20c");
}

#[test]
fn parameters_that_may_be_empty_can_be_sent_without_a_value() {
    assert_eq!(
        query(|c| {
            let call = c.values().empty(None).flag(None).count(None).text_param("").tags([""; 0]);
            call.object(None)
        }),
        "must=&flag=&count=&text=&tags=&object="
    );
    assert_eq!(
        query(|c| c.values().empty(7).flag(true).count(3).tags(["a"]).object(color())),
        "must=7&flag=true&count=3&tags=a&R=100&G=200&B=150"
    );
    assert_eq!(query(|c| c.values().empty(7)), "must=7");
}

#[test]
fn values_of_every_type_are_texts() {
    use parameters_client::api::values::{TypesColor, TypesColors, TypesEither, TypesLevel};
    assert_eq!(
        query(|c| {
            let call = c.values().types().flag(true).small(-3).large(i64::MAX).number(0.5);
            let call = call.uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6".parse().unwrap());
            let call = call.day("2026-03-04".parse().unwrap()).time("2026-03-04T05:06:07+01:00".parse().unwrap());
            let call = call.color(TypesColor::DarkBlue).level(TypesLevel::N2);
            let call = call.colors([TypesColors::Red, TypesColors::DarkBlue]);
            call.either(TypesEither::String("x y".to_owned())).nothing("z")
        }),
        "flag=true&small=-3&large=9223372036854775807&number=0.5&uuid=f81d4fae-7dec-11d0-a765-00a0c91e6bf6\
         &day=2026-03-04&time=2026-03-04T05%3A06%3A07%2B01%3A00&color=dark%20blue&level=2\
         &colors=red&colors=dark%20blue&either=x%20y&nothing=z"
    );
}

#[test]
fn parameters_with_content_are_documents() {
    let request = request(|c| {
        let call = c.values().content(color()).query_param(color()).string("a").text_param("a \"b\"");
        call.x_content(color()).cookie_param(color())
    });
    let encoded = "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
    let line = format!("GET /values/content/{encoded}?query={encoded}&string=%22a%22&text=a%20%22b%22 HTTP/1.1\n");
    assert!(request.starts_with(&line), "{request}");
    assert!(request.contains(&format!("\ncookie: cookie={encoded}\n")), "{request}");
    assert!(request.contains("\nx-content: {\"R\":100,\"G\":200,\"B\":150}\n"), "{request}");
}

#[test]
fn a_whole_query_is_a_form_json_or_text() {
    use parameters_client::api::values::{EncodedFormAll, WholeFormAll, WholeJsonAll};
    let form = WholeFormAll::new().foo("a + b").bar(true).list(vec![1, 2]);
    assert_eq!(query(|c| c.values().whole_form(form.clone())), "foo=a+%2B+b&bar=true&list=1&list=2");
    let encoded = EncodedFormAll::new().ids(vec![1, 2]).filter(color());
    assert_eq!(
        query(|c| c.values().encoded_form(encoded.clone())),
        "ids=1,2&filter%5BR%5D=100&filter%5BG%5D=200&filter%5BB%5D=150"
    );
    let json = WholeJsonAll::new().numbers(vec![1, 2]).flag(true);
    assert_eq!(
        query(|c| c.values().whole_json().all(json.clone())),
        "%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Atrue%7D"
    );
    assert_eq!(query(|c| c.values().whole_text().all("$.a.b[1:1]")), "%24.a.b%5B1%3A1%5D");
}

#[test]
fn a_parameter_of_the_operation_replaces_that_of_its_path() {
    assert_eq!(target(|c| c.values().overridden("i").kept("k").changed([1, 2])), "/values/overridden/i?kept=k&changed=1,2");
}

#[test]
fn parameters_may_have_any_name_also_twice() {
    let request = request(|c| {
        let call = c.values().parameter_names("t", "path", "s").id_query("query").id_header("header").id("cookie");
        let call = call.client("c").body("b").query_param("q").header_parameter("h").timeout_param("1");
        call.filter("f").x(["1", "2"]).a_b_and_c("d").größe("ä").request_body("text")
    });
    let line = "GET /values/names/t/path?self=s&id=query&client=c&body=b&query=q&header=h&timeout=1&%24filter=f\
                &x%5B%5D=1&x%5B%5D=2&a%20b%26c=d&gr%C3%B6%C3%9Fe=%C3%A4 HTTP/1.1\n";
    assert!(request.starts_with(line), "{request}");
    assert!(request.contains("\ncookie: id=cookie\n") && request.contains("\nid: header\n"), "{request}");
    assert!(request.ends_with("\n\ntext"), "{request}");
}

#[test]
fn a_literal_path_is_escaped_and_its_fragment_is_not_sent() {
    assert_eq!(target(|c| c.values().literal_path("a/b").q("x")), "/values/literal%20(old)/%C3%BC/a%2Fb?q=x");
}

#[test]
fn a_brace_around_no_name_stands_for_itself() {
    assert_eq!(target(|c| c.values().braces("a b", "c")), "/values/%7Bofa%20b%7D/cx");
}

#[test]
fn a_slash_in_the_name_of_a_path_parameter_is_part_of_the_name() {
    assert_eq!(target(|c| c.values().named("a b")), "/values/a%20b/tail");
}

#[test]
fn a_path_parameter_that_would_change_the_path_is_refused() {
    let client = Client::builder().build().unwrap();
    for value in ["", ".", ".."] {
        let error = client.values().overridden(value).into_http().unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{value}: {error:?}");
    }
}

#[test]
fn every_method_is_sent() {
    fn line<O: Operation>(call: impl for<'c> Fn(Methods<'c>) -> Request<'c, O>) -> String {
        request(|c| call(c.methods())).lines().next().unwrap().to_owned()
    }
    for (found, expected) in [
        (line(|m| m.do_get()), "GET"),
        (line(|m| m.do_put()), "PUT"),
        (line(|m| m.do_post()), "POST"),
        (line(|m| m.do_delete()), "DELETE"),
        (line(|m| m.do_options()), "OPTIONS"),
        (line(|m| m.do_head()), "HEAD"),
        (line(|m| m.do_patch()), "PATCH"),
        (line(|m| m.do_trace()), "TRACE"),
        (line(|m| m.do_query()), "QUERY"),
        (line(|m| m.do_purge()), "PURGE"),
    ] {
        assert_eq!(found, format!("{expected} /methods HTTP/1.1"));
    }
    assert_eq!(line(|m| m.referenced()), "GET /methods/reference HTTP/1.1");
}
