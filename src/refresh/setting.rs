//! How a guide is replayed: what it says, what the project says of its application, and what the command line says.

use crate::capture::Conditions;
use crate::capture::address;
use crate::guide::Guide;
use crate::guide::anchor::Anchor;
use crate::guide::front::AppValue;
use crate::project::capture::{filled, login};
use crate::project::{AppCapture, Capture, Settings, Variant, url};
use crate::source::ProjectPath;

/// A window without any that is said.
const VIEWPORT: (u32, u32) = (1280, 800);

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct ReplayOptions {
    /// `--url`: where the application is.
    pub url: Option<String>,
    /// `--allow-origin`
    pub origins: Vec<String>,
    /// `--scheme`, `--locale`, `--viewport`, `--scale`: the set of pictures that is made.
    pub variant: Variant,
}

/// How a guide is replayed.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The address to begin with.
    pub start: String,
    /// Where the application is: what stands before a path.
    base: String,
    /// The origin that the guide was recorded on.
    recorded: Option<String>,
    /// The origins that a replay goes to.
    pub origins: Vec<String>,
    /// The origins on which variables of the environment are typed.
    pub trusted: Vec<String>,
    /// Width and height of the page.
    pub viewport: (u32, u32),
    /// Whether the user says so, or only the picture does.
    pub has_viewport: bool,
    /// Pixels a point.
    pub scale: Option<u32>,
    /// What pages are to be like.
    pub conditions: Conditions,
    /// What is not compared.
    pub masks: Vec<Anchor>,
    /// The guide that logs in, and what the login is called.
    pub login: Option<(String, ProjectPath)>,
    /// Commands that put the application into its first state.
    pub setup: Vec<String>,
    /// The set of pictures that is made; the first, unless the user asks for another.
    pub variant: Variant,
}

/// Why a guide can't be replayed: what is wrong, and what to write.
pub type Wrong = (String, String);

