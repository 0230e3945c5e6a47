//! Guides as documents, pictures, animations and courses. What is made is read by others' decoders.

use super::Sandbox;
use base64::Engine;
use guidemark::browser::{Browser, LaunchOptions};
use image::AnimationDecoder;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;

const GUIDE: &str = "guides/log-in/index.md";

fn export(sandbox: &Sandbox, args: &[&str]) {
    let ran = sandbox.run(&[&["export", GUIDE], args].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|found| found == part.as_bytes())
}

#[test]
fn a_document_has_structure_and_is_the_same_twice() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "pdf"]);
    let first = std::fs::read(sandbox.path("log-in.pdf")).unwrap();
    for part in ["%PDF-", "/StructTreeRoot", "/Outlines", "/Marked true", "/Lang (en"] {
        assert!(holds(&first, part), "{part}");
    }
    let told = poppler("pdfinfo", &["-struct-text"], &sandbox.path("log-in.pdf"));
    for part in ["H1 (block)", "L (block)", "LI (block)", "Link (inline)", "Figure", "Caption", "\"Click \""]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(holds(&first, "/Alt (The login form with a username and a password"), "no alternative text");
    let told = poppler("pdfinfo", &[], &sandbox.path("log-in.pdf"));
    assert!(told.contains("Tagged:          yes") && told.contains("595.92 x 841.92 pts (A4)"), "{told}");
    let text = poppler("pdftotext", &["-layout"], &sandbox.path("log-in.pdf"));
    assert!(text.contains("How to log in to Datasette") && text.contains("Click Log in"), "{text}");
    export(&sandbox, &["--to", "pdf", "-o", "again.pdf"]);
    assert!(first == std::fs::read(sandbox.path("again.pdf")).unwrap());
}

#[test]
fn pictures_have_their_marks_and_a_wiki_gets_them_with_the_text() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "png"]);
    let names: Vec<String> = sandbox.files("log-in").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["step-01.png", "step-02.png", "step-03.png"]);
    export(&sandbox, &["--to", "md", "-o", "wiki"]);
    let text = sandbox.read("wiki/log-in.md");
    assert!(text.starts_with("# How to log in to Datasette\n\nDatasette shows more"), "{text}");
    let step =
        "3. Click **Log in**.\n\n   ![The login form with a username and a password](images/step-03.png)\n";
    assert!(text.contains(step) && !text.contains("<!--") && !text.contains("---"), "{text}");
    let pictures = pulldown_cmark::Parser::new(&text).filter_map(|event| match event {
        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    });
    for picture in pictures {
        let found = image::open(sandbox.path(&format!("wiki/{picture}"))).unwrap();
        assert!(found.width() > 600, "{picture} is {} pixels wide", found.width());
    }
    // Lists of Confluence hold no pictures.
    export(&sandbox, &["--to", "md", "--flavour", "confluence", "-o", "confluence"]);
    assert!(sandbox.read("confluence/log-in.md").contains("### 3. Click **Log in**\n\n!["));
    // A folder of somebody is never written to.
    let ran = sandbox.run(&["export", GUIDE, "--to", "md", "-o", "wiki"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("error: `wiki` is there already\n"), "{}", ran.stderr);
}

/// What a program of poppler says of a document.
fn poppler(program: &str, args: &[&str], path: &std::path::Path) -> String {
    let mut command = std::process::Command::new(program);
    command.args(args).arg(path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let ran = command.output().expect("poppler is installed");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// What `ffprobe` says of a file, as `KEY=VALUE` lines.
fn probed(path: &std::path::Path) -> String {
    let asked = ["-v", "error", "-show_format", "-show_streams", "-count_packets"];
    let ran =
        std::process::Command::new("ffprobe").args(asked).arg(path).output().expect("ffprobe is installed");
    assert!(ran.status.success() && ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

fn browser() -> Browser {
    let path = std::env::var_os("PATH");
    let named = std::env::var_os("GUIDEMARK_CHROMIUM").map(std::path::PathBuf::from);
    Browser::launch(&LaunchOptions::find(named.as_deref(), path.as_deref()).unwrap()).unwrap()
}

/// Plays a file; gives its length, and its pixels at some times, small.
const PLAY: &str = "async (times) => {
    const film = document.querySelector('video');
    const until = (name, act) => new Promise((done) => { film.addEventListener(name, done, { once: true }); act(); });
    if (film.readyState < 2) await until('loadeddata', () => film.load());
    const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 21 });
    const brush = canvas.getContext('2d', { willReadFrequently: true });
    const seen = [];
    for (const time of times) {
        await until('seeked', () => { film.currentTime = time < 0 ? film.duration + time : time; });
        brush.drawImage(film, 0, 0, 30, 21);
        seen.push([...brush.getImageData(0, 0, 30, 21).data]);
    }
    return { seen, length: film.duration, size: [film.videoWidth, film.videoHeight], seekable: film.seekable.end(0) };
}";

/// How far the pixels of a film are from those of a picture of the same moment, 0 to 255.
fn difference(seen: &serde_json::Value, picture: &image::RgbaImage) -> f64 {
    let small = image::imageops::thumbnail(picture, 30, 21);
    let seen: Vec<f64> = seen.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    let sum: f64 = seen.iter().zip(small.as_raw()).map(|(one, other)| (one - f64::from(*other)).abs()).sum();
    sum / seen.len() as f64
}

/// Names and texts of a zip file.
fn unzipped(path: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        files.insert(part.name().unwrap().into_owned(), bytes);
    }
    files
}

