//! Every form of every guide of the repository, opened by programs that are not ours: poppler, LibreOffice, cmark, xmllint,
//! ffmpeg, Chromium's player and a stand-in for a learning management system.

use super::export_readers::{
    LMS, PLAY, browser, cues, difference, frames, inflated, letters, played, poppler, probed, run, serve,
    text_of, texts_of_html, unzipped,
};
use super::sandbox::Sandbox;
use guidemark::browser::{Browser, Media, Page, Viewport};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A guide as its Markdown says it.
struct Written {
    path: PathBuf,
    slug: String,
    title: String,
    /// What the first line of each step says.
    steps: Vec<String>,
    /// Alternative texts of its pictures.
    alts: Vec<String>,
    /// Addresses of other sites.
    links: Vec<String>,
}

fn written() -> Vec<Written> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("index.md")).collect();
    paths.sort();
    assert!(paths.len() >= 8);
    paths.into_iter().map(read).collect()
}

fn read(path: PathBuf) -> Written {
    let text = without_code(&std::fs::read_to_string(&path).unwrap());
    let title = text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap().to_owned();
    let is_step =
        |line: &&str| line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    let steps: Vec<String> = text.lines().filter(is_step).map(text_of).collect();
    let parts = |before: &str, after: char| -> Vec<String> {
        let found = text.split(before).skip(1).filter_map(|rest| rest.split_once(after));
        found.map(|(part, _)| part.to_owned()).collect()
    };
    let links = parts("](http", ')').into_iter().map(|rest| format!("http{rest}")).collect();
    let slug = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    assert!(steps.len() >= 4, "{slug}");
    Written { alts: parts("![", ']'), path, slug, title, steps, links }
}

/// Markdown without its blocks of code, which show other Markdown.
fn without_code(markdown: &str) -> String {
    let mut is_code = false;
    let outside = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    };
    markdown.lines().filter(outside).map(|line| format!("{line}\n")).collect()
}

/// Finished screenshots of all guides: made once for all that is made of them here.
static CACHE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let cache = tempfile::Builder::new().prefix("guidemark-test").tempdir().unwrap();
    let (guides, sandbox) = (written(), Sandbox::new());
    let mut args = vec!["export", "--to", "scorm", "-o", "all", "--cache", cache.path().to_str().unwrap()];
    args.extend(guides.iter().map(|guide| guide.path.to_str().unwrap()));
    assert_eq!(sandbox.run(&args).status, Some(0));
    cache
});

fn cache() -> &'static str {
    CACHE.path().to_str().unwrap()
}

/// All guides in a form, in the folder `FORM` of a sandbox.
fn made(guides: &[Written], forms: &[(&str, &[&str])]) -> Sandbox {
    let sandbox = Sandbox::new();
    let make = |folder: &str, args: &[&str]| {
        let mut all = vec!["export"];
        all.extend(guides.iter().map(|guide| guide.path.to_str().unwrap()));
        let alone = format!("{folder}/{}.{folder}", guides[0].slug);
        all.extend(["-o", if guides.len() == 1 { &alone } else { folder }, "--cache", cache()]);
        all.extend(args);
        let ran = sandbox.run(&all);
        assert_eq!(ran.status, Some(0), "{folder}: {}", ran.stderr);
        assert_eq!(ran.stderr.matches("wrote `").count(), guides.len(), "{}", ran.stderr);
    };
    // Each waits for its own browser half of the time.
    std::thread::scope(|scope| {
        forms.iter().for_each(|&(folder, args)| drop(scope.spawn(move || make(folder, args))));
    });
    sandbox
}

#[track_caller]
fn says_all(guide: &Written, said: &str) {
    let letters = letters(said);
    for sentence in guide.steps.iter().chain([&guide.title]) {
        assert!(letters.contains(&self::letters(sentence)), "{}: `{sentence}` is not in\n{said}", guide.slug);
    }
}

