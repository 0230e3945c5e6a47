//! One WebSocket to the browser or to a page: commands out, replies and events in.

use super::BrowserError;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

/// A screenshot of a long page is one message.
const LARGEST_MESSAGE: usize = 512 << 20;

/// An open connection.
pub(super) struct Connection {
    socket: WebSocket<TcpStream>,
    last_id: u64,
}

/// What comes in.
pub(super) enum Incoming {
    /// The answer to a command.
    Reply {
        /// Number of the command.
        id: u64,
        /// Its result, or the browser's words on why not.
        result: Result<Value, String>,
    },
    /// Something happened.
    Event(Event),
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// `Page.loadEventFired`.
    pub method: String,
    /// In which child session; `None`: in the connection's own.
    pub session: Option<String>,
    /// The details.
    pub params: Value,
}

impl Connection {
    /// Connects to `path` on this machine.
    pub(super) fn open(port: u16, path: &str) -> Result<Self, BrowserError> {
        Self::open_at(&Ipv4Addr::LOCALHOST.to_string(), port, path)
    }

    /// Connects to `path` of a host.
    pub(super) fn open_at(host: &str, port: u16, path: &str) -> Result<Self, BrowserError> {
        let stream = TcpStream::connect((host, port)).map_err(broken)?;
        stream.set_nodelay(true).map_err(broken)?;
        // For the handshake; `receive` sets its own.
        stream.set_read_timeout(Some(Duration::from_secs(20))).map_err(broken)?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST_MESSAGE))
            .max_frame_size(Some(LARGEST_MESSAGE));
        let address = format!("ws://{host}:{port}{path}");
        let (socket, _) =
            tungstenite::client::client_with_config(address, stream, Some(config)).map_err(broken)?;
        Ok(Self { socket, last_id: 0 })
    }

    /// Sends a command and returns its number.
    pub(super) fn send(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<u64, BrowserError> {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": params });
        if let (Some(session), Some(fields)) = (session, message.as_object_mut()) {
            fields.insert("sessionId".to_owned(), session.into());
        }
        self.socket.send(Message::text(message.to_string())).map_err(broken)?;
        Ok(self.last_id)
    }

    /// The next thing that comes in before `until`; `None` if nothing does.
    pub(super) fn receive(&mut self, until: Instant) -> Result<Option<Incoming>, BrowserError> {
        loop {
            // A timeout of zero would mean none at all.
            let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            self.socket.get_ref().set_read_timeout(Some(left)).map_err(broken)?;
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    let value = serde_json::from_str(text.as_str()).map_err(broken)?;
                    if let Some(incoming) = read(value) {
                        return Ok(Some(incoming));
                    }
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(error)) if is_timeout(&error) => {}
                Err(error) => return Err(broken(error)),
            }
            if Instant::now() >= until {
                return Ok(None);
            }
        }
    }
}

fn read(mut value: Value) -> Option<Incoming> {
    if let Some(id) = value.get("id").and_then(Value::as_u64) {
        let result = match value.get("error") {
            Some(error) => Err(error["message"].as_str().unwrap_or("no reason given").to_owned()),
            None => Ok(value["result"].take()),
        };
        return Some(Incoming::Reply { id, result });
    }
    Some(Incoming::Event(Event {
        method: value.get("method")?.as_str()?.to_owned(),
        session: value.get("sessionId").and_then(Value::as_str).map(str::to_owned),
        params: value["params"].take(),
    }))
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}

fn broken(error: impl std::fmt::Display) -> BrowserError {
    BrowserError::Connection(error.to_string())
}