/// What is wrong with an XML document, by the browser's own parser; the text of all elements of some name.
const XML: &str = "(text, name) => {
    const read = new DOMParser().parseFromString(text, 'application/xml');
    const wrong = read.querySelector('parsererror');
    if (wrong) throw new Error(wrong.textContent);
    return [...read.getElementsByTagName(name)].map((each) => [...each.attributes].map(({ name, value }) => `${name}=${value}`).join(' ') + '|' + each.textContent);
}";

#[test]
fn a_document_of_word_processors_has_headings_numbers_pictures_and_links() {
    let sandbox = Sandbox::starter();
    let guide = sandbox
        .read(GUIDE)
        .replace("Click **Log in**.", "Click **Log in** & see [more](https://example.com/?a=1&b=2).");
    assert!(guide.contains("example.com"));
    sandbox.write(GUIDE, &guide);
    export(&sandbox, &["--to", "docx"]);
    let first = std::fs::read(sandbox.path("log-in.docx")).unwrap();
    let files = unzipped(&sandbox.path("log-in.docx"));
    let mut page = browser().new_page().unwrap();
    let mut all = |part: &str, name: &str| -> Vec<String> {
        let text = serde_json::Value::from(String::from_utf8(files[part].clone()).unwrap());
        serde_json::from_value(page.evaluate(&format!("({XML})({text}, '{name}')")).unwrap()).unwrap()
    };
    let paragraphs = all("word/document.xml", "w:p");
    assert!(paragraphs[0].ends_with("|How to log in to Datasette"), "{paragraphs:?}");
    assert!(paragraphs.iter().any(|text| text.ends_with("|Click Log in & see more.")), "{paragraphs:?}");
    assert_eq!(all("word/document.xml", "w:pStyle")[0], "w:val=Heading1|");
    assert_eq!(all("word/document.xml", "w:numPr").len(), 3, "a number a step");
    assert!(all("word/numbering.xml", "w:startOverride").contains(&"w:val=1|".to_owned()));
    let described = all("word/document.xml", "wp:docPr");
    assert_eq!(described.len(), 3);
    assert!(described[2].contains("descr=The login form with a username and a password"), "{described:?}");
    // What the text names is there, under its name and of a known kind.
    let targets = all("word/_rels/document.xml.rels", "Relationship");
    let links = targets.iter().filter(|target| target.contains("TargetMode=External")).collect::<Vec<_>>();
    assert_eq!(links.len(), 1);
    assert!(links[0].contains("Target=https://example.com/?a=1&b=2 "), "{links:?}");
    for target in targets.iter().filter(|target| target.contains("/image ")) {
        let name = target.split("Target=").nth(1).unwrap().trim_end_matches('|');
        assert!(image::load_from_memory(&files[&format!("word/{name}")]).is_ok(), "{name}");
    }
    for (part, name) in [
        ("[Content_Types].xml", "Override"),
        ("_rels/.rels", "Relationship"),
        ("docProps/core.xml", "dc:title"),
        ("word/styles.xml", "w:style"),
    ] {
        assert!(!all(part, name).is_empty(), "{part}");
    }
    export(&sandbox, &["--to", "docx"]);
    assert!(first == std::fs::read(sandbox.path("log-in.docx")).unwrap(), "other bytes");
}

#[test]
fn code_keeps_its_lines_notes_their_name_and_steps_their_picture() {
    let sandbox = Sandbox::starter();
    let guide = sandbox.read(GUIDE);
    let more = "1. Run it:\n\n   ```sh\n   mkdir a\n   cd a\n   ```\n\n   > [!TIP]\n   > Twice.\n\n";
    sandbox.write(GUIDE, guide.replacen("1. ", &format!("{more}1. "), 1));
    export(&sandbox, &["--to", "docx", "--lang", "de"]);
    let files = unzipped(&sandbox.path("log-in.docx"));
    let text = String::from_utf8(files["word/document.xml"].clone()).unwrap();
    let code = text.split("<w:p>").find(|paragraph| paragraph.contains("mkdir a")).unwrap();
    assert_eq!(code.matches("<w:br/>").count(), 1, "two lines, and none after them: {code}");
    assert!(text.contains(">Tipp</w:t>") && !text.contains("[!TIP]"), "{text}");
    // What is said stands on the page of its picture.
    let click = text.split("<w:p>").position(|paragraph| paragraph.contains(">Log in</w:t>")).unwrap();
    let paragraphs: Vec<&str> = text.split("<w:p>").collect();
    assert!(paragraphs[click].contains("<w:keepNext/>") && paragraphs[click + 1].contains("<w:drawing>"));
    assert!(!paragraphs[click + 1].contains("<w:keepNext/>"));
    // Other wikis know no `[!TIP]`.
    export(&sandbox, &["--to", "md", "-o", "github"]);
    assert!(sandbox.read("github/log-in.md").contains("   > [!TIP]\n   > Twice."));
    export(&sandbox, &["--to", "md", "--flavour", "notion", "-o", "notion"]);
    assert!(sandbox.read("notion/log-in.md").contains("> **Tip:**\n> Twice."));
}

