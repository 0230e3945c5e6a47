//! A place to listen on.

use super::options::{DEFAULT_PORT, ServeOptions};
use crate::diagnostic::Failure;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, ToSocketAddrs};

/// Ports after the first that are tried.
const NEXT: u16 = 20;

/// Listens where the options say; if no port was named and the usual one is taken, on the next free one.
///
/// # Errors
/// [`Failure`] if the named port is taken, or the host is none of this machine.
pub fn listen(options: &ServeOptions) -> Result<TcpListener, Failure> {
    let host = options.host.clone().unwrap_or_else(|| Ipv4Addr::LOCALHOST.to_string());
    if let Some(port) = options.port {
        return bind(&host, port).map_err(|error| refused(&host, port, &error));
    }
    let last = DEFAULT_PORT.saturating_add(NEXT);
    for port in (DEFAULT_PORT..=last).chain([0]) {
        match bind(&host, port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && port != 0 => {}
            Err(error) => return Err(refused(&host, port, &error)),
            Ok(listener) => return Ok(listener),
        }
    }
    Err(Failure::new("no port is free"))
}

fn bind(host: &str, port: u16) -> std::io::Result<TcpListener> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let addresses: Vec<_> = (bare, port).to_socket_addrs()?.collect();
    let listener = TcpListener::bind(addresses.as_slice())?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn refused(host: &str, port: u16, error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format!("port {port} is taken by another program"))
            .help("name another, or leave `--port` out to take one that is free"),
        ErrorKind::PermissionDenied => {
            Failure::new(format!("port {port} needs elevated privileges")).help("choose one above 1023")
        }
        _ => Failure::new(format!("cannot listen on `{host}`: {error}"))
            .help("name an address of this machine, or leave `--host` out"),
    }
}