#[test]
fn every_guide_is_a_tagged_document_on_paper() {
    let guides = written();
    let sandbox = made(&guides, &[("pdf", &["--to", "pdf"])]);
    for guide in &guides {
        let path = sandbox.path(&format!("pdf/{}.pdf", guide.slug));
        let info = poppler("pdfinfo", &[], &path);
        let info = info.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["Tagged: yes", "(A4)", &format!("Title: {}", guide.title)] {
            assert!(info.contains(part), "{}: {part}\n{info}", guide.slug);
        }
        says_all(guide, &poppler("pdftotext", &["-raw"], &path));
        let page = sandbox.path("page.html");
        build(&sandbox, guide);
        let (page, own) = (std::fs::metadata(page).unwrap().len(), std::fs::metadata(&path).unwrap().len());
        assert!(own * 10 <= page * 13, "{}: {own} bytes, and {page} of its page", guide.slug);
        let tags = poppler("pdfinfo", &["-struct"], &path);
        assert_eq!(tags.matches("H1 (block)").count(), 1, "{tags}");
        assert!(tags.matches("LI (block)").count() >= guide.steps.len(), "{tags}");
        let bytes = inflated(&std::fs::read(&path).unwrap());
        for alt in &guide.alts {
            let alt = alt.replace('(', "\\(").replace(')', "\\)");
            let tag = format!("/Alt ({alt}");
            assert!(bytes.windows(tag.len()).any(|part| part == tag.as_bytes()), "{}: {tag}", guide.slug);
        }
        let addresses = poppler("pdfinfo", &["-url"], &path);
        for link in &guide.links {
            assert!(addresses.contains(link.as_str()), "{}: {link}\n{addresses}", guide.slug);
        }
        // Every page has something on it, and each holds three steps or so.
        let pages = sandbox.path(&format!("pdf/{}", guide.slug));
        run("pdftoppm", &["-png".as_ref(), "-r".as_ref(), "30".as_ref(), path.as_ref(), pages.as_ref()]);
        let of_guide =
            |(name, _): &(String, Vec<u8>)| name.starts_with(&guide.slug) && name.ends_with(".png");
        let pages: Vec<_> = sandbox.files("pdf").into_iter().filter(of_guide).collect();
        assert!((1..=guide.steps.len() / 3 + 2).contains(&pages.len()), "{}: {}", guide.slug, pages.len());
        for (name, bytes) in pages {
            let page = image::load_from_memory(&bytes).unwrap().into_luma8();
            let ink = page.pixels().filter(|pixel| pixel[0] < 160).count();
            assert!(ink * 400 > page.pixels().len(), "{name}: {ink} of {}", page.pixels().len());
        }
    }
}

#[test]
fn every_guide_is_opened_by_a_word_processor() {
    let guides = written();
    let sandbox = made(&guides, &[("docx", &["--to", "docx"])]);
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("office").display());
    let mut documents = vec![];
    for guide in &guides {
        documents.push(sandbox.path(&format!("docx/{}.docx", guide.slug)));
    }
    for form in ["fodt", "pdf"] {
        let out = sandbox.path("read");
        let mut args: Vec<&std::ffi::OsStr> =
            vec![profile.as_ref(), "--headless".as_ref(), "--convert-to".as_ref()];
        args.extend([form.as_ref(), "--outdir".as_ref(), out.as_os_str()]);
        args.extend(documents.iter().map(|path| path.as_os_str()));
        run("soffice", &args);
    }
    for guide in &guides {
        // As the word processor would write it, with all that it has understood.
        let text = sandbox.read(&format!("read/{}.fodt", guide.slug));
        assert_eq!(text.matches("text:outline-level=\"1\">").count(), 1, "{}", guide.slug);
        assert!(text.matches("<text:list-item").count() >= guide.steps.len(), "{}", guide.slug);
        for alt in &guide.alts {
            assert!(text.contains(&format!("<svg:desc>{alt}</svg:desc>")), "{}: {alt}", guide.slug);
        }
        for link in &guide.links {
            assert!(text.contains(&format!("xlink:href=\"{link}\"")), "{}: {link}", guide.slug);
        }
        let read = sandbox.path(&format!("read/{}.pdf", guide.slug));
        says_all(guide, &poppler("pdftotext", &[], &read));
        let shown =
            poppler("pdfimages", &["-list"], &read).lines().filter(|line| line.contains(" image ")).count();
        assert!(shown >= guide.alts.len(), "{}: {shown} pictures of {}", guide.slug, guide.alts.len());
    }
}

