//! Whatever is asked wrongly is answered in a sentence, and the server lives.

use std::time::Duration;

use cogov::chance::{Chance, Draw};
use serde_json::{Value, json};

use crate::client::Server;

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

/// The body's last line, which must be a sentence.
fn refused<'a>(answer: &'a str, code: &str) -> &'a str {
    assert_eq!(status(answer), code, "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    assert!(body.trim().contains(' '), "no sentence: {answer}");
    body
}

fn lives(server: &Server) {
    assert_eq!(status(&server.ask("")), "200");
}

#[test]
fn only_a_page_of_this_address_with_the_token_is_let_in() {
    let server = Server::start("guard");
    let host = format!("Host: {}\r\n", server.host());
    let path = format!("/{}/", server.token);
    assert!(refused(&server.get("/", &host), "403").contains("token"));
    let wrong = "0".repeat(server.token.len());
    refused(&server.get(&format!("/{wrong}/"), &host), "403");
    refused(&server.get(&path, "Host: example.org\r\n"), "421");
    refused(&server.get(&path, ""), "421");
    refused(
        &server.get(&path, &format!("{host}Origin: http://example.org\r\n")),
        "403",
    );
    refused(
        &server.get(&path, &format!("{host}Origin: null\r\n")),
        "403",
    );
    for strange in [
        "../",
        "../../etc/passwd",
        "files/../../bench.toml",
        "files/%2e%2e%2fbench.toml",
        "files/bench.toml",
        "nothing",
    ] {
        refused(&server.ask(strange), "404");
    }
    refused(&server.ask("files/effects.csv"), "404");
    refused(&server.ask("live"), "400");
    lives(&server);
}

#[test]
fn the_page_says_what_it_may_load() {
    let server = Server::start("policy");
    let page = server.ask("");
    let policy = page
        .lines()
        .find(|line| line.starts_with("content-security-policy"))
        .unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'self';"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe-inline'")
    );
    assert!(
        page.contains("x-content-type-options: nosniff")
            && page.contains("referrer-policy: no-referrer")
    );
    assert_eq!(status(&server.ask("lab.js")), "200");
    assert_eq!(status(&server.ask("lab.css")), "200");
}

#[test]
fn bodies_are_refused() {
    let server = Server::start("bodies");
    let head = |method: &str, length: usize| {
        format!(
            "{method} /{}/ HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            server.token,
            server.host()
        )
    };
    let mut five = head("POST", 5_000_000).into_bytes();
    five.resize(five.len() + 5_000_000, b'x');
    let answer = server.raw(&five);
    // the answer may be lost where the connection is cut while five megabytes are still sent
    assert!(answer.is_empty() || status(&answer) == "413", "{answer}");
    refused(&server.raw(head("POST", 5_000_000).as_bytes()), "413");
    refused(
        &server.raw(format!("{}ab", head("POST", 2)).as_bytes()),
        "405",
    );
    refused(&server.raw(head("DELETE", 0).as_bytes()), "405");
    let mut page = server.page();
    let _ = page.next("state");
    page.try_say("x".repeat(5_000_000));
    assert!(page.is_closed());
    lives(&server);
    assert_eq!(server.page().next("state")["kind"], "state");
}

/// What makes no sense of settings, and what is said to it.
const NONSENSE: [(fn(&mut Value), &str); 7] = [
    (
        |of| of["policies"][0]["interventions"][0]["course"]["stop"] = json!("2012-09"),
        "stops in 2012-09 but starts in 2013-01",
    ),
    (
        |of| of["policies"][0]["interventions"][0]["course"]["dose"] = json!(-1.0),
        "dose",
    ),
    (
        |of| of["pairs"] = json!(1_000_000_000),
        "from 1 to 1000 pairs",
    ),
    (
        |of| of["policies"][0]["interventions"][0]["target"]["provinces"] = json!([999]),
        "no province number 999",
    ),
    (
        |of| of["values"] = json!({ "sharing.noise": -1.0 }),
        "sharing.noise",
    ),
    (|of| of["values"] = json!({ "sharing.nosie": 1.0 }), "nosie"),
    (
        |of| of["policies"][0]["interventions"][0]["course"]["start"] = json!("yesterday"),
        "yesterday",
    ),
];

