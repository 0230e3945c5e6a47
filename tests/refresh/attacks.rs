//! Guides of strangers, and secrets: a replay goes to the application alone, and tells nothing that it was given.

use super::guide::Guide;
use super::site::Site;

const SECRET: &str = "sesam-4711";

/// A guide of some annotations that begins at `start`.
fn guide(start: &str, steps: &str) -> Guide {
    Guide::written(&format!(
        "---\ntitle: T\ncapture:\n  start: {start}\n  viewport: 900x600\n  scale: 1\n---\n\n{steps}"
    ))
}

#[test]
fn a_guide_leads_to_no_other_origin() {
    let (site, other) = (Site::serve(), Site::serve());
    for address in [other.url("/x"), "file:///etc/passwd".to_owned(), format!("//127.0.0.1:{}/x", other.port)]
    {
        let guide =
            guide(&site.url("/"), &format!("1. Go.\n\n   ![A](a.png)\n   <!-- @goto \"{address}\" -->\n"));
        let ran = guide.refresh(&[]);
        assert_eq!(ran.status, 2, "{address}: {ran:#?}");
        assert!(ran.out.contains("is not where the application is"), "{address}: {ran:#?}");
        assert!(!guide.path("a.png").exists());
    }
    assert_eq!(other.asked(), Vec::<String>::new());
}