#[test]
fn every_guide_is_markdown_with_all_its_pictures_for_each_wiki() {
    let guides = written();
    let flavour = |name| ["--to", "md", "--flavour", name];
    let (github, confluence, notion) = (flavour("github"), flavour("confluence"), flavour("notion"));
    let forms: [(&str, &[&str]); 4] =
        [("github", &github), ("confluence", &confluence), ("notion", &notion), ("png", &["--to", "png"])];
    let sandbox = made(&guides, &forms);
    for guide in &guides {
        for wiki in ["github", "confluence", "notion"] {
            let folder = format!("{wiki}/{}", guide.slug);
            let path = sandbox.path(&format!("{folder}/{}.md", guide.slug));
            let html = run("cmark", &[path.as_ref()]);
            says_all(guide, &texts_of_html(&html));
            let steps = if wiki == "github" { "<li>" } else { "<h3>" };
            assert!(html.matches(steps).count() >= guide.steps.len(), "{folder}: {html}");
            assert!(!html.contains("<!--") && (wiki == "github" || !html.contains("[!")), "{folder}: {html}");
            let mut pictures = 0;
            for picture in html.split("<img src=\"").skip(1) {
                let (source, rest) = picture.split_once('"').unwrap();
                image::open(sandbox.path(&format!("{folder}/{source}")))
                    .unwrap_or_else(|error| panic!("{source}: {error}"));
                assert!(!rest.starts_with(" alt=\"\""), "{folder}: {source} has no alternative text");
                pictures += 1;
            }
            assert_eq!(pictures, guide.alts.len(), "{folder}");
            // No picture lies there that nothing shows.
            assert_eq!(sandbox.files(&folder).len(), pictures + 1, "{folder}");
        }
        for (name, bytes) in sandbox.files(&format!("png/{}", guide.slug)) {
            let picture = image::load_from_memory(&bytes).unwrap();
            assert!(picture.width() > 300 && picture.height() > 100, "{}: {name}", guide.slug);
        }
        assert_eq!(sandbox.files(&format!("png/{}", guide.slug)).len(), guide.alts.len(), "{}", guide.slug);
    }
}