#[test]
fn a_guide_is_exported_in_the_language_that_is_named() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "scorm", "--lang", "de", "-o", "a.zip"]);
    let page = String::from_utf8(unzipped(&sandbox.path("a.zip"))["guide.html"].clone()).unwrap();
    assert!(page.contains("<html lang=\"de\"") && page.contains("3 Schritte"), "{page}");
    let ran = sandbox.run(&["export", GUIDE, "--to", "pdf", "--lang", "german, please"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("`--lang` can't be `german, please`"), "{}", ran.stderr);
}

/// When a film changes its picture, by the numbers of its frames.
fn changes(film: &std::path::Path) -> Vec<u64> {
    let args = ["-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0"];
    let ran =
        std::process::Command::new("ffprobe").args(args).arg(film).output().expect("ffprobe is installed");
    let told = String::from_utf8(ran.stdout).unwrap();
    let times = told.split_whitespace().map(|time| time.trim_matches(',').parse::<f64>().unwrap());
    times.map(|time| (time * 10.0).round() as u64).collect()
}

#[test]
fn a_film_of_stills_fades_between_them_and_its_captions_keep_its_time() {
    let sandbox = Sandbox::starter();
    let args = ["--motion", "steps", "--fps", "10", "--size", "300x200", "--pace", "1000"];
    export(&sandbox, &[&["--to", "webm"], &args[..]].concat());
    let captions = sandbox.read("log-in.vtt");
    let last = captions.lines().rev().find_map(|line| line.split_once(" --> ")).unwrap();
    let time = |text: &str| text.rsplit(':').next().unwrap().parse::<f64>().unwrap();
    let told = probed(&sandbox.path("log-in.webm"));
    let length = told.lines().rev().find_map(|line| line.strip_prefix("duration=")).unwrap();
    let length: f64 = length.parse().unwrap();
    // The end stands behind the last step.
    let end = length - time(last.1);
    assert!((2.0..4.0).contains(&end), "{end} s of {length} after the last caption");
    let pictures = changes(&sandbox.path("log-in.webm"));
    let begins = (time(last.0) * 10.0).round() as u64;
    assert!(
        pictures.contains(&begins) && pictures.contains(&(begins + 1)) && pictures.contains(&(begins + 2))
    );
    // A picture of its own between the two: neither what was before nor what comes.
    let still = |at: u64| {
        let frame = sandbox.path("frame.png");
        let mut command = std::process::Command::new("ffmpeg");
        command.args(["-v", "error", "-y", "-i"]).arg(sandbox.path("log-in.webm"));
        command.args(["-vf", &format!("select=gte(t\\,{})", at as f64 / 10.0 - 0.01), "-frames:v", "1"]);
        assert!(command.arg(&frame).status().unwrap().success());
        image::open(&frame).unwrap().into_rgb8()
    };
    let far = |one: &image::RgbImage, other: &image::RgbImage| -> u64 {
        one.as_raw().iter().zip(other.as_raw()).map(|(one, other)| u64::from(one.abs_diff(*other))).sum()
    };
    let (before, between, after) = (still(begins - 1), still(begins), still(begins + 4));
    let whole = far(&before, &after);
    assert!(far(&before, &between) > whole / 5 && far(&between, &after) > whole / 5);
}

#[test]
fn words_that_a_card_has_no_room_for_are_shown_one_after_the_other() {
    let sandbox = Sandbox::starter();
    let long: String = (1..=60).map(|at| format!(" Sentence {at} of many.")).collect();
    let guide = sandbox.read(GUIDE).replace("Click **Log in**.", &format!("Click **Log in**.{long}"));
    sandbox.write(GUIDE, guide);
    export(&sandbox, &["--to", "gif", "--size", "700x460", "--steps", "3", "-o", "long.gif"]);
    let bytes = std::fs::read(sandbox.path("long.gif")).unwrap();
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap();
    let frames = decoder.into_frames().collect_frames().unwrap();
    assert!(frames.len() >= 4, "{} pictures: some words are never seen", frames.len());
}

