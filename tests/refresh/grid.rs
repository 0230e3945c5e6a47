//! Browsers that run elsewhere, behind an address.

use super::guide::{Guide, Ran};
use super::site::Site;
use guidemark::browser::{Devtools, Dialogs, LaunchOptions};
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A Chromium that runs already.
pub struct Chromium(Devtools);

impl Chromium {
    pub fn start() -> Self {
        let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
        let mut options = LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref()).unwrap();
        options.extra = vec!["--site-per-process".to_owned()];
        Self(Devtools::launch(&options, Dialogs::Accepted).unwrap())
    }

    pub fn address(&self) -> String {
        self.0.address().to_owned()
    }
}

/// Passes on what comes to it, and counts who came.
struct Proxy {
    port: u16,
    came: Arc<AtomicUsize>,
}

impl Proxy {
    fn before(port: u16) -> Self {
        Self::that_breaks(port, |_| u64::MAX)
    }

    /// Breaks a connection off after so many bytes from the browser, by which one it is, from 0.
    fn that_breaks(port: u16, after: fn(usize) -> u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), came: Arc::default() };
        let came = proxy.came.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let most = after(came.fetch_add(1, Ordering::Relaxed));
                let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || pass(client, server, u64::MAX));
                std::thread::spawn(move || pass(to, from, most));
            }
        });
        proxy
    }

    /// The address of a browser by way of this.
    fn address(&self, browser: &Chromium) -> String {
        browser.address().replace(&format!(":{}/", port(browser)), &format!(":{}/", self.port))
    }
}

fn pass(from: TcpStream, mut to: TcpStream, most: u64) {
    let _ = std::io::copy(&mut (&from).take(most), &mut to);
    for end in [to, from] {
        let _ = end.shutdown(std::net::Shutdown::Both);
    }
}

fn port(browser: &Chromium) -> u16 {
    let address = browser.address();
    let place = address.trim_start_matches("ws://").split('/').next().unwrap();
    place.rsplit(':').next().unwrap().parse().unwrap()
}

/// So many guides in a project.
fn project(guides: usize) -> Guide {
    let guide = Guide::recorded();
    for number in 1..guides {
        let again = guide.folder.path().join(format!("guides/save-{number}"));
        for (path, bytes) in guide.files() {
            let Some(name) = path.strip_prefix("guides/save/") else { continue };
            let to = again.join(name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::write(to, bytes).unwrap();
        }
    }
    std::fs::write(guide.folder.path().join("guidemark.toml"), "").unwrap();
    guide
}

/// The guides are checked by these browsers, two at once.
fn check(guide: &Guide, site: &Site, browsers: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidemark"));
    command.args(["refresh", "--check", "--jobs", "2", "-v", "--url", &site.url("")]);
    browsers.iter().for_each(|address| _ = command.args(["--browser", address]));
    command.current_dir(guide.folder.path()).env("XDG_CACHE_HOME", guide.cache.path());
    Ran::new(&command.output().unwrap())
}

#[test]
fn guides_are_shared_among_browsers_and_one_that_is_down_is_passed_over() {
    let browsers = [Chromium::start(), Chromium::start()];
    let proxies = browsers.each_ref().map(|browser| Proxy::before(port(browser)));
    let addresses = [proxies[0].address(&browsers[0]), proxies[1].address(&browsers[1])];
    let (site, guide) = (Site::serve(), project(4));
    let run = |all: &[&str]| check(&guide, &site, all);
    let down = "ws://127.0.0.1:9/devtools/browser/down";
    let ran = run(&[&addresses[0], down, &addresses[1]]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    assert!(ran.err.contains("replayed 4 guides: 16 same"), "{ran:#?}");
    assert!(ran.err.contains(&format!("`{down}` is passed over")), "{ran:#?}");
    for proxy in &proxies {
        assert!(proxy.came.load(Ordering::Relaxed) >= 1, "each of them had something to do");
    }
    let ran = run(&[down]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(ran.err.contains("write the address that the browser prints"), "{ran:#?}");
}

#[test]
fn a_guide_whose_browser_breaks_off_is_replayed_once_more() {
    let browser = Chromium::start();
    let (site, guide) = (Site::serve(), project(1));
    let run = |proxy: &Proxy| check(&guide, &site, &[&proxy.address(&browser)]);
    // What comes before is the page, and a screenshot or two.
    let ran = run(&Proxy::that_breaks(port(&browser), |number| if number == 0 { 60_000 } else { u64::MAX }));
    assert_eq!(ran.status, 0, "{ran:#?}");
    assert!(ran.err.contains("is replayed once more: the connection to the browser broke"), "{ran:#?}");
    assert!(ran.err.contains("replayed 1 guide: 4 same"), "{ran:#?}");
    let ran = run(&Proxy::that_breaks(port(&browser), |_| 60_000));
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(
        ran.err.contains("run the command again") || ran.out.contains("run the command again"),
        "{ran:#?}"
    );
}
