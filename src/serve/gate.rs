//! Who may ask, and how.
//!
//! Any web page that is open on this machine can make its browser send requests here. It cannot read an
//! answer of another origin, unless its own name is made to lead here (DNS rebinding): the request then
//! carries that name in `Host`, and is turned away.

use super::{edit, record};
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{Method, Request, StatusCode};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The names under which the server may be asked.
#[derive(Debug, Clone)]
pub struct Gate {
    given: Option<String>,
    /// Listening on all addresses of the machine: each may be named, for a number leads nowhere else.
    any_number: bool,
}

impl Gate {
    /// For a server that listens on `given`, or on this machine alone.
    pub fn new(given: Option<&str>) -> Self {
        let given = given.map(|name| bare(name).to_ascii_lowercase());
        let any = |name: &String| name.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified());
        Self { any_number: given.as_ref().is_some_and(any), given }
    }

    /// Whether a request may come in.
    ///
    /// # Errors
    /// The status it is turned away with.
    pub fn check<B>(&self, request: &Request<B>) -> Result<(), StatusCode> {
        let mut hosts = request.headers().get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(StatusCode::FORBIDDEN) };
        let named = host.to_str().is_ok_and(|host| self.knows(host));
        let asked = request.uri().authority().is_none_or(|authority| self.knows(authority.as_str()));
        if !(named && asked) {
            return Err(StatusCode::FORBIDDEN);
        }
        match *request.method() {
            Method::GET | Method::HEAD => Ok(()),
            Method::POST if edit::may_post(request.uri().path()) || record::is_ours(request.uri().path()) => {
                Ok(())
            }
            _ => Err(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    fn knows(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let port = host.strip_prefix(authority.host());
        let has_port = |port: &str| port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
        if !port.is_some_and(|port| port.is_empty() || has_port(port)) {
            return false;
        }
        let name = bare(authority.host()).to_ascii_lowercase();
        if self.given.as_ref() == Some(&name) || name == "localhost" {
            return true;
        }
        match name.parse::<IpAddr>() {
            Ok(address) => self.any_number || address.is_loopback(),
            Err(_) => false,
        }
    }

    /// The address to print and to open for a server on `address`.
    pub fn url(&self, address: std::net::SocketAddr) -> String {
        let host = match (&self.given, address.ip()) {
            (_, IpAddr::V4(ip)) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.to_string(),
            (_, IpAddr::V6(ip)) if ip.is_unspecified() => format!("[{}]", Ipv6Addr::LOCALHOST),
            (Some(name), _) if name.parse::<Ipv6Addr>().is_ok() => format!("[{name}]"),
            (Some(name), _) => name.clone(),
            (None, ip) => ip.to_string(),
        };
        format!("http://{host}:{}/", address.port())
    }
}

/// An address of version 6 without its brackets.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn only_names_that_lead_to_this_machine_are_known() {
        let gate = Gate::new(None);
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:4747", "127.8.8.8", "[::1]:4747", "[::1]"] {
            assert!(gate.knows(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:4747",
            "127.0.0.1.evil.example",
            "192.168.1.7",
            "0.0.0.0",
            "evil@localhost",
            "localhost@evil.example",
            "127.0.0.1:4747.evil.example",
            "localhost:80:80",
            "local host",
            "::1",
        ] {
            assert!(!gate.knows(host), "{host}");
        }
    }

    #[test]
    fn a_given_host_may_be_named_too() {
        assert!(Gate::new(Some("Docs.lan")).knows("docs.lan:4747"));
        assert!(!Gate::new(Some("docs.lan")).knows("evil.lan"));
        assert!(Gate::new(Some("0.0.0.0")).knows("192.168.1.7:4747"));
        assert!(!Gate::new(Some("0.0.0.0")).knows("evil.example"));
    }
}