#[test]
fn a_film_plays_in_browsers_and_others_and_is_the_same_twice() {
    let sandbox = Sandbox::starter();
    let size = ["--size", "600x420"];
    export(&sandbox, &[&["--to", "gif"], &size[..]].concat());
    let bytes = std::fs::read(sandbox.path("log-in.gif")).unwrap();
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap();
    let stills = decoder.into_frames().collect_frames().unwrap();
    let (first, last) = (stills.first().unwrap().buffer(), stills.last().unwrap().buffer());
    let browser = browser();
    for (form, codec, words) in [("mp4", "h264", "mov_text"), ("webm", "vp9", "webvtt")] {
        export(&sandbox, &[&["--to", form, "--pace", "600"], &size[..]].concat());
        let path = sandbox.path(&format!("log-in.{form}"));
        let told = probed(&path);
        for line in [
            &format!("codec_name={codec}"),
            &format!("codec_name={words}"),
            "width=600",
            "height=420",
            "color_space=bt709",
            "color_primaries=bt709",
        ] {
            assert!(told.contains(line), "{form}: {line}\n{told}");
        }
        let captions = sandbox.read("log-in.vtt");
        assert!(
            captions.starts_with("WEBVTT\n\n1\n00:00:0") && captions.contains("Click Log in"),
            "{captions}"
        );
        let mut page = browser.new_page().unwrap();
        let data = base64::engine::general_purpose::STANDARD.encode(std::fs::read(&path).unwrap());
        let html = format!("<!doctype html><video muted src='data:video/{form};base64,{data}'></video>");
        sandbox.write("film.html", &html);
        page.navigate(&guidemark::browser::file_address(&sandbox.path("film.html"))).unwrap();
        let played = page.evaluate(&format!("({PLAY})([0, -0.05])")).unwrap();
        assert_eq!(played["size"], serde_json::json!([600, 420]));
        let length = played["length"].as_f64().unwrap();
        assert!((8.0..25.0).contains(&length) && played["seekable"] == played["length"], "{played}");
        let said = told.lines().rev().find_map(|line| line.strip_prefix("duration=")).unwrap();
        assert!((said.parse::<f64>().unwrap() - length).abs() < 0.1, "{said} and {length}");
        for (at, still) in [(0, first), (1, last)] {
            let far = difference(&played["seen"][at], still);
            assert!(far < 5.0, "{form}: picture {at} is {far} from the stage");
        }
        // A moment later another picture is shown: the film can be gone through.
        assert!(
            difference(&page.evaluate(&format!("({PLAY})([{}])", length / 2.0)).unwrap()["seen"][0], first)
                > 5.0
        );
        if form == "mp4" {
            let before = std::fs::read(&path).unwrap();
            export(&sandbox, &[&["--to", form, "--pace", "600", "-o", "again.mp4"], &size[..]].concat());
            assert!(before == std::fs::read(sandbox.path("again.mp4")).unwrap(), "other bytes");
        }
    }
}

#[test]
fn a_film_is_as_short_as_asked_or_says_how_short_it_can_be() {
    let sandbox = Sandbox::starter();
    let args = ["--to", "webp", "--motion", "full", "--fps", "4", "--size", "400x300"];
    export(&sandbox, &[&args[..], &["--max", "8s"]].concat());
    let bytes = std::fs::read(sandbox.path("log-in.webp")).unwrap();
    let decoder = image::codecs::webp::WebPDecoder::new(Cursor::new(&bytes)).unwrap();
    let frames = decoder.into_frames().collect_frames().unwrap();
    let length: u32 = frames.iter().map(|frame| frame.delay().numer_denom_ms().0).sum();
    assert!((7000..=8250).contains(&length), "{length} ms");
    let ran = sandbox.run(&[&["export", GUIDE], &args[..], &["--max", "1s"]].concat());
    assert!(
        ran.stderr.contains("the film takes ") && ran.stderr.contains(" s at the least"),
        "{}",
        ran.stderr
    );
    let ran = sandbox.run(&["export", GUIDE, "--to", "mp4", "--chapter", "4"]);
    assert!(ran.stderr.contains("the guide has 0 chapters, and no chapter 4"), "{}", ran.stderr);
    let ran = sandbox.run(&["export", GUIDE, "--to", "mp4", "--size", "601x420"]);
    assert!(ran.stderr.contains("the sides of a film are even numbers of pixels"), "{}", ran.stderr);
}

