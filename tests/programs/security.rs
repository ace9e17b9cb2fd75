//! Credentials on a real socket: which ones a request shows, and where.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::time::Duration;

use programs::block_on;
use programs::server::{Script, Server, json, reply};
use security_client::{
    ApiKey, Basic, Bearer, Body, BodyStream, BoxFuture, Client, ClientBuilder, Error, Operation, ReqwestTransport, Request,
    Transport, TransportError,
};

/// The request of a client with these credentials.
fn sent<O: Operation>(
    credentials: impl Fn(ClientBuilder) -> ClientBuilder,
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
) -> String {
    let nothing = || reply("204 No Content", &[], "");
    let server = Server::start([nothing(), nothing()]);
    let client = credentials(Client::builder().base_url(&server.url)).build().unwrap();
    for error in [block_on(call(&client).send()).err(), call(&client).send_blocking().err()].into_iter().flatten() {
        panic!("{error}");
    }
    let requests = server.requests();
    assert_eq!(requests[0], requests[1], "the transports differ");
    requests[0].replace("accept: application/json\n", "").replace("user-agent: security-client/0.1.0\n", "")
}

/// What a client without the right credentials is told; nothing is sent.
fn refused<O: Operation>(
    credentials: impl Fn(ClientBuilder) -> ClientBuilder,
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
) -> String {
    let server = Server::start([]);
    let client = credentials(Client::builder().base_url(&server.url)).build().unwrap();
    let Err(Error::Auth(error)) = block_on(call(&client).send()) else { panic!("it was sent") };
    assert!(server.requests().is_empty());
    error.to_string()
}

#[test]
fn each_scheme_has_its_place() {
    let key = || ApiKey::new("k &");
    assert_eq!(
        sent(|b| b.basic(Basic::new("u", "p:w")), |c| c.one().basic()),
        "GET /one/basic HTTP/1.1\nauthorization: Basic dTpwOnc=\n\n"
    );
    assert_eq!(
        sent(|b| b.token(Bearer::new("t")), |c| c.one().bearer()),
        "GET /one/bearer HTTP/1.1\nauthorization: Bearer t\n\n"
    );
    assert_eq!(sent(|b| b.key(key()), |c| c.one().header()), "GET /one/header HTTP/1.1\nx-key: k &\n\n");
    assert_eq!(sent(|b| b.query(key()), |c| c.one().query()), "GET /one/query?key=k%20%26 HTTP/1.1\n\n");
    assert_eq!(
        sent(|b| b.cookie(key()), |c| c.one().cookie().seen("1")),
        "GET /one/cookie HTTP/1.1\ncookie: seen=1; session=k%20%26\n\n"
    );
    assert_eq!(
        sent(|b| b.digest(ApiKey::new("username=\"u\"")), |c| c.one().digest()),
        "GET /one/digest HTTP/1.1\nauthorization: digest username=\"u\"\n\n"
    );
    assert_eq!(
        sent(|b| b.open_id(Bearer::new("t")), |c| c.one().openid()),
        "GET /one/openid HTTP/1.1\nauthorization: Bearer t\n\n"
    );
}

#[test]
fn alternatives_are_tried_in_order_and_each_has_all_its_schemes() {
    let default = |c: &Client| c.default().get().into_http().map(|request| format!("{:?}", request.uri())).is_ok();
    let build = |b: ClientBuilder| b.build().unwrap();
    assert!(default(&build(Client::builder().key("k"))));
    assert!(!default(&build(Client::builder().token(Bearer::new("t")))), "the tenant is missing");
    let both = |b: ClientBuilder| b.token(Bearer::new("t")).tenant("n");
    assert_eq!(sent(both, |c| c.default().get()), "GET /default HTTP/1.1\nauthorization: Bearer t\nx-tenant: n\n\n");
    let all = |b: ClientBuilder| both(b).key("k");
    assert_eq!(sent(all, |c| c.default().get()), "GET /default HTTP/1.1\nx-key: k\n\n", "the first one is enough");
    assert_eq!(
        refused(|b| b, |c| c.default().get()),
        "no credential was given for `Key` or `Token` and `Tenant`"
    );
}

#[test]
fn an_operation_has_its_own_requirements_or_none() {
    let key = |b: ClientBuilder| b.key("k").basic(Basic::new("u", "p"));
    assert_eq!(sent(key, |c| c.open().get()), "GET /open HTTP/1.1\n\n");
    assert_eq!(sent(|b| b, |c| c.optional().get()), "GET /optional HTTP/1.1\n\n");
    assert_eq!(sent(key, |c| c.optional().get()), "GET /optional HTTP/1.1\nauthorization: Basic dTpw\n\n");
    assert_eq!(sent(|b| b.open_id(Bearer::new("t")), |c| c.other().get()), "GET /other HTTP/1.1\nauthorization: Bearer t\n\n");
}

