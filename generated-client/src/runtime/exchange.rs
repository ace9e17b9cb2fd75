//! One request on the wire and the redirects that it leads to.

use http::Uri;
use http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderMap, LOCATION, RANGE, USER_AGENT};

use super::body::{Body, BodyStream};
use super::transport::{Deadline, Transport, TransportError};
use super::url;

/// How many redirects are followed.
const REDIRECTS: u32 = 10;

/// A response, and the URL that gave it.
pub(crate) struct Arrived {
    pub(crate) response: http::Response<BodyStream>,
    pub(crate) url: Uri,
}

/// Sends one request and follows redirects, of reads only.
pub(crate) async fn exchange(
    transport: &dyn Transport,
    deadline: Deadline,
    mut request: http::Request<Body>,
) -> Result<Arrived, TransportError> {
    let mut redirects = 0;
    loop {
        let url = request.uri().clone();
        let again = is_read(&request).then(|| request.clone());
        let left = deadline.left(transport);
        let response = deadline.cover(transport, transport.send(request, left)).await?;
        match again.and_then(|again| Some((again, target(&url, &response)?))) {
            Some((again, target)) if redirects < REDIRECTS => {
                redirects += 1;
                request = redirected(again, target);
            }
            _ => return Ok(Arrived { response, url }),
        }
    }
}

fn is_read(request: &http::Request<Body>) -> bool {
    let reads = *request.method() == http::Method::GET || *request.method() == http::Method::HEAD;
    reads && request.body().length() == Some(0)
}

/// Where a redirect leads, if it is one that may be followed. It never leaves encryption.
fn target(url: &Uri, response: &http::Response<BodyStream>) -> Option<Uri> {
    let followed = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| followed)?;
    let target = url::resolve(url, std::str::from_utf8(location.as_bytes()).ok()?)?;
    let downgrade = url::Origin::of(url).is_encrypted() && !url::Origin::of(&target).is_encrypted();
    (!downgrade).then_some(target)
}

fn redirected(mut request: http::Request<Body>, target: Uri) -> http::Request<Body> {
    if url::Origin::of(request.uri()) != url::Origin::of(&target) {
        *request.headers_mut() = harmless(request.headers());
    }
    *request.uri_mut() = target;
    request
}

/// The headers that another origin may see: any other one may be a credential, also one that the user has set.
fn harmless(headers: &HeaderMap) -> HeaderMap {
    let names = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, RANGE, USER_AGENT];
    names.into_iter().filter_map(|name| headers.get(&name).cloned().map(|value| (name, value))).collect()
}
