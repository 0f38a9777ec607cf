//! A client of the page on the loopback address: raw requests, and a page's socket.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use cogov::lab::face::{ServingOptions, serve};
use cogov::lab::job::Workshop;
use cogov::lab::opened::Opened;
use serde_json::Value;
use tungstenite::handshake::client::generate_key;
use tungstenite::http::Request;
use tungstenite::{Message, WebSocket};

use crate::table::opened;

/// A server of the small scenario; it ends with the test.
pub struct Server {
    pub port: u16,
    pub token: String,
    pub workshop: Workshop,
    pub home: PathBuf,
    stop: Arc<AtomicBool>,
    hand: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start(test: &str) -> Self {
        let (opened, workshop, home) = opened(test);
        Self::serve(opened, workshop, home)
    }

    /// A server of what was opened, whose scenario lies in the folder `home`.
    pub fn serve(opened: Opened, workshop: Workshop, home: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let options = ServingOptions {
            port: 0,
            idle: Duration::from_secs(600),
            workshop: workshop.clone(),
            stop: Arc::clone(&stop),
        };
        let (told, address) = std::sync::mpsc::channel();
        let hand = std::thread::spawn(move || {
            serve(opened, &options, |address| {
                told.send(address.to_owned()).unwrap();
            })
            .unwrap();
        });
        let address = address.recv().unwrap();
        let rest = address.strip_prefix("http://127.0.0.1:").unwrap();
        let (port, token) = rest.trim_end_matches('/').split_once('/').unwrap();
        Self {
            port: port.parse().unwrap(),
            token: token.into(),
            workshop,
            home,
            stop,
            hand: Some(hand),
        }
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The answer to raw bytes of a client that is gone once it has sent them, if there is one.
    pub fn hurled(&self, bytes: &[u8]) -> String {
        self.sent(bytes, true)
    }

    /// The answer to raw bytes; empty where there is none.
    pub fn raw(&self, bytes: &[u8]) -> String {
        self.sent(bytes, false)
    }

    fn sent(&self, bytes: &[u8], gone: bool) -> String {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        // the server may close before it has heard all
        let _ = stream.write_all(bytes);
        if gone {
            let _ = stream.shutdown(std::net::Shutdown::Write);
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a request with these header lines.
    pub fn get(&self, path: &str, headers: &str) -> String {
        self.raw(format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    }

    /// The answer to a request of a page of this address.
    pub fn ask(&self, path: &str) -> String {
        self.get(
            &format!("/{}/{path}", self.token),
            &format!("Host: {}\r\n", self.host()),
        )
    }

    /// The page's socket.
    pub fn page(&self) -> Page {
        Page::open(&self.host(), &self.token)
    }
}

impl Page {
    /// The socket of a page of the server at `host`.
    pub fn open(host: &str, token: &str) -> Self {
        let stream = TcpStream::connect(host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let request = Request::builder()
            .uri(format!("ws://{host}/{token}/live"))
            .header("Host", host)
            .header("Origin", format!("http://{host}"))
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", generate_key())
            .body(())
            .unwrap();
        Self(tungstenite::client(request, stream).unwrap().0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let ended = self.hand.take().unwrap().join();
        assert!(
            ended.is_ok() || std::thread::panicking(),
            "the server broke down"
        );
    }
}

/// An open page.
pub struct Page(WebSocket<TcpStream>);

impl Page {
    pub fn say(&mut self, text: impl Into<String>) {
        self.0.send(Message::text(text.into())).unwrap();
    }

    /// Says what a socket may refuse to take.
    pub fn try_say(&mut self, text: String) -> bool {
        self.0.send(Message::text(text)).is_ok()
    }

    pub fn hear(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.0.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// The next that is told of this kind; numbers on the way are drawn.
    pub fn next(&mut self, kind: &str) -> Value {
        loop {
            let told = self.hear();
            if told["kind"] == "numbers" {
                self.say(r#"{"ask":"ready"}"#);
            }
            if told["kind"] == kind {
                return told;
            }
        }
    }

    /// Numbers once all is done.
    pub fn done(&mut self) -> Value {
        loop {
            let told = self.next("numbers");
            assert_eq!(told["failed"], Value::Null);
            if told["done"] == true {
                return told;
            }
        }
    }

    /// Ends the connection without a word.
    pub fn cut(self) {
        let _ = self.0.get_ref().shutdown(std::net::Shutdown::Both);
    }

    /// Whether the server has closed.
    pub fn is_closed(&mut self) -> bool {
        loop {
            match self.0.read() {
                Ok(Message::Close(_)) | Err(_) => return true,
                Ok(_) => {}
            }
        }
    }
}