#[test]
fn a_theme_without_a_film_says_so_and_one_with_its_own_is_filmed() {
    let sandbox = Sandbox::starter();
    let stage = "<guidemark-player><p>Mine</p></guidemark-player>";
    sandbox.write("themes/default/stage.html", stage);
    let ran = sandbox.run(&["export", GUIDE, "--to", "gif"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("the theme of this guide can't be filmed: its page has no walkthrough"),
        "{}",
        ran.stderr
    );
    let own = "customElements.define('guidemark-player', class extends HTMLElement {\n  film() {\n    const part =                { kind: 'step', step: 1, title: 'Mine', start: 0, card: 0, stop: 0, resume: 2000, end: 2000 };\n                   return { parts: [part], total: 2000 };\n  }\n\n  seekFilm(ms) {\n    this.style.background = 'rgb(10, 200, 30)';\n                   return 2000;\n  }\n});\n";
    sandbox.write("themes/default/player/main.js", own);
    export(&sandbox, &["--to", "gif", "--size", "300x200"]);
    let bytes = std::fs::read(sandbox.path("log-in.gif")).unwrap();
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap();
    let frames = decoder.into_frames().collect_frames().unwrap();
    assert_eq!(frames.len(), 1);
    assert!(frames[0].buffer().pixels().any(|pixel| pixel.0 == [10, 200, 30, 255]));
}

#[test]
fn an_animation_shows_the_steps_asked_for() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "gif", "--size", "600x420", "--steps", "2-3"]);
    let bytes = std::fs::read(sandbox.path("log-in.gif")).unwrap();
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap();
    let frames = decoder.into_frames().collect_frames().unwrap();
    // What is read, and the click.
    assert_eq!(frames.len(), 3);
    assert!(frames.iter().all(|frame| frame.buffer().dimensions() == (600, 420)));
    assert!(frames[0].buffer() != frames[1].buffer() && bytes.len() < 200_000);
    let ran = sandbox.run(&["export", GUIDE, "--to", "gif", "--steps", "7-9"]);
    assert!(ran.stderr.contains("the guide has 3 steps, and none of those asked for"), "{}", ran.stderr);
}

#[test]
fn a_guide_with_an_error_is_not_exported() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", super::WRONG);
    let ran = sandbox.run(&["export", "a.md", "--to", "scorm"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(!sandbox.has("a.zip"));
    let mut command = sandbox.command();
    command.args(["export", "a.md", "--to", "pdf"]).env("GUIDEMARK_CHROMIUM", "/none");
    let ran = sandbox.ran(&mut command);
    assert!(ran.stderr.contains("help: install Chromium or Chrome, or name one"), "{}", ran.stderr);
}

/// A learning management system that keeps what it is told, and gives it back.
const LMS: &str = "<!doctype html><script>
    window.calls = []; window.values = {RESUME};
    const answer = (name) => (...given) => {
        calls.push([name, ...given]);
        if (name.endsWith('SetValue')) values[given[0]] = given[1];
        return name.endsWith('GetValue') ? values[given[0]] ?? '' : 'true';
    };
    const names = ['Initialize', 'GetValue', 'SetValue', 'Commit', 'Terminate', 'Finish', 'GetLastError'];
    window.{API} = Object.fromEntries(names.map((name) => ['{PREFIX}' + name, answer(name)]));
</script><iframe src='/index.html' width='900' height='700'></iframe>";

fn serve(files: BTreeMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 8192];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = text
                .split(' ')
                .nth(1)
                .unwrap_or_default()
                .trim_start_matches('/')
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned();
            let kind = if path.ends_with(".js") { "text/javascript" } else { "text/html; charset=utf-8" };
            let (status, body) =
                files.get(&path).map_or(("404 Not Found", &[][..]), |bytes| ("200 OK", bytes));
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}