#[test]
fn every_guide_is_a_course_that_a_system_runs_to_its_end() {
    let guides = written();
    let sandbox = made(&guides, &[("scorm", &["--to", "scorm"]), ("scorm2004", &["--to", "scorm2004"])]);
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/scorm");
    let browser = browser();
    for (form, schema, api, prefix, status, place) in [
        ("scorm", "imscp_rootv1p1p2.xsd", "API", "LMS", "cmi.core.lesson_status", "cmi.core.lesson_location"),
        ("scorm2004", "imscp_v1p1.xsd", "API_1484_11", "", "cmi.completion_status", "cmi.location"),
    ] {
        for guide in &guides {
            let mut files = unzipped(&sandbox.path(&format!("{form}/{}.zip", guide.slug)));
            sandbox.write("imsmanifest.xml", &files["imsmanifest.xml"]);
            let schema = schemas.join(schema);
            let manifest = sandbox.path("imsmanifest.xml");
            let args: [&std::ffi::OsStr; 5] = [
                "--noout".as_ref(),
                "--nonet".as_ref(),
                "--schema".as_ref(),
                schema.as_ref(),
                manifest.as_ref(),
            ];
            run("xmllint", &args);
            // What it names is what is there.
            let text = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
            let named =
                text.split("<file href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
            let mut named: Vec<String> = named.chain(["imsmanifest.xml".to_owned()]).collect();
            named.sort();
            assert_eq!(files.keys().cloned().collect::<Vec<_>>(), named);
            let lms = LMS.replace("{API}", api).replace("{PREFIX}", prefix).replace("{RESUME}", "{}");
            files.insert("lms".to_owned(), lms.into_bytes());
            let mut page = browser.new_page().unwrap();
            page.navigate(&format!("{}/lms", serve(files))).unwrap();
            page.wait_for(&format!("values['{status}'] === 'incomplete'")).unwrap();
            let last = "document.querySelector('guidemark-player[state]') && document.querySelector('guidemark-player').total";
            page.wait_for_in("guide.html", last)
                .unwrap_or_else(|error| panic!("{form}/{}: {error}", guide.slug));
            page.evaluate_in("guide.html", "(({ total }) => document.querySelector('guidemark-player').go(total))(document.querySelector('guidemark-player'))").unwrap();
            page.wait_for(&format!("values['{status}'] === 'completed'")).unwrap();
            let reached = page.evaluate(&format!("Number(values['{place}'])")).unwrap();
            assert_eq!(reached, serde_json::json!(guide.steps.len()), "{form}/{}", guide.slug);
            // Begun once, and nothing is told before.
            let calls = page.evaluate("calls.map(([name]) => name.replace('LMS', ''))").unwrap();
            assert_eq!(calls[0], "Initialize");
            assert_eq!(calls.as_array().unwrap().iter().filter(|name| *name == "Initialize").count(), 1);
        }
    }
}

/// What makes films of all guides cheap: small, few pictures, read fast.
const CHEAP: [&str; 6] = ["--size", "660x462", "--fps", "4", "--pace", "1000"];
const SMALL: (u32, u32) = (660, 462);

#[test]
fn every_guide_is_a_film_that_plays_and_an_animation() {
    let guides = written();
    let stills = |form: &'static str| [&["--to", form, "--motion", "steps"], &CHEAP[..]].concat();
    let two = |form: &'static str| [&stills(form)[..], &["--steps", "1-2"]].concat();
    let (mp4, gif, webp) = (stills("mp4"), two("gif"), two("webp"));
    let webm = [&["--to", "webm", "--steps", "1-2"], &CHEAP[..]].concat();
    let sandbox = made(&guides, &[("mp4", &mp4), ("webm", &webm), ("gif", &gif), ("webp", &webp)]);
    let browser = browser();
    let mut page = browser.new_page().unwrap();
    for guide in &guides {
        let stage = stage(&browser, &sandbox, guide, SMALL);
        // A still a step at least.
        animations(&sandbox, guide, 2);
        let film = Film { sandbox: &sandbox, guide, size: SMALL, form: "mp4", codec: "h264" };
        let seen = film.opened(&mut page, guide.steps.len());
        for at in [0, 1] {
            let far = difference(&seen[at], &stage[at]);
            assert!(far < CODED, "{}: picture {at} of the film is {far} from the stage", guide.slug);
        }
        Film { form: "webm", codec: "vp9", ..film }.opened(&mut page, 2);
    }
}

#[test]
fn a_whole_guide_is_a_film_of_full_size_and_motion_and_an_animation() {
    let guides: Vec<Written> =
        written().into_iter().filter(|guide| guide.slug == "embed-in-mdbook").collect();
    let sandbox = Sandbox::new();
    let guide = &guides[0];
    let path = guide.path.to_str().unwrap();
    let ran =
        sandbox.run(&["export", path, "--to", "mp4", "-o", "mp4/embed-in-mdbook.mp4", "--cache", cache()]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let browser = browser();
    let stage = stage(&browser, &sandbox, guide, (1280, 800));
    let film = Film { sandbox: &sandbox, guide, size: (1280, 800), form: "mp4", codec: "h264" };
    let seen = film.opened(&mut browser.new_page().unwrap(), guide.steps.len());
    for at in [0, 1] {
        let far = difference(&seen[at], &stage[at]);
        assert!(far < CODED, "picture {at} of the film is {far} from the stage");
    }
    let stills = |form: &'static str| [&["--to", form, "--motion", "steps"], &CHEAP[..]].concat();
    let animated = made(&guides, &[("gif", &stills("gif")), ("webp", &stills("webp"))]);
    // The cover, a still a step at least, and the end.
    let animation = animations(&animated, guide, guide.steps.len() + 2);
    let stage = self::stage(&browser, &animated, guide, SMALL);
    for at in [0, 1] {
        let far = far(&stage[at], &animation[at]);
        assert!(far < STAGE, "picture {at} of the animation is {far} from the stage");
    }
    // Forty seconds of it take less than 2 MB.
    let bytes = std::fs::metadata(sandbox.path("mp4/embed-in-mdbook.mp4")).unwrap().len();
    let probe = probed(&sandbox.path("mp4/embed-in-mdbook.mp4"));
    let length: f64 =
        probe.lines().rev().find_map(|line| line.strip_prefix("duration=")).unwrap().parse().unwrap();
    assert!(bytes as f64 / length < 50_000.0, "{bytes} bytes for {length} s");
}

/// How far the first and the last picture may be from the page's, 0 to 255: palettes change a little.
const STAGE: f64 = 3.0;
/// The same of a film, whose first picture is coarse until its second one.
const CODED: f64 = 6.0;

/// The style of films, which have no buttons and no bar.
const FACE: &str = include_str!("../../../themes/default/player/film.js");

fn build(sandbox: &Sandbox, guide: &Written) {
    let ran = sandbox.run(&["build", guide.path.to_str().unwrap(), "-o", "page.html", "--cache", cache()]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

/// The cover and the end as the player of the page shows them to a reader, without its buttons.
fn stage(
    browser: &Browser,
    sandbox: &Sandbox,
    guide: &Written,
    (width, height): (u32, u32),
) -> [image::RgbaImage; 2] {
    build(sandbox, guide);
    let mut page = browser.new_page().unwrap();
    page.set_viewport(Viewport { width, height, density: 1.0, mobile: false }).unwrap();
    let address = guidemark::browser::file_address(&sandbox.path("page.html"));
    // Cursor and camera are at once where they arrive.
    page.set_media(Media { reduced_motion: true, ..Media::default() }).unwrap();
    page.navigate(&format!("{address}?view=player")).unwrap();
    page.wait_for("document.querySelector('guidemark-player[state=cover]')").unwrap();
    let face = FACE.split_once("const FACE = `").unwrap().1.split_once('`').unwrap().0;
    let dress = "((face) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(face + '.gm-stage { --there: 1 }');
        document.adoptedStyleSheets.push(sheet);
        return document.fonts.ready.then(() => true);
    })";
    page.wait_for(&format!("{dress}({})", serde_json::json!(face))).unwrap();
    let cover = page.screenshot().unwrap();
    page.evaluate("document.querySelector('guidemark-player').go(9999)").unwrap();
    let next = "document.querySelector('guidemark-player[state=ended]') || void document.querySelector('guidemark-player').next()";
    page.wait_for(next).unwrap();
    let drawn = "Promise.all([...document.querySelectorAll('.gm-stage img')].map((picture) => picture.decode().catch(() => {})))
        .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))";
    page.wait_for(drawn).unwrap();
    let end = page.screenshot().unwrap();
    [cover, end].map(|picture| image::load_from_memory(&picture).unwrap().into_rgba8())
}