#[test]
fn levers_that_make_no_sense_are_refused_in_a_sentence() {
    let server = Server::start("levers");
    let mut page = server.page();
    let state = page.next("state");
    let spoilt = |act: fn(&mut Value)| {
        let mut settings = state["settings"].clone();
        act(&mut settings);
        json!({ "ask": "set", "settings": settings }).to_string()
    };
    for (act, expected) in NONSENSE {
        page.say(spoilt(act));
        let why = page.next("refused")["why"].to_string();
        assert!(why.contains(expected), "{why}");
    }
    for text in ["", "{", "null", r#"{"ask":"delete"}"#, r#"{"ask":"set"}"#] {
        page.say(text);
        assert!(
            page.next("refused")["why"][0]
                .as_str()
                .unwrap()
                .contains("no sense")
        );
    }
    page.say(r#"{"ask":"undo"}"#);
    assert_eq!(page.next("state")["settings"], state["settings"]);
    lives(&server);
}

/// `COGOV_ROUNDS=10000` tries ten thousand.
#[test]
fn random_requests_break_nothing() {
    let server = Server::start("random");
    let chance = Chance::new(29, 0);
    let path = format!("/{}/", server.token);
    let host = server.host();
    let parts = [
        "GET ",
        "POST ",
        &path,
        "live",
        "files/",
        " HTTP/1.1\r\n",
        "Host: ",
        &host,
        "\r\n",
        "\r\n\r\n",
        "Upgrade: websocket\r\n",
        "Content-Length: 99\r\n",
        "..",
        "%00",
        "é",
    ];
    for round in 0..crate::table::rounds(1000) {
        let mut luck = chance.words(Draw::new(961, 0), round, 0);
        let some = 1 + (luck.uniform() * 12.0) as usize;
        let text: String = (0..some)
            .map(|_| parts[(luck.uniform() * parts.len() as f64) as usize])
            .collect();
        let _ = server.hurled(text.as_bytes());
    }
    lives(&server);
}

#[test]
fn settings_with_random_letters_break_nothing() {
    let server = Server::start("spoilt");
    let chance = Chance::new(29, 0);
    let mut page = server.page();
    let state = page.next("state");
    let whole = json!({ "ask": "set", "settings": state["settings"] }).to_string();
    for round in 0..2000 {
        let mut luck = chance.words(Draw::new(961, 1), round, 0);
        let mut bytes: Vec<u8> = whole.bytes().collect();
        for _ in 0..1 + (luck.uniform() * 3.0) as usize {
            let at = (luck.uniform() * bytes.len() as f64) as usize;
            let letters = b"0123456789-eE.\"{}[]:,ax";
            bytes[at] = letters[(luck.uniform() * letters.len() as f64) as usize];
        }
        page.say(String::from_utf8(bytes).unwrap());
        // each is answered, by what stands now or by why not
        while page.hear()["kind"] == "numbers" {
            page.say(r#"{"ask":"ready"}"#);
        }
    }
    lives(&server);
}

#[test]
fn ten_changes_leave_one_running_job() {
    let server = Server::start("changes");
    let mut page = server.page();
    let mut settings = page.next("state")["settings"].clone();
    settings["pairs"] = json!(200);
    for change in 0..10 {
        settings["policies"][0]["interventions"][0]["course"]["dose"] =
            json!(0.1 * f64::from(change));
        page.say(json!({ "ask": "set", "settings": settings }).to_string());
        assert_eq!(page.next("state")["settings"], settings);
    }
    settings["pairs"] = json!(4);
    page.say(json!({ "ask": "set", "settings": settings }).to_string());
    let told = page.done();
    assert_eq!(told["pairs"][1], 4);
    let most = server
        .workshop
        .most
        .load(std::sync::atomic::Ordering::SeqCst);
    assert_eq!(most, 1, "{most} jobs ran at once");
}

#[test]
fn the_page_of_nobody_ends() {
    let (opened, workshop, _) = crate::table::opened("idle");
    let options = cogov::lab::face::ServingOptions {
        port: 0,
        idle: Duration::from_millis(300),
        workshop,
        stop: std::sync::Arc::default(),
    };
    // it would wait for ever if it did not
    cogov::lab::face::serve(opened, &options, |_| {}).unwrap();
}