#[test]
fn simple_figures_are_drawn_without_a_browser_and_others_say_that_they_need_one() {
    let sandbox = Sandbox::starter();
    let alone = |args: &[&str]| {
        let mut command = sandbox.command();
        command.args([&["export", GUIDE], args].concat()).env("GUIDEMARK_CHROMIUM", "/none");
        sandbox.ran(&mut command)
    };
    export(&sandbox, &["--to", "png", "-o", "browser"]);
    for (form, to) in [("png", "alone"), ("md", "wiki"), ("docx", "a.docx")] {
        let ran = alone(&["--to", form, "-o", to]);
        assert_eq!(ran.status, Some(0), "{form}: {}", ran.stderr);
    }
    let names = |folder: &str| sandbox.files(folder).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("alone"), names("browser"));
    for name in names("alone") {
        let open =
            |folder: &str| image::open(sandbox.path(&format!("{folder}/{name}"))).unwrap().into_rgba8();
        let (drawn, real) = (open("alone"), open("browser"));
        // The same part of the same picture with the same marks, whatever its density: the mean of each of many cells is the same.
        let cells = |picture: &image::RgbaImage| image::imageops::thumbnail(picture, 64, 40);
        let (drawn, real) = (cells(&drawn), cells(&real));
        let far = |(one, other): (&u8, &u8)| f64::from(one.abs_diff(*other));
        let far: f64 =
            drawn.as_raw().iter().zip(real.as_raw()).map(far).sum::<f64>() / drawn.as_raw().len() as f64;
        assert!(far < 3.0, "{name} is {far} from what the browser draws");
        assert!(drawn.pixels().any(|pixel| pixel[2] > pixel[1].saturating_add(60)), "{name} has no ring");
    }
    // Words on a picture.
    let guide =
        sandbox.read(GUIDE).replacen("<!-- @", "<!-- @callout 10,10 40x40 \"Look\" -->\n   <!-- @", 1);
    sandbox.write(GUIDE, guide);
    let ran = alone(&["--to", "png", "-o", "more"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("has figures that only a browser draws")
            && ran.stderr.contains("help: install Chromium"),
        "{}",
        ran.stderr
    );
    assert!(!sandbox.has("more"));
    let ran = alone(&["--to", "png", "--scheme", "dark", "-o", "more"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
}

#[test]
fn every_guide_of_the_repository_is_exported_several_at_once() {
    let sandbox = Sandbox::new();
    let guides = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("guides");
    let mut files: Vec<String> = std::fs::read_dir(&guides)
        .unwrap()
        .map(|folder| folder.unwrap().path().join("index.md").to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert!(files.len() >= 8);
    for form in ["pdf", "docx", "scorm2004"] {
        let mut args = vec!["export"];
        args.extend(files.iter().map(String::as_str));
        args.extend(["--to", form, "-o", form, "--cache", "kept"]);
        let ran = sandbox.run(&args);
        assert_eq!(ran.status, Some(0), "{form}: {}", ran.stderr);
        assert_eq!(ran.stderr.matches("wrote `").count(), files.len(), "{}", ran.stderr);
    }
    let made = |form: &str, ending: &str| -> Vec<std::path::PathBuf> {
        let all = sandbox.files(form).into_iter().map(|(name, _)| name);
        all.filter(|name| name.ends_with(ending))
            .map(|name| sandbox.path(&format!("{form}/{name}")))
            .collect()
    };
    for (form, ending) in [("pdf", ".pdf"), ("docx", ".docx"), ("scorm2004", ".zip")] {
        assert_eq!(made(form, ending).len(), files.len(), "{form}");
    }
    for document in made("pdf", ".pdf") {
        assert!(
            poppler("pdfinfo", &[], &document).contains("Tagged:          yes"),
            "{}",
            document.display()
        );
    }
    let mut page = browser().new_page().unwrap();
    for document in made("docx", ".docx") {
        for (name, bytes) in
            unzipped(&document).iter().filter(|(name, _)| name.ends_with("ml") || name.ends_with("rels"))
        {
            let text = serde_json::Value::from(String::from_utf8(bytes.clone()).unwrap());
            page.evaluate(&format!("({XML})({text}, 'none')"))
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

/// What the schemas of SCORM ask of a manifest: what must be there, what refers to what, and which files there are.
#[test]
fn the_manifest_of_a_course_keeps_the_rules_of_its_version() {
    let sandbox = Sandbox::starter();
    let mut page = browser().new_page().unwrap();
    for (form, version, kind, namespace) in [
        ("scorm", "1.2", "adlcp:scormtype", "http://www.imsproject.org/xsd/imscp_rootv1p1p2"),
        ("scorm2004", "2004 3rd Edition", "adlcp:scormType", "http://www.imsglobal.org/xsd/imscp_v1p1"),
    ] {
        export(&sandbox, &["--to", form, "-o", "course.zip"]);
        let files = unzipped(&sandbox.path("course.zip"));
        let text = serde_json::Value::from(String::from_utf8(files["imsmanifest.xml"].clone()).unwrap());
        let mut all = |name: &str| -> Vec<String> {
            serde_json::from_value(page.evaluate(&format!("({XML})({text}, '{name}')")).unwrap()).unwrap()
        };
        let of = |element: &str, name: &str| -> String {
            let found = element.split(' ').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
            found.unwrap_or_default().split('|').next().unwrap_or_default().to_owned()
        };
        let manifest = all("manifest").remove(0);
        assert_eq!(of(&manifest, "xmlns"), namespace);
        assert!(!of(&manifest, "identifier").is_empty() && manifest.contains("version="), "{manifest}");
        assert_eq!(all("schema"), ["|ADL SCORM"]);
        assert_eq!(all("schemaversion"), [format!("|{version}")]);
        let (organizations, organization) = (all("organizations"), all("organization"));
        assert_eq!(of(&organizations[0], "default"), of(&organization[0], "identifier"));
        let (items, resources) = (all("item"), all("resource"));
        assert_eq!((items.len(), resources.len()), (1, 1));
        assert_eq!(of(&items[0], "identifierref"), of(&resources[0], "identifier"));
        assert_eq!(
            (of(&resources[0], "type"), of(&resources[0], kind)),
            ("webcontent".to_owned(), "sco".to_owned())
        );
        // Ids are XML names, each of its own.
        let mut ids: Vec<String> = [&manifest, &organization[0], &items[0], &resources[0]]
            .iter()
            .map(|each| of(each, "identifier"))
            .collect();
        assert!(
            ids.iter().all(|id| id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')),
            "{ids:?}"
        );
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 4, "{ids:?}");
        let named: Vec<String> = all("file").iter().map(|file| of(file, "href")).collect();
        assert!(named.contains(&of(&resources[0], "href")), "{named:?}");
        let mut there: Vec<String> =
            files.keys().filter(|name| *name != "imsmanifest.xml").cloned().collect();
        let mut named = named;
        there.sort();
        named.sort();
        assert_eq!(there, named);
    }
}

/// The pixels that a redaction must hide.
fn shows_secret(picture: &image::RgbaImage) -> bool {
    picture.pixels().any(|pixel| pixel[0] > 190 && pixel[1] < 90 && pixel[2] > 190)
}

#[test]
fn redacted_pixels_are_in_none_of_the_forms() {
    let sandbox = Sandbox::new();
    let mut shot = image::RgbImage::from_pixel(640, 400, image::Rgb([230, 235, 240]));
    for (x, y) in (100..300).flat_map(|x| (100..160).map(move |y| (x, y))) {
        shot.put_pixel(x, y, image::Rgb([255, 0, 255]));
    }
    shot.save(sandbox.path("shot.png")).unwrap();
    let guide = "---\ntitle: Hidden\n---\n\n1. Click it.\n\n   ![A page](shot.png)\n\n   \
                 <!-- @click 400,300 50x20 -->\n   <!-- @redact 100,100 200x60 -->\n";
    sandbox.write("hidden.md", guide);
    // Without the redaction it would be seen: the test looks where it would be.
    assert!(shows_secret(&image::open(sandbox.path("shot.png")).unwrap().into_rgba8()));
    let made = |form: &str, path: &str| {
        let ran = sandbox.run(&["export", "hidden.md", "--to", form, "-o", path, "--size", "640x480"]);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        sandbox.path(path)
    };
    let mut pictures: Vec<(String, image::RgbaImage)> = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| {
        pictures.push((name.to_owned(), image::load_from_memory(bytes).unwrap().into_rgba8()));
    };
    for folder in ["png", "md"] {
        made(folder, folder);
        for (name, bytes) in sandbox.files(folder).into_iter().filter(|(name, _)| name.ends_with(".png")) {
            add(&format!("{folder}/{name}"), &bytes);
        }
    }
    for (name, bytes) in unzipped(&made("docx", "a.docx")).iter().filter(|(name, _)| name.ends_with(".png")) {
        add(name, bytes);
    }
    let paper = sandbox.path("paper");
    poppler("pdftoppm", &["-png", "-r", "60", made("pdf", "a.pdf").to_str().unwrap()], &paper);
    let film = made("mp4", "a.mp4");
    let frames = sandbox.path("frame-%d.png");
    let ran = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&film)
        .arg(&frames)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    for (name, bytes) in sandbox
        .files(".")
        .into_iter()
        .filter(|(name, _)| name.starts_with("paper") || name.starts_with("frame"))
    {
        add(&name, &bytes);
    }
    let gif = image::codecs::gif::GifDecoder::new(Cursor::new(std::fs::read(made("gif", "a.gif")).unwrap()))
        .unwrap();
    let webp =
        image::codecs::webp::WebPDecoder::new(Cursor::new(std::fs::read(made("webp", "a.webp")).unwrap()))
            .unwrap();
    for (name, frames) in [("gif", gif.into_frames()), ("webp", webp.into_frames())] {
        let frames = frames.collect_frames().unwrap();
        pictures.extend(frames.into_iter().map(|frame| (name.to_owned(), frame.into_buffer())));
    }
    assert!(pictures.len() > 20, "{} pictures", pictures.len());
    for (name, picture) in &pictures {
        assert!(!shows_secret(picture), "{name} shows what is redacted");
    }
    // What is drawn is not all that is in a file.
    let secret = std::fs::read(sandbox.path("shot.png")).unwrap();
    for (name, bytes) in unzipped(&made("scorm", "a.zip")) {
        assert!(
            !bytes.windows(64).any(|part| part == &secret[secret.len() - 80..secret.len() - 16]),
            "{name}"
        );
    }
}

#[test]
fn a_stop_at_any_moment_leaves_the_file_of_before_or_a_whole_one() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "scorm", "-o", "course.zip"]);
    let whole = std::fs::read(sandbox.path("course.zip")).unwrap();
    let begun = std::time::Instant::now();
    export(&sandbox, &["--to", "scorm", "-o", "course.zip"]);
    let takes = begun.elapsed();
    for part in 1..12 {
        let before = if part % 2 == 0 { Some(b"an older course".to_vec()) } else { None };
        match &before {
            Some(bytes) => drop(sandbox.write("course.zip", bytes)),
            None => std::fs::remove_file(sandbox.path("course.zip")).unwrap_or_default(),
        }
        let mut command = sandbox.command();
        let args = ["export", GUIDE, "--to", "scorm", "-o", "course.zip"];
        let mut child = command.args(args).stderr(std::process::Stdio::null()).spawn().unwrap();
        let until = std::time::Instant::now() + takes * part / 10;
        while std::time::Instant::now() < until && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        let left = std::fs::read(sandbox.path("course.zip")).ok();
        assert!(left == before || left.as_ref() == Some(&whole), "{part}: half a file");
    }
}

#[test]
fn a_course_tells_its_system_how_far_the_reader_is() {
    let sandbox = Sandbox::starter();
    let browser = browser();
    for (form, api, prefix, status, place) in [
        ("scorm", "API", "LMS", "cmi.core.lesson_status", "cmi.core.lesson_location"),
        ("scorm2004", "API_1484_11", "", "cmi.completion_status", "cmi.location"),
    ] {
        export(&sandbox, &["--to", form, "-o", "course.zip"]);
        let mut files = unzipped(&sandbox.path("course.zip"));
        let manifest = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
        for name in ["index.html", "course.js", "guide.html"] {
            assert!(manifest.contains(&format!("href=\"{name}\"")) && files.contains_key(name));
        }
        assert!(manifest.contains("<title>How to log in to Datasette</title>"));
        let resume = format!("{{ '{place}': '2' }}");
        let lms = LMS.replace("{API}", api).replace("{PREFIX}", prefix).replace("{RESUME}", &resume);
        files.insert("lms".to_owned(), lms.into_bytes());
        let mut page = browser.new_page().unwrap();
        page.navigate(&format!("{}/lms", serve(files))).unwrap();
        page.wait_for(&format!("values['{status}'] === 'incomplete'")).unwrap();
        // It goes on where the reader was.
        page.wait_for_in(
            "guide.html",
            "document.querySelector('guidemark-player').getAttribute('step') === '2'",
        )
        .unwrap();
        page.evaluate_in("guide.html", "document.querySelector('guidemark-player').go(3)").unwrap();
        page.wait_for(&format!("values['{status}'] === 'completed' && values['{place}'] === '3'")).unwrap();
        page.evaluate("document.querySelector('iframe').remove()").unwrap();
        let end = if prefix.is_empty() { "Terminate" } else { "Finish" };
        page.wait_for(&format!("calls.at(-1)[0] === '{end}'")).unwrap();
        assert_eq!(page.evaluate(&format!("calls.filter(([name]) => name === '{end}').length")).unwrap(), 1);
    }
}

#[test]
fn pages_offer_what_the_project_says_made_once() {
    let sandbox = Sandbox::starter();
    let settings = sandbox.read("guidemark.toml");
    sandbox.write("guidemark.toml", format!("downloads = [\"pdf\", \"scorm\", \"pdf\"]\n{settings}"));
    let build = |browser: &str, out: &str| {
        let mut command = sandbox.command();
        command.args(["build", "--cache", "kept", "--out", out]);
        if !browser.is_empty() {
            command.env("GUIDEMARK_CHROMIUM", browser);
        }
        sandbox.ran(&mut command)
    };
    // Without a browser the page would lead to nothing, so there is none.
    let ran = build("/none", "public");
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("the PDF of `guides/log-in/index.md` can't be made: no Chromium found"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("help: install Chromium or Chrome") && !sandbox.has("public/log-in/index.html"),
        "{}",
        ran.stderr
    );
    assert_eq!(build("", "public").status, Some(0));
    let page = sandbox.read("public/log-in/index.html");
    for (name, label, start) in [("log-in.pdf", "PDF", "%PDF-"), ("log-in.scorm.zip", "SCORM 1.2", "PK")] {
        assert!(page.contains(&format!("href=\"./{name}\" download>{label}</a>")), "{name}");
        assert!(
            std::fs::read(sandbox.path(&format!("public/log-in/{name}")))
                .unwrap()
                .starts_with(start.as_bytes())
        );
    }
    // What was made is kept, and needs no browser again.
    let ran = build("/none", "other");
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert_eq!(sandbox.files("public/log-in"), sandbox.files("other/log-in"));
    // What is offered no more goes.
    sandbox.write("guidemark.toml", &settings);
    assert_eq!(build("", "public").status, Some(0));
    assert!(
        !sandbox.has("public/log-in/log-in.pdf")
            && !sandbox.read("public/log-in/index.html").contains("log-in.pdf")
    );
    sandbox.write("guidemark.toml", "downloads = [\"exe\"]\n");
    let ran = sandbox.run(&["check"]);
    assert!(ran.stdout.contains("no page can offer `exe`"), "{} {}", ran.stdout, ran.stderr);
}