/// The first and the last picture of the GIF of a guide; its WebP shows the same.
fn animations(sandbox: &Sandbox, guide: &Written, least: usize) -> [image::RgbaImage; 2] {
    let slug = &guide.slug;
    let gif = frames(&sandbox.path(&format!("gif/{slug}.gif")), &sandbox.path(&format!("gif/{slug}")));
    let webp = std::fs::read(sandbox.path(&format!("webp/{slug}.webp"))).unwrap();
    let webp = image::codecs::webp::WebPDecoder::new(Cursor::new(&webp)).unwrap();
    let webp = image::AnimationDecoder::into_frames(webp).collect_frames().unwrap();
    for (form, count) in [("gif", gif.len()), ("webp", webp.len())] {
        assert!(count >= least, "{slug}.{form}: {count} pictures");
    }
    let ends = |all: &[image::RgbaImage]| [all.first().unwrap().clone(), all.last().unwrap().clone()];
    let webp: Vec<_> = webp.into_iter().map(image::Frame::into_buffer).collect();
    let (one, other) = (ends(&gif), ends(&webp));
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.dimensions(), SMALL);
        let far = far(one, other);
        assert!(far < 3.0, "{slug}: GIF and WebP differ by {far}");
    }
    one
}

/// A film of a guide, at `FORM/SLUG.FORM`.
#[derive(Clone, Copy)]
struct Film<'a> {
    sandbox: &'a Sandbox,
    guide: &'a Written,
    size: (u32, u32),
    form: &'a str,
    codec: &'a str,
}