impl Setting {
    /// How a guide is replayed. `lookup`: the values of variables of the environment.
    ///
    /// # Errors
    /// What is wrong, and what to write.
    pub fn new(
        guide: &Guide,
        settings: &Settings,
        asked: &ReplayOptions,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Wrong> {
        let app = match &guide.front.app {
            Some(AppValue::Key(key)) => settings.captures.get(&key.value),
            Some(AppValue::Table(..)) | None => None,
        };
        let none = AppCapture::default();
        let app = app.unwrap_or(&none);
        let capture = &guide.front.capture;
        let app_start = app.capture.start.as_ref().map(|start| filled(&start.value, lookup)).transpose();
        let app_start = match (&asked.url, app_start) {
            (Some(_), _) => None,
            (None, Ok(start)) => start.filter(|start| url::web(start).is_ok()),
            (None, Err(message)) => return Err((message, "set it, or write `--url BASE`".to_owned())),
        };
        let own = capture.start.as_ref().map(|start| start.value.clone());
        let recorded = own.clone().filter(|own| url::web(own).is_ok());
        let named = asked.url.clone().or(app_start);
        let Some(base) = named.clone().or_else(|| recorded.clone()) else {
            let help =
                "write `--url http://127.0.0.1:8000`, or `capture:` with `start:` into its front matter";
            return Err(("the guide does not say where it starts".to_owned(), help.to_owned()));
        };
        let mut setting = Self {
            start: base.clone(),
            base: base.clone(),
            recorded: recorded.as_deref().map(|start| address::origin(start).to_owned()),
            origins: Vec::new(),
            trusted: Vec::new(),
            viewport: capture.viewport.or(app.capture.viewport).unwrap_or(VIEWPORT),
            has_viewport: capture.viewport.or(app.capture.viewport).is_some(),
            scale: capture.scale.or(app.capture.scale),
            conditions: asked_for(conditions(app, capture)?, &asked.variant),
            masks: anchors(&app.mask)?,
            login: None,
            setup: app.setup.clone(),
            variant: asked.variant.clone(),
        };
        let origin = address::origin(&base).to_owned();
        setting.origins = std::iter::once(origin.clone()).chain(asked.origins.iter().cloned()).collect();
        setting.trusted = asked.origins.clone();
        // A guide alone does not say where secrets go, but to this machine.
        setting.trusted.extend(Some(origin.clone()).filter(|_| named.is_some() || is_local(&origin)));
        setting.conditions.origins = Some(setting.origins.clone());
        if let Some(own) = own {
            setting.start = setting.address(&own)?;
        }
        let wanted = capture.login.as_ref().or(app.capture.login.as_ref());
        if let Some(wanted) = wanted {
            let named = login(&app.logins, &wanted.value)
                .map_err(|help| (format!("there is no login `{}`", wanted.value), help))?;
            // The guide that logs in needs no login.
            setting.login = Some((wanted.value.clone(), named.clone())).filter(|_| *named != guide.path);
        }
        Ok(setting)
    }

    /// An address as the replay opens it: a path is of the application, and so is what was recorded.
    ///
    /// # Errors
    /// If it is of another origin.
    pub fn address(&self, written: &str) -> Result<String, Wrong> {
        let path = match &self.recorded {
            Some(origin) if address::origin(written) == origin => {
                written.get(origin.len()..).filter(|path| !path.is_empty()).unwrap_or("/")
            }
            _ => written,
        };
        if path.starts_with('/') && !path.starts_with("//") {
            let base = if self.base.ends_with('/') {
                self.base.trim_end_matches('/')
            } else {
                address::origin(&self.base)
            };
            return Ok(format!("{base}{path}"));
        }
        let origin = address::origin(written);
        if url::web(written).is_ok() && self.origins.iter().any(|allowed| allowed == origin) {
            return Ok(written.to_owned());
        }
        let shown = address::origin(&address::shown(written)).to_owned();
        let help = if url::web(written).is_ok() {
            format!("write `--allow-origin {shown}` if the guide may go there")
        } else {
            "write a path of the application, as in `/reports`".to_owned()
        };
        Err((format!("`{shown}` is not where the application is"), help))
    }

    /// An address without what stands before its path on the application, as the lock counts pages.
    pub fn path(&self, url: &str) -> String {
        address::pattern(&self.below(url))
    }

    /// The path of an address on the application, with what follows it; of another origin, the whole.
    pub(super) fn below(&self, url: &str) -> String {
        let prefix = self.base.trim_end_matches('/');
        let rest = url.strip_prefix(prefix).filter(|rest| self.base.ends_with('/') && rest.starts_with('/'));
        rest.map_or_else(|| address::relative(url, &self.base), str::to_owned)
    }

    /// The origin that the guide was recorded on, if it says so.
    pub(super) fn recorded_origin(&self) -> Option<&str> {
        self.recorded.as_deref()
    }

    /// Whether a variable of the environment may be typed on a page.
    pub fn trusts(&self, url: &str) -> bool {
        self.trusted.iter().any(|origin| address::origin(url) == origin)
    }
}

/// What pages of an application are to be like, for a guide that says `said`.
///
/// # Errors
/// What is wrong, and what to write.
pub fn conditions(app: &AppCapture, capture: &Capture) -> Result<Conditions, Wrong> {
    Ok(Conditions {
        locale: app.locale.clone(),
        timezone: app.timezone.clone(),
        clock: app.clock.clone(),
        scheme: capture.scheme.or(app.capture.scheme),
        reduced_motion: app.reduced_motion,
        hide: anchors(&app.hide)?,
        replace: app.replace.clone(),
        ..Conditions::default()
    })
}

/// The same for the pictures of a set.
fn asked_for(own: Conditions, variant: &Variant) -> Conditions {
    Conditions { locale: variant.locale.clone().or(own.locale), scheme: variant.scheme.or(own.scheme), ..own }
}

/// The application of a project that an address is of: its key.
pub fn app_at<'a>(
    settings: &'a Settings,
    url: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Option<(&'a str, &'a AppCapture)> {
    let here = |app: &AppCapture| {
        let start = app.capture.start.as_ref().and_then(|start| filled(&start.value, lookup).ok());
        start.is_some_and(|start| address::origin(&start) == address::origin(url))
    };
    settings.captures.iter().find(|(_, app)| here(app)).map(|(key, app)| (key.as_str(), app))
}

fn anchors(texts: &[crate::source::Spanned<String>]) -> Result<Vec<Anchor>, Wrong> {
    let read = |text: &crate::source::Spanned<String>| Anchor::parse(&text.value);
    texts.iter().map(|text| read(text).map_err(|problem| (problem.message, problem.help))).collect()
}

/// Whether an origin is this machine.
pub fn is_local(origin: &str) -> bool {
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address = name.parse::<std::net::IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide;
    use crate::project;
    use crate::source::{MemoryWorld, Source};

    const PROJECT: &str = "[apps.shop]\nname = \"Shop\"\n[apps.shop.capture]\nstart = \"${SHOP:-http://127.0.0.1:8001}\"\nlogin = \"alex\"\n[apps.shop.logins.alex]\nguide = \"guides/login/index.md\"\n";

    fn setting(
        front: &str,
        project: &str,
        asked: &ReplayOptions,
        shop: Option<&str>,
    ) -> Result<Setting, Wrong> {
        let path = |path| ProjectPath::new(path).unwrap();
        let world = MemoryWorld::new()
            .with(path("guidemark.toml"), project)
            .with(path("guides/login/index.md"), "# A\n\n1. B\n");
        let loaded = project::load(&world, None);
        let text = format!("---\n{front}\n---\n# T\n\n1. A.\n");
        let source = Source::new(ProjectPath::new("guides/a.md").unwrap(), text);
        let guide = guide::parse(&source).guide;
        Setting::new(&guide, &loaded.project.settings, asked, &|name| {
            shop.filter(|_| name == "SHOP").map(str::to_owned)
        })
    }

    fn at(url: &str) -> ReplayOptions {
        ReplayOptions { url: Some(url.to_owned()), ..ReplayOptions::default() }
    }

    #[test]
    fn the_command_line_says_where_the_application_is_then_the_project_then_the_guide() {
        let own = "app: shop\ncapture:\n  start: http://10.0.0.1:9/x";
        let start = |asked: &ReplayOptions, shop| setting(own, PROJECT, asked, shop).unwrap().start;
        assert_eq!(start(&at("http://a:1"), Some("http://b:2")), "http://a:1/x");
        assert_eq!(start(&ReplayOptions::default(), Some("http://b:2")), "http://b:2/x");
        assert_eq!(start(&ReplayOptions::default(), None), "http://127.0.0.1:8001/x");
        let alone =
            setting("capture:\n  start: http://10.0.0.1:9/x", "", &ReplayOptions::default(), None).unwrap();
        assert_eq!(alone.start, "http://10.0.0.1:9/x");
        assert_eq!(start(&at("http://a:1/pr-7/"), None), "http://a:1/pr-7/x");
        assert_eq!(
            setting("title: A", "", &ReplayOptions::default(), None).unwrap_err().0,
            "the guide does not say where it starts"
        );
    }

    #[test]
    fn a_replay_goes_to_the_application_alone() {
        let own = "capture:\n  start: http://127.0.0.1:8001/";
        let alone = setting(own, "", &ReplayOptions::default(), None).unwrap();
        assert_eq!(alone.origins, ["http://127.0.0.1:8001"]);
        assert_eq!(alone.address("/a").as_deref(), Ok("http://127.0.0.1:8001/a"));
        for other in [
            "http://127.0.0.1:8002/",
            "https://evil.example/x",
            "file:///etc/passwd",
            "//evil.example/",
            "about:blank",
            "http://127.0.0.1:8001@evil.example/",
        ] {
            assert!(alone.address(other).is_err(), "{other}");
        }
        let moved = setting(own, "", &at("http://b:2"), None).unwrap();
        assert_eq!(moved.address("http://127.0.0.1:8001/a?b").as_deref(), Ok("http://b:2/a?b"));
        let more =
            ReplayOptions { origins: vec!["https://login.example".to_owned()], ..ReplayOptions::default() };
        let more = setting(own, "", &more, None).unwrap();
        assert!(more.address("https://login.example/a").is_ok());
    }

    #[test]
    fn a_guide_alone_does_not_say_where_secrets_go() {
        let far =
            setting("capture:\n  start: https://evil.example/", "", &ReplayOptions::default(), None).unwrap();
        assert!(!far.trusts("https://evil.example/login"));
        let local = setting("capture:\n  start: http://127.0.0.1:8001/", "", &ReplayOptions::default(), None)
            .unwrap();
        assert!(local.trusts("http://127.0.0.1:8001/login") && !local.trusts("http://127.0.0.1:8002/"));
        let named = setting("title: A", "", &at("https://a.example"), None).unwrap();
        assert!(named.trusts("https://a.example/login"));
    }

    #[test]
    fn what_is_this_machine_is_told_by_its_host() {
        for local in ["http://127.0.0.1:1", "http://localhost", "https://[::1]:3"] {
            assert!(is_local(local), "{local}");
        }
        for far in ["http://127.0.0.1.evil.example", "http://localhost.evil.example", "http://10.0.0.1"] {
            assert!(!is_local(far), "{far}");
        }
    }

    #[test]
    fn a_login_is_a_guide_of_the_project() {
        let found = setting("app: shop", PROJECT, &ReplayOptions::default(), None).unwrap();
        assert_eq!(found.login.map(|(name, _)| name).as_deref(), Some("alex"));
        let own = Source::new(
            ProjectPath::new("guides/login/index.md").unwrap(),
            "---\napp: shop\n---\n# T\n\n1. A.\n".to_owned(),
        );
        let world = MemoryWorld::new().with(ProjectPath::new("guidemark.toml").unwrap(), PROJECT);
        let settings = project::load(&world, None).project.settings;
        let login = Setting::new(&guide::parse(&own).guide, &settings, &ReplayOptions::default(), &|_| None)
            .unwrap()
            .login;
        assert_eq!(login, None);
        let wrong = setting("app: shop\ncapture:\n  login: alx", PROJECT, &ReplayOptions::default(), None);
        assert_eq!(
            wrong.unwrap_err(),
            ("there is no login `alx`".to_owned(), "did you mean `alex`?".to_owned())
        );
    }
}