#[test]
fn a_call_may_have_its_own_credential() {
    assert_eq!(
        sent(|b| b.key("k"), |c| c.one().header().credentials(ApiKey::new("mine"))),
        "GET /one/header HTTP/1.1\nx-key: mine\n\n"
    );
}

#[test]
fn a_client_certificate_is_the_matter_of_the_transport() {
    assert_eq!(refused(|b| b.key("k"), |c| c.one().certificate()), "no credential was given for `Cert` and `Key`");
    assert_eq!(sent(|b| b.cert().key("k"), |c| c.one().certificate()), "GET /one/certificate HTTP/1.1\nx-key: k\n\n");
}

fn token(name: &str) -> Script {
    json("200 OK", &format!("{{\"access_token\":\"{name}\",\"expires_in\":3600,\"refresh_token\":\"next\"}}"))
}

/// A server for tokens and operations alike: the requests, by their first line, authorization and body.
fn with_tokens(script: Vec<Script>, run: impl AsyncFnOnce(&Server)) -> Vec<String> {
    let server = Server::start(script);
    block_on(run(&server));
    let requests = server.requests();
    let short = |request: &String| {
        let authorization = request.lines().find_map(|line| line.strip_prefix("authorization: ")).unwrap_or("-");
        let (head, body) = request.split_once("\n\n").unwrap();
        format!("{} | {authorization} | {body}", head.lines().next().unwrap())
    };
    requests.iter().map(short).collect()
}

fn done() -> Script {
    reply("204 No Content", &[], "")
}

/// Leads every request to a server on loopback, and says for whom it was.
struct ToLoopback {
    url: String,
    through: ReqwestTransport,
}

impl Transport for ToLoopback {
    fn send(
        &self,
        mut request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let meant = request.uri().to_string().replace("https://", "/");
        *request.uri_mut() = format!("{}{meant}", self.url).parse().unwrap();
        self.through.send(request, deadline)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.through.sleep(duration)
    }
}

#[test]
fn tokens_for_the_client_itself_are_got_once_with_the_scopes_that_operations_need() {
    let requests = with_tokens(vec![token("t1"), done(), done()], async |server| {
        let transport = ToLoopback { url: server.url.clone(), through: ReqwestTransport::new().unwrap() };
        let builder = Client::builder().oauth_client_credentials("id", "s c").transport(transport);
        let client = builder.build().unwrap();
        client.one().oauth().await.unwrap();
        client.one().oauth().await.unwrap();
    });
    assert_eq!(
        requests,
        [
            "POST /auth.example.com/token HTTP/1.1 | Basic aWQ6cyUyMGM= | grant_type=client_credentials&scope=read%20write",
            "POST /api.example.com/v1/one/oauth HTTP/1.1 | Bearer t1 | ",
            "POST /api.example.com/v1/one/oauth HTTP/1.1 | Bearer t1 | ",
        ]
    );
}

#[test]
fn a_refresh_token_is_changed_for_access_tokens_and_renewed_after_a_refusal() {
    let script = vec![token("t1"), reply("401 Unauthorized", &[], ""), token("t2"), done()];
    let requests = with_tokens(script, async |server| {
        let builder = Client::builder().base_url(&server.url);
        let client = builder.users_refresh_token(format!("{}/refresh", server.url), "id", "first").build().unwrap();
        client.one().users().await.unwrap();
    });
    assert_eq!(
        requests,
        [
            "POST /refresh HTTP/1.1 | - | grant_type=refresh_token&refresh_token=first&client_id=id",
            "GET /one/users HTTP/1.1 | Bearer t1 | ",
            "POST /refresh HTTP/1.1 | - | grant_type=refresh_token&refresh_token=next&client_id=id",
            "GET /one/users HTTP/1.1 | Bearer t2 | ",
        ]
    );
}

#[test]
fn a_provider_of_your_own_is_asked_for_each_request() {
    use security_client::{AuthError, Secret, TokenProvider};
    struct Counter(std::sync::atomic::AtomicU32);
    impl TokenProvider for Counter {
        fn token<'a>(&'a self, _: &'a dyn Transport) -> BoxFuture<'a, Result<Secret, AuthError>> {
            let number = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Box::pin(async move { Ok(Secret::new(format!("t{number}"))) })
        }
    }
    let requests = with_tokens(vec![done(), done()], async |server| {
        let provider = Bearer::provider(Counter(0.into()));
        let client = Client::builder().base_url(&server.url).token(provider).build().unwrap();
        client.one().bearer().await.unwrap();
        client.one().bearer().await.unwrap();
    });
    assert_eq!(requests, ["GET /one/bearer HTTP/1.1 | Bearer t0 | ", "GET /one/bearer HTTP/1.1 | Bearer t1 | "]);
}