#[test]
fn a_guide_reads_and_writes_nothing_outside_its_project() {
    let site = Site::serve();
    let begun = guide("file:///etc/passwd", "1. Go.\n\n   ![A](a.png)\n");
    let ran = begun.refresh(&[]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(!begun.path("a.png").exists(), "{ran:#?}");
    for path in ["../../../evil.png", "/tmp/guidemark-evil.png", ".hidden/evil.png", "evil.sh"] {
        let guide = guide(&site.url("/"), &format!("1. Go.\n\n   ![A]({path})\n"));
        let before = guide.files();
        let ran = guide.refresh(&[]);
        let written =
            |(path, _): &&(String, Vec<u8>)| !path.ends_with("index.md") && !path.ends_with("capture.json");
        let (before, after) =
            (before.iter().filter(written).count(), guide.files().iter().filter(written).count());
        assert_eq!(before, after, "{path}: {ran:#?}");
        assert!(!guide.folder.path().join("../evil.png").exists(), "{path}: {ran:#?}");
    }
}

#[test]
fn a_page_leads_to_no_other_origin_by_a_link_or_a_redirection() {
    let (site, other) = (Site::serve(), Site::serve());
    site.change(&format!("away={}", other.url("/stolen")));
    for on in ["link \"Away\"", "link \"Tab\"", "button \"Open\"", "button \"Go\""] {
        let guide = guide(&site.url("/done"), &format!("1. Go.\n   <!-- @click on {on} -->\n"));
        let ran = guide.refresh(&["--check"]);
        assert_eq!(ran.status, 2, "{on}: {ran:#?}");
        assert!(
            ran.out.contains("the page leads to") && ran.out.contains("--allow-origin"),
            "{on}: {ran:#?}"
        );
        assert_eq!(other.asked(), Vec::<String>::new(), "{on}");
    }
    let guide = guide(&site.url("/done"), "1. Go.\n   <!-- @click on link \"Away\" -->\n");
    let ran = guide.refresh(&["--check", "--allow-origin", &other.url("")]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    assert!(other.asked().iter().any(|asked| asked.contains("/stolen")));
}

#[test]
fn a_guide_runs_no_command_and_names_no_variable() {
    let site = Site::serve();
    let front = format!(
        "---\ntitle: T\ncapture:\n  start: {}\n  setup: [\"touch owned\"]\n---\n\n1. Go.\n",
        site.url("/")
    );
    let guide = Guide::written(&front);
    guide.refresh(&["--setup"]);
    assert!(!guide.folder.path().join("owned").exists() && !guide.path("owned").exists());
    let named = Guide::written(
        "---\ntitle: T\ncapture:\n  start: http://127.0.0.1:9/${GUIDEMARK_SECRET}\n---\n\n1. Go.\n",
    );
    let ran = named.refresh_with(&["--check"], &[("GUIDEMARK_SECRET", SECRET)]);
    assert!(ran.status == 2 && !format!("{ran:?}").contains(SECRET), "{ran:#?}");
}

#[test]
fn setup_runs_from_the_project_when_it_is_asked_for() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    let project = "[apps.shop]\nname = \"Shop\"\n[apps.shop.capture]\nsetup = [\"echo ready > ready.txt\"]\n";
    std::fs::write(guide.folder.path().join("guidemark.toml"), project).unwrap();
    guide.edit("title: ", "app: shop\ntitle: ");
    let ran = guide.refresh(&["--check", "--url", &site.url("")]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    assert!(!guide.folder.path().join("ready.txt").exists());
    assert_eq!(guide.refresh(&["--check", "--setup", "--url", &site.url("")]).status, 0);
    assert!(guide.folder.path().join("ready.txt").exists());
    let failing = project.replace("echo ready > ready.txt", "exit 3");
    std::fs::write(guide.folder.path().join("guidemark.toml"), failing).unwrap();
    let ran = guide.refresh(&["--check", "--setup", "--url", &site.url("")]);
    assert!(ran.status == 2 && ran.err.contains("`exit 3`"), "{ran:#?}");
}

/// A project whose guide needs a login.
fn project(site: &Site) -> Guide {
    let guide = guide(
        "/inside",
        "1. Look.\n\n   ![Inside](inside.png)\n   <!-- @highlight on heading \"Settings\" -->\n",
    );
    guide.edit("title: T", "title: T\napp: shop");
    guide.edit("  viewport", "  login: alex\n  viewport");
    let project = format!(
        "[apps.shop]\nname = \"Shop\"\n[apps.shop.capture]\nstart = \"{}\"\n[apps.shop.logins.alex]\nguide = \"guides/login/index.md\"\n",
        site.url("")
    );
    std::fs::write(guide.folder.path().join("guidemark.toml"), project).unwrap();
    let login = "---\ntitle: Log in\napp: shop\ncapture:\n  start: /login\n---\n\n1. Type.\n   <!-- @type \"••••\" value=$SHOP_PASSWORD on field \"Password\" -->\n\n2. Log in.\n   <!-- @click on button \"Log in\" -->\n\n3. See.\n   <!-- @await text \"Welcome\" -->\n";
    guide.write("../login/index.md", login);
    guide
}

#[test]
fn a_login_is_done_once_and_kept_for_its_user_alone() {
    let site = Site::serve();
    let guide = project(&site);
    let ran = guide.refresh_with(&["-v"], &[("SHOP_PASSWORD", SECRET)]);
    assert_eq!(ran.status, 0, "{ran:#?}\n{:#?}", site.asked());
    assert!(guide.path("inside.png").exists(), "{ran:#?}");
    assert!(
        guide.text().contains("@highlight 24,") && guide.text().contains("on heading \"Settings\""),
        "{}",
        guide.text()
    );
    let logins = |site: &Site| site.asked().iter().filter(|asked| asked.starts_with("POST /login")).count();
    assert_eq!(logins(&site), 1);
    let ran = guide.refresh_with(&["--check"], &[("SHOP_PASSWORD", SECRET)]);
    assert_eq!((ran.status, logins(&site)), (0, 1), "{ran:#?}");
    let files: Vec<_> = walkdir::WalkDir::new(guide.cache.path())
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("state-"))
        .collect();
    assert_eq!(files.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    for (path, bytes) in guide.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path} holds the password");
    }
    assert!(!format!("{ran:?}").contains(SECRET));
}

