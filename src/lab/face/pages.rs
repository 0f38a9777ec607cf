//! The page and what it loads; files of results by names of a fixed list.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::Served;
use super::guard::{nothing_there, sentence};
use crate::output::figures::script;
use crate::output::folder::{Kind, files};
use crate::output::report;
use crate::output::report::live;

/// The page.
pub async fn page(State(served): State<Served>) -> Response {
    let policy = live::content_policy(served.port);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, live::FRAME).into_response()
}

/// Its style.
pub async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], live::style()).into_response()
}

/// Its script.
pub async fn script() -> Response {
    javascript(live::script())
}

/// The script that draws.
pub async fn plotly() -> Response {
    javascript(script::plotly().to_owned())
}

fn javascript(text: String) -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}

/// A file of the results that were written last.
pub async fn file(
    State(served): State<Served>,
    Path((_, name)): Path<(String, String)>,
) -> Response {
    let known = files(Kind::Policies).chain([report::NAME]);
    let Some(name) = known.into_iter().find(|known| *known == name) else {
        return nothing_there().await;
    };
    let path = served.workshop.results.join(name);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
    let kind = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "text/csv; charset=utf-8",
    };
    match read {
        Ok(Ok(bytes)) => ([(CONTENT_TYPE, kind)], bytes).into_response(),
        _ => sentence(
            StatusCode::NOT_FOUND,
            "results have not been written yet; ask the page for them",
        ),
    }
}