impl Film<'_> {
    /// What others say of it, and what a browser shows of it: its first and last pixels.
    fn opened(self, page: &mut Page, steps: usize) -> serde_json::Value {
        let Film { sandbox, guide, size: (width, height), form, codec } = self;
        let name = format!("{form}/{}.{form}", guide.slug);
        let path = sandbox.path(&name);
        let probe = probed(&path);
        let said = [format!("codec_name={codec}"), format!("width={width}"), format!("height={height}")];
        let fixed = ["TAG:language=eng", "color_space=bt709", "color_primaries=bt709"];
        for line in said.iter().map(String::as_str).chain(fixed) {
            assert!(probe.contains(line), "{name}: {line}\n{probe}");
        }
        self.captions(steps);
        let played = played(page, sandbox, &path, &format!("video/{form}"), &format!("({PLAY})([0, -0.05])"));
        assert_eq!(played["size"], serde_json::json!([width, height]));
        let length = played["length"].as_f64().unwrap();
        assert!(played["seekable"] == played["length"] && length > steps as f64 * 0.9, "{name}: {length} s");
        let said = probe.lines().rev().find_map(|line| line.strip_prefix("duration=")).unwrap();
        assert!((said.parse::<f64>().unwrap() - length).abs() < 0.3, "{name}: {said} and {length}");
        played["seen"].clone()
    }

    /// What is said in it is said beside it too, to the frame; and all of its pictures can be decoded.
    fn captions(self, steps: usize) {
        let Film { sandbox, guide, form, .. } = self;
        let name = format!("{form}/{}", guide.slug);
        let path = sandbox.path(&format!("{name}.{form}"));
        let file = path.to_str().unwrap();
        run("ffmpeg", &["-v", "error", "-xerror", "-i", file, "-f", "null", "-"].map(AsRef::as_ref));
        let beside = cues(&sandbox.read(&format!("{name}.vtt")));
        let within = ["-v", "error", "-i", file, "-map", "0:s:0", "-f", "webvtt", "-"];
        let within = cues(&run("ffmpeg", &within.map(AsRef::as_ref)));
        assert!(beside.len() >= steps && within.len() == beside.len(), "{name}: {within:?} {beside:?}");
        for ((from, to, said), (begins, ends, words)) in within.iter().zip(&beside) {
            assert_eq!(said, words, "{name}");
            assert!((from - begins).abs() < 0.2 && (to - ends).abs() < 0.2, "{name}: {said}");
        }
    }
}

/// How far pictures are apart, 0 to 255.
fn far(one: &image::RgbaImage, other: &image::RgbaImage) -> f64 {
    let pairs = one.as_raw().iter().zip(other.as_raw());
    pairs.map(|(one, other)| f64::from(one.abs_diff(*other))).sum::<f64>() / one.as_raw().len() as f64
}