#[test]
fn a_login_that_fails_tells_no_password() {
    let site = Site::serve();
    let guide = project(&site);
    let before = guide.files();
    let report = guide.cache.path().join("report");
    for format in ["human", "json", "junit", "github"] {
        let args = ["-v", "--format", format, "--report", report.to_str().unwrap()];
        let ran = guide.refresh_with(&args, &[("SHOP_PASSWORD", "wrong-horse")]);
        assert_eq!(ran.status, 2, "{ran:#?}");
        assert!(ran.out.contains("the login `alex` failed"), "{ran:#?}");
        assert!(!format!("{ran:?}").contains("wrong-horse"), "{ran:#?}");
        assert!(guide.files() == before, "a failed run wrote something");
    }
    assert!(report.join("index.html").is_file() && report.join("summary.md").is_file());
    for file in walkdir::WalkDir::new(guide.cache.path()).into_iter().map(Result::unwrap) {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("wrong-horse"), "{}", file.path().display());
    }
    let unset = guide.refresh(&["--check"]);
    assert!(unset.out.contains("the variable `SHOP_PASSWORD` of the environment is not set"), "{unset:#?}");
}

#[test]
fn a_value_that_would_be_written_fails_the_run() {
    let site = Site::serve();
    let steps = "1. Type.\n   <!-- @type \"x\" value=$SHOP_NAME on field \"Name\" -->\n\n2. Save.\n   <!-- @click on button \"Save\" -->\n\n3. See.\n\n   ![A](a.png)\n";
    let guide = guide(&site.url("/"), steps);
    let before = guide.files();
    // The page's address holds what was typed.
    let ran = guide.refresh_with(&[], &[("SHOP_NAME", "violet-horse")]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(ran.out.contains("would hold the value of `SHOP_NAME`"), "{ran:#?}");
    assert!(!format!("{ran:?}").contains("violet-horse"), "{ran:#?}");
    assert!(guide.files() == before, "a failed run wrote something");
}

#[test]
fn pages_see_the_language_the_time_and_the_colours_that_are_set() {
    let site = Site::serve();
    let guide = guide("/conditions", "1. Look.\n\n   ![A](a.png)\n");
    guide.edit("title: T", "title: T\napp: shop");
    let project = format!(
        "[apps.shop]\nname = \"Shop\"\n[apps.shop.capture]\nstart = \"${{SHOP_URL:-{}}}\"\nlocale = \"fr-CH\"\ntimezone = \"Asia/Tokyo\"\nclock = \"2026-11-22T09:00:00Z\"\nscheme = \"dark\"\nreduced_motion = true\nreplace = [{{ text = \"alex@corp.example\", with = \"maria@example.com\" }}]\n",
        site.url("")
    );
    std::fs::write(guide.folder.path().join("guidemark.toml"), project).unwrap();
    let ran = guide.refresh(&[]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    let asked = site.asked();
    assert!(
        asked.iter().any(|asked| asked.starts_with("GET /conditions") && asked.contains("language=fr-CH")),
        "{asked:#?}"
    );
    let request = asked
        .iter()
        .find(|asked| asked.contains("/conditions-seen?fr"))
        .unwrap_or_else(|| panic!("{asked:#?}"));
    assert!(
        request.contains("fr-CH%20fr-CH%20Asia%2FTokyo%202026-11-22%20dark%20still%20900%20600%201"),
        "{request}"
    );
    assert!(asked.iter().any(|asked| asked.contains("/conditions-seen?later%20true")), "{asked:#?}");
    assert_eq!(guide.refresh(&["--check"]).status, 0);
}

#[test]
fn a_secret_is_not_typed_where_the_guide_alone_says() {
    // An address of this machine that is not told as one: nothing answers there, so nothing leaves it either.
    let guide = guide(
        "http://secrets.invalid/",
        "1. Type.\n   <!-- @type \"x\" value=$SHOP_PASSWORD on field \"Password\" -->\n",
    );
    let ran = guide.refresh_with(&["--check"], &[("SHOP_PASSWORD", SECRET)]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(!format!("{ran:?}").contains(SECRET));
}
