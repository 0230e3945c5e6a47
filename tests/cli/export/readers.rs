//! What reads exports: programs and parsers that are not ours.

use super::sandbox::Sandbox;
use base64::Engine;
use guidemark::browser::{Browser, LaunchOptions, Page};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

/// What a program of poppler says of a document.
pub fn poppler(program: &str, args: &[&str], path: &std::path::Path) -> String {
    let mut command = std::process::Command::new(program);
    command.args(args).arg(path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let ran = command.output().expect("poppler is installed");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// The text of a document: what its packed objects say, and the rest as it is.
pub fn inflated(pdf: &[u8]) -> Vec<u8> {
    let mut text = pdf.to_vec();
    let mark = b"/Type /ObjStm";
    let places = pdf.windows(mark.len()).enumerate().filter(|(_, found)| found == mark).map(|(at, _)| at);
    for at in places {
        let begins = pdf[at..].windows(7).position(|found| found == b"stream\n").unwrap() + at + 7;
        std::io::copy(&mut flate2::read::ZlibDecoder::new(&pdf[begins..]), &mut text).unwrap();
    }
    text
}

/// What `ffprobe` says of a file, as `KEY=VALUE` lines.
pub fn probed(path: &std::path::Path) -> String {
    let asked = ["-v", "error", "-show_format", "-show_streams", "-count_packets"];
    let ran =
        std::process::Command::new("ffprobe").args(asked).arg(path).output().expect("ffprobe is installed");
    assert!(ran.status.success() && ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

pub fn browser() -> Browser {
    let path = std::env::var_os("PATH");
    let named = std::env::var_os("GUIDEMARK_CHROMIUM").map(std::path::PathBuf::from);
    Browser::launch(&LaunchOptions::find(named.as_deref(), path.as_deref()).unwrap()).unwrap()
}

/// Plays a file; gives its length, and its pixels at some times, small.
pub const PLAY: &str = "async (times) => {
    const film = document.querySelector('video');
    const until = (name, act) => new Promise((done) => { film.addEventListener(name, done, { once: true }); act(); });
    if (film.readyState < 2) await until('loadeddata', () => film.load());
    const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 21 });
    const brush = canvas.getContext('2d', { willReadFrequently: true });
    const seen = [];
    for (const time of times) {
        const sought = time < 0 ? film.duration + time : time;
        if (sought !== film.currentTime) {
            // A browser may say that it is there while it still shows the picture before.
            const shown = new Promise((done) => film.requestVideoFrameCallback(done));
            await until('seeked', () => { film.currentTime = sought; });
            await shown;
        }
        // Or before it has any, and draws nothing then.
        let data;
        do {
            await new Promise(requestAnimationFrame);
            brush.clearRect(0, 0, 30, 21);
            brush.drawImage(film, 0, 0, 30, 21);
            data = [...brush.getImageData(0, 0, 30, 21).data];
        } while (data[3] < 255);
        seen.push(data);
    }
    return { seen, length: film.duration, size: [film.videoWidth, film.videoHeight], seekable: film.seekable.end(0) };
}";

/// How far the pixels of a film are from those of a picture of the same moment, 0 to 255.
pub fn difference(seen: &serde_json::Value, picture: &image::RgbaImage) -> f64 {
    let small = image::imageops::thumbnail(picture, 30, 21);
    let seen: Vec<f64> = seen.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    let sum: f64 = seen.iter().zip(small.as_raw()).map(|(one, other)| (one - f64::from(*other)).abs()).sum();
    sum / seen.len() as f64
}

/// Names and texts of a zip file.
pub fn unzipped(path: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
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
pub const XML: &str = "(text, name) => {
    const read = new DOMParser().parseFromString(text, 'application/xml');
    const wrong = read.querySelector('parsererror');
    if (wrong) throw new Error(wrong.textContent);
    return [...read.getElementsByTagName(name)].map((each) => [...each.attributes].map(({ name, value }) => `${name}=${value}`).join(' ') + '|' + each.textContent);
}";

/// A learning management system that keeps what it is told, and gives it back.
pub const LMS: &str = "<!doctype html><script>
    window.calls = []; window.values = {RESUME};
    const answer = (name) => (...given) => {
        calls.push([name, ...given]);
        if (name.endsWith('SetValue')) values[given[0]] = given[1];
        return name.endsWith('GetValue') ? values[given[0]] ?? '' : 'true';
    };
    const names = ['Initialize', 'GetValue', 'SetValue', 'Commit', 'Terminate', 'Finish', 'GetLastError'];
    window.{API} = Object.fromEntries(names.map((name) => ['{PREFIX}' + name, answer(name)]));
</script><iframe src='/index.html' width='900' height='700'></iframe>";

pub fn serve(files: BTreeMap<String, Vec<u8>>) -> String {
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

/// What another program writes, which has to succeed without a word of complaint.
#[track_caller]
pub fn run(program: &str, args: &[&OsStr]) -> String {
    let ran = Command::new(program).args(args).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    let wrong = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{program}: {wrong}");
    assert!(!matches!(program, "ffmpeg" | "ffprobe") || ran.stderr.is_empty(), "{program}: {wrong}");
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// The pictures of an animation by ffmpeg's decoder, each whole; `folder` is where they are put.
pub fn frames(animation: &Path, folder: &Path) -> Vec<image::RgbaImage> {
    std::fs::create_dir_all(folder).unwrap();
    let each = folder.join("%04d.png");
    let args = [
        "-v",
        "error",
        "-i",
        animation.to_str().unwrap(),
        "-fps_mode",
        "passthrough",
        each.to_str().unwrap(),
    ];
    run("ffmpeg", &args.map(AsRef::as_ref));
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names.iter().map(|name| image::open(name).unwrap().into_rgba8()).collect()
}

/// What a script says of a film that a page shows as `<video>`.
pub fn played(
    page: &mut Page,
    sandbox: &Sandbox,
    film: &Path,
    kind: &str,
    script: &str,
) -> serde_json::Value {
    let data = base64::engine::general_purpose::STANDARD.encode(std::fs::read(film).unwrap());
    sandbox
        .write("film.html", format!("<!doctype html><video muted src='data:{kind};base64,{data}'></video>"));
    page.navigate(&guidemark::browser::file_address(&sandbox.path("film.html"))).unwrap();
    page.evaluate(script).unwrap()
}

/// When a caption comes and goes in seconds, and its words, as any program writes WebVTT.
pub fn cues(vtt: &str) -> Vec<(f64, f64, String)> {
    let blocks = vtt.split("\n\n").filter_map(|block| {
        let (head, rest) = block.split_once(" --> ")?;
        let (end, text) = rest.split_once('\n')?;
        let text = text.trim().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        Some((seconds(head.lines().last()?), seconds(end), text))
    });
    blocks.collect()
}

fn seconds(time: &str) -> f64 {
    time.split(':').fold(0.0, |all, part| all * 60.0 + part.parse::<f64>().unwrap())
}

/// What a line of Markdown says, without its marks.
pub fn text_of(markdown: &str) -> String {
    let said = pulldown_cmark::Parser::new(markdown).filter_map(|event| match event {
        pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    said.collect()
}

/// What HTML says, without its tags.
pub fn texts_of_html(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = parts.collect::<String>();
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Letters and digits alone: programs break lines and put spaces where they like.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
