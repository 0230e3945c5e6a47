//! Pictures of other sites: the only requests that Guidemark makes for a guide, and only in an import.
#![allow(clippy::disallowed_methods)] // the edge: a server is asked

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::http::header::LOCATION;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// The most bytes of one picture.
const MAX_PICTURE: u64 = 32 << 20;
/// How long a server may take for one picture, from the first byte sent to the last received.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a server may send us on.
const MAX_REDIRECTS: usize = 4;
/// What is said of a server that takes longer.
const SILENT: &str = "its server does not answer";

/// Gets pictures by their addresses.
pub trait Fetcher {
    /// The bytes at an address.
    ///
    /// # Errors
    /// Why not, to be read behind `because`.
    fn fetch(&self, url: &str) -> Result<Vec<u8>, String>;
}

/// Fetches nothing.
#[derive(Debug)]
pub struct Offline;

impl Fetcher for Offline {
    fn fetch(&self, _url: &str) -> Result<Vec<u8>, String> {
        Err("nothing is fetched with `--offline`".to_owned())
    }
}

/// Asks servers: `http` and `https` alone, no cookie, no referrer, a few redirects.
///
/// A guide of a stranger must not reach what only this machine reaches: a host of a private network is asked only if
/// the guide itself names its address, never by way of a redirect or of a public name.
#[derive(Debug)]
pub struct Web {
    agent: Agent,
    /// Hosts that did not answer in time: they are not asked again.
    silent: Mutex<BTreeSet<String>>,
}

impl Web {
    /// A client. `patience`: how long a server may take for one picture.
    pub fn new(patience: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("guidemark/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent =
            Agent::with_parts(config, DefaultConnector::default(), PublicNames(DefaultResolver::default()));
        Self { agent, silent: Mutex::default() }
    }

    fn get(&self, uri: &Uri) -> Result<Answer, String> {
        let mut response = self.agent.get(uri).call().map_err(|error| self.reason(uri, &error))?;
        if response.status().is_redirection() {
            let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            return to
                .map(|to| Answer::Elsewhere(to.to_owned()))
                .ok_or("its redirect leads nowhere".to_owned());
        }
        let body = response.body_mut().with_config().limit(MAX_PICTURE);
        body.read_to_vec().map(Answer::Bytes).map_err(|error| self.reason(uri, &error))
    }

    fn reason(&self, uri: &Uri, error: &ureq::Error) -> String {
        match error {
            ureq::Error::StatusCode(code) => format!("its server answers {code}"),
            ureq::Error::BodyExceedsLimit(_) => format!("it has more than {} MB", MAX_PICTURE >> 20),
            ureq::Error::Timeout(_) => {
                if let Ok(mut silent) = self.silent.lock() {
                    silent.insert(host(uri).to_owned());
                }
                SILENT.to_owned()
            }
            ureq::Error::HostNotFound => format!("there is no public server `{}`", host(uri)),
            error => error.to_string(),
        }
    }
}

impl Default for Web {
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}

/// What a server says.
enum Answer {
    Bytes(Vec<u8>),
    Elsewhere(String),
}

impl Fetcher for Web {
    fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        let mut uri: Uri = url.parse().map_err(|_| "this is not an address".to_owned())?;
        let from_here = is_private(host(&uri));
        for _ in 0..=MAX_REDIRECTS {
            if !matches!(uri.scheme_str(), Some("http" | "https")) {
                return Err("only `http` and `https` are fetched".to_owned());
            }
            if is_private(host(&uri)) && !from_here {
                return Err("its server leads into a private network".to_owned());
            }
            if self.silent.lock().is_ok_and(|silent| silent.contains(host(&uri))) {
                return Err(SILENT.to_owned());
            }
            match self.get(&uri)? {
                Answer::Bytes(bytes) => return Ok(bytes),
                Answer::Elsewhere(to) => uri = joined(&uri, &to).ok_or("its redirect leads nowhere")?,
            }
        }
        Err(format!("it is redirected more than {MAX_REDIRECTS} times"))
    }
}

/// Where a redirect leads.
fn joined(from: &Uri, to: &str) -> Option<Uri> {
    let full = match to.strip_prefix('/') {
        Some(rest) if !rest.starts_with('/') => format!("{}://{}{to}", from.scheme_str()?, from.authority()?),
        Some(_) => format!("{}:{to}", from.scheme_str()?),
        None => to.to_owned(),
    };
    full.parse().ok()
}

fn host(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

/// Whether a host is written as an address of this machine or of a private network.
fn is_private(host: &str) -> bool {
    let local = host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    local || host.parse().is_ok_and(|address| !is_public(address))
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            !(v4.is_private() || v4.is_loopback() || v4.is_link_local() || a == 0 || a >= 224 || shared)
        }
        IpAddr::V6(v6) => match v6.to_ipv4() {
            Some(v4) => is_public(IpAddr::V4(v4)),
            None => !(v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_multicast()),
        },
    }
}

/// Looks names up, and finds only public servers under them: what a name stands for may change at any time.
#[derive(Debug)]
struct PublicNames(DefaultResolver);

impl Resolver for PublicNames {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let all = self.0.resolve(uri, config, timeout)?;
        // Addresses that are written out have been judged.
        if is_private(host(uri)) {
            return Ok(all);
        }
        let mut public = self.empty();
        all.iter().filter(|address| is_public(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(public) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Uri, is_private, joined};

    #[test]
    fn private_hosts_are_known() {
        for host in [
            "localhost",
            "a.localhost",
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "169.254.169.254",
            "::1",
            "fd00::1",
        ] {
            assert!(is_private(host), "{host}");
        }
        for host in ["a.example", "8.8.8.8", "2606:4700::1"] {
            assert!(!is_private(host), "{host}");
        }
        assert!(is_private("::ffff:127.0.0.1"));
    }

    #[test]
    fn redirects_are_joined() {
        let from: Uri = "https://a.example/b/c?d".parse().unwrap();
        for (to, full) in [
            ("/x", "https://a.example/x"),
            ("//b.example/x", "https://b.example/x"),
            ("http://c.example/", "http://c.example/"),
        ] {
            assert_eq!(joined(&from, to).unwrap().to_string(), full);
        }
    }
}
