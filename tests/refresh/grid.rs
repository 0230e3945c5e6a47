//! Browsers that run elsewhere, behind an address.

use super::guide::{Guide, Ran};
use super::site::Site;
use guidemark::browser::{Devtools, Dialogs, LaunchOptions};
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
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), came: Arc::default() };
        let came = proxy.came.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                came.fetch_add(1, Ordering::Relaxed);
                let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || pass(client, server));
                std::thread::spawn(move || pass(to, from));
            }
        });
        proxy
    }

    /// The address of a browser by way of this.
    fn address(&self, browser: &Chromium) -> String {
        browser.address().replace(&format!(":{}/", port(browser)), &format!(":{}/", self.port))
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(std::net::Shutdown::Both);
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

#[test]
fn guides_are_shared_among_browsers_and_one_that_is_down_is_passed_over() {
    let browsers = [Chromium::start(), Chromium::start()];
    let proxies = browsers.each_ref().map(|browser| Proxy::before(port(browser)));
    let addresses = [proxies[0].address(&browsers[0]), proxies[1].address(&browsers[1])];
    let (site, guide) = (Site::serve(), project(4));
    let run = |all: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidemark"));
        command.args(["refresh", "--check", "--jobs", "2", "-v", "--url", &site.url("")]);
        all.iter().for_each(|address| _ = command.args(["--browser", address]));
        command.current_dir(guide.folder.path()).env("XDG_CACHE_HOME", guide.cache.path());
        Ran::of(&command.output().unwrap())
    };
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
