//! A small site on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// Answers until the process ends: pages by path.
pub struct Site {
    pub port: u16,
}

type Answer = fn(&str, u16) -> (&'static str, String);

impl Site {
    pub fn serve(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                std::thread::spawn(move || reply(stream, answer, port));
            }
        });
        Self { port }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

fn reply(mut stream: TcpStream, answer: Answer, port: u16) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    lines.by_ref().map_while(Result::ok).find(|line| line.is_empty());
    let path = first.split(' ').nth(1).unwrap_or("/");
    let (kind, body) = answer(path.split('?').next().unwrap_or_default(), port);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// The page of thirty gestures.
pub fn kitchen() -> Site {
    Site::serve(|path, port| match path {
        "/frame" => ("text/html", include_str!("frame.html").to_owned()),
        "/file.csv" => ("text/csv\r\nContent-Disposition: attachment", "a,b\n".to_owned()),
        "/second" => (
            "text/html",
            "<!doctype html><title>Report</title><h1>Report</h1><button>Print</button>".to_owned(),
        ),
        _ => ("text/html", include_str!("kitchen.html").replace("PORT", &port.to_string())),
    })
}
