//! Who is let in: whoever knows the token, from a page of this address, with a small request.

use std::io;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, HOST, ORIGIN, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Served;
use crate::numeric::hex;

/// Bytes of a token.
const TOKEN: usize = 16;
/// Most bytes that a message or a body may have.
pub const MOST_BYTES: usize = 1 << 20;

/// A token that nobody guesses.
pub fn token() -> io::Result<String> {
    let mut bytes = [0; TOKEN];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(hex(&bytes))
}

/// An answer in a sentence.
pub fn sentence(status: StatusCode, why: &str) -> Response {
    (status, format!("{why}\n")).into_response()
}

/// Nothing is at this address.
pub async fn nothing_there() -> Response {
    sentence(
        StatusCode::NOT_FOUND,
        "nothing is at this address; the page is at the address that `cogov lab` printed",
    )
}

/// Lets a request in, or says why not.
pub async fn guard(State(served): State<Served>, request: Request, next: Next) -> Response {
    if let Some(refused) = refusal(&served, &request) {
        return refused;
    }
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let mut say = |name: &'static str, value: &'static str| {
        let value = value.parse().expect("a header of its own");
        headers.insert(HeaderName::from_static(name), value);
    };
    say("x-content-type-options", "nosniff");
    say("referrer-policy", "no-referrer");
    say("cache-control", "no-store");
    say("cross-origin-opener-policy", "same-origin");
    say("cross-origin-resource-policy", "same-origin");
    answer
}

fn refusal(served: &Served, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let places = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", served.port));
    let told = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = told(HOST).unwrap_or_default();
    if !places.iter().any(|place| place == host) {
        let why = "this page answers to the address that `cogov lab` printed, not to another host";
        return Some(sentence(StatusCode::MISDIRECTED_REQUEST, why));
    }
    let origin = headers
        .get(ORIGIN)
        .map(|value| value.to_str().unwrap_or_default());
    if origin.is_some_and(|origin| origin != format!("http://{host}")) {
        let why = "this page answers to itself, not to a page of another origin";
        return Some(sentence(StatusCode::FORBIDDEN, why));
    }
    let first = request
        .uri()
        .path()
        .trim_start_matches('/')
        .split('/')
        .next();
    if !is_same(first.unwrap_or_default(), &served.token) {
        let why = "the address lacks its token; take it from the line that `cogov lab` printed";
        return Some(sentence(StatusCode::FORBIDDEN, why));
    }
    refused_body(request.method(), headers)
}

fn refused_body(method: &Method, headers: &HeaderMap) -> Option<Response> {
    let length = headers
        .get(CONTENT_LENGTH)
        .map(|value| value.to_str().unwrap_or_default());
    let length = length.map_or(0, |text| text.parse().unwrap_or(u64::MAX));
    if length > MOST_BYTES as u64 {
        let why = format!("a request may hold at most {MOST_BYTES} bytes");
        return Some(sentence(StatusCode::PAYLOAD_TOO_LARGE, &why));
    }
    let has_body = length > 0 || headers.contains_key(TRANSFER_ENCODING);
    if has_body || !(method == Method::GET || method == Method::HEAD) {
        let why = "this address is only read; what is asked goes over the page's own socket";
        return Some(sentence(StatusCode::METHOD_NOT_ALLOWED, why));
    }
    None
}

/// Whether both are the same, in a time that does not tell where they differ.
fn is_same(given: &str, token: &str) -> bool {
    let (a, b) = (given.as_bytes(), token.as_bytes());
    let differing = a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && differing == 0
}
