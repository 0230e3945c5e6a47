//! What holds for every form: the same bytes twice, no half file after a stop, nothing of what is redacted.

use super::export_readers::{frames, run, unzipped};
use super::sandbox::Sandbox;
use base64::Engine;
use std::io::Cursor;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Every form, and what it is written to; films small and short.
const FORMS: [(&str, &str, &[&str]); 10] = [
    ("pdf", "a.pdf", &[]),
    ("png", "pictures", &[]),
    ("md", "wiki", &[]),
    ("docx", "a.docx", &[]),
    ("mp4", "a.mp4", &SMALL),
    ("webm", "a.webm", &SMALL),
    ("gif", "a.gif", &SMALL),
    ("webp", "a.webp", &SMALL),
    ("scorm", "a.zip", &[]),
    ("scorm2004", "b.zip", &[]),
];
const SMALL: [&str; 6] = ["--size", "400x280", "--fps", "4", "--pace", "1000"];

const GUIDE: &str = "guides/log-in/index.md";

fn args<'a>(guide: &'a str, form: &'a str, to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["export", guide, "--to", form, "-o", to], more].concat()
}

#[test]
fn every_form_is_the_same_twice() {
    let sandbox = Sandbox::starter();
    for (form, name, more) in FORMS {
        for (folder, jobs) in [("one", "1"), ("two", "2")] {
            let to = format!("{folder}/{form}/{name}");
            let ran = sandbox
                .run(&[args(GUIDE, form, &to, more), vec!["--jobs", jobs, "--cache", folder]].concat());
            assert_eq!(ran.status, Some(0), "{form}: {}", ran.stderr);
        }
        let (one, two) = (sandbox.files(&format!("one/{form}")), sandbox.files(&format!("two/{form}")));
        let names =
            |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&one), names(&two), "{form}");
        assert!(!one.is_empty() && one == two, "{form}: other bytes");
    }
}

/// Encoders that share a picture among processors write what depends on how fast each of them was.
#[test]
fn a_film_of_usual_size_is_the_same_twice() {
    let sandbox = Sandbox::starter();
    for (form, to) in [("mp4", "a.mp4"), ("webm", "a.webm")] {
        let [one, two] = ["one", "two"].map(|folder| {
            let to = format!("{folder}/{to}");
            let ran = sandbox.run(&args(GUIDE, form, &to, &["--motion", "steps", "--pace", "1000"]));
            assert_eq!(ran.status, Some(0), "{form}: {}", ran.stderr);
            std::fs::read(sandbox.path(&to)).unwrap()
        });
        assert!(one == two, "{form}: other bytes");
    }
}

/// When a running export is stopped.
enum Stop {
    /// After a part of the time that it takes.
    After(Duration),
    /// As soon as something lies where it writes.
    Writing,
}

#[test]
fn a_stop_leaves_what_was_there_or_a_whole_file() {
    let sandbox = Sandbox::starter();
    let before = b"what an older export wrote".to_vec();
    for (at, (form, name, more)) in (0_u32..).zip(FORMS) {
        let begun = Instant::now();
        assert_eq!(sandbox.run(&args(GUIDE, form, &format!("whole-{form}/{name}"), more)).status, Some(0));
        let takes = begun.elapsed();
        let whole = sandbox.files(&format!("whole-{form}"));
        let is_file = name.contains('.');
        // Moments that differ from form to form, and often fall near the end.
        for (turn, stop) in
            [Stop::After(takes * (3 + at * 7 % 8) / 10), Stop::Writing].into_iter().enumerate()
        {
            let folder = format!("stopped-{form}-{turn}");
            let old = turn == 1 && is_file;
            sandbox.write(&format!("{folder}/.keep"), "");
            if old {
                sandbox.write(&format!("{folder}/{name}"), &before);
            }
            stopped(
                &sandbox,
                &args(GUIDE, form, &format!("{folder}/{name}"), more),
                &stop,
                &sandbox.path(&folder),
            );
            // What has no name of its own yet is hidden.
            let is_shown = |(name, _): &(String, Vec<u8>)| !name.starts_with('.');
            let left: Vec<_> = sandbox.files(&folder).into_iter().filter(is_shown).collect();
            for file in &left {
                let is_old = old && file.0 == name && file.1 == before;
                assert!(
                    is_old || whole.contains(file),
                    "{form}: `{}` is neither the old one nor whole",
                    file.0
                );
            }
            assert!(!old || left.iter().any(|(left, _)| left == name), "{form}: what was there is gone");
            assert!(is_file || left.is_empty() || left == whole, "{form}: half a folder");
        }
    }
}

fn stopped(sandbox: &Sandbox, args: &[&str], stop: &Stop, folder: &Path) {
    let count = || std::fs::read_dir(folder).unwrap().count();
    let (there, begun) = (count(), Instant::now());
    let mut child = sandbox.command().args(args).stderr(Stdio::null()).spawn().unwrap();
    let is_time = || match stop {
        Stop::After(time) => begun.elapsed() >= *time,
        Stop::Writing => count() != there,
    };
    while !is_time() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let _ = child.kill();
    child.wait().unwrap();
}

/// The pixels that a redaction must hide.
fn shows_secret(picture: &image::RgbaImage) -> bool {
    picture.pixels().any(|pixel| pixel[0] > 190 && pixel[1] < 90 && pixel[2] > 190)
}

/// A guide whose screenshot has something to hide, hidden or not.
fn guide(redacts: bool) -> String {
    let redaction = if redacts { "   <!-- @redact 100,100 200x60 -->\n" } else { "" };
    format!(
        "---\ntitle: Hidden\n---\n\n1. Click it.\n\n   ![A page](shot.png)\n\n   <!-- @click 400,300 50x20 -->\n{redaction}"
    )
}

/// All pictures of what was made, whatever it is.
fn pictures(sandbox: &Sandbox, form: &str, name: &str) -> Vec<image::RgbaImage> {
    let path = sandbox.path(name);
    let folder = sandbox.path(&format!("{name}-pictures"));
    let open = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgba8();
    match form {
        "png" | "md" => {
            let files = sandbox.files(name).into_iter().filter(|(name, _)| name.ends_with(".png"));
            files.map(|(_, bytes)| open(&bytes)).collect()
        }
        "docx" => {
            let files = unzipped(&path).into_iter().filter(|(name, _)| name.ends_with(".png"));
            files.map(|(_, bytes)| open(&bytes)).collect()
        }
        "pdf" => {
            std::fs::create_dir_all(&folder).unwrap();
            let page = folder.join("page");
            run("pdftoppm", &["-png".as_ref(), "-r".as_ref(), "60".as_ref(), path.as_ref(), page.as_ref()]);
            // The pictures as they lie in it, too, whatever is shown of them.
            let picture = folder.join("picture");
            run("pdfimages", &["-png".as_ref(), path.as_ref(), picture.as_ref()]);
            let files = sandbox.files(&format!("{name}-pictures"));
            files.into_iter().map(|(_, bytes)| open(&bytes)).collect()
        }
        "webp" => {
            let bytes = std::fs::read(path).unwrap();
            let film = image::codecs::webp::WebPDecoder::new(Cursor::new(bytes)).unwrap();
            let all = image::AnimationDecoder::into_frames(film).collect_frames().unwrap();
            all.into_iter().map(image::Frame::into_buffer).collect()
        }
        "scorm" | "scorm2004" => {
            let page = String::from_utf8(unzipped(&path).remove("guide.html").unwrap()).unwrap();
            let data = page.split(";base64,").skip(1).map(|rest| {
                rest.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c))
                    .next()
                    .unwrap_or_default()
            });
            let decoded = data.filter_map(|text| base64::engine::general_purpose::STANDARD.decode(text).ok());
            decoded.filter_map(|bytes| Some(image::load_from_memory(&bytes).ok()?.into_rgba8())).collect()
        }
        _ => frames(&path, &folder),
    }
}

#[test]
fn redacted_pixels_are_in_none_of_the_forms() {
    let sandbox = Sandbox::new();
    let mut shot = image::RgbImage::from_pixel(640, 400, image::Rgb([230, 235, 240]));
    for (x, y) in (100..300).flat_map(|x| (100..160).map(move |y| (x, y))) {
        shot.put_pixel(x, y, image::Rgb([255, 0, 255]));
    }
    shot.save(sandbox.path("shot.png")).unwrap();
    // Without the redaction it is seen in every form: the test looks where it would be.
    for redacts in [false, true] {
        sandbox.write("hidden.md", guide(redacts));
        for (form, name, more) in FORMS {
            let name = &format!("{redacts}-{name}");
            let ran = sandbox.run(&args("hidden.md", form, name, more));
            assert_eq!(ran.status, Some(0), "{form}: {}", ran.stderr);
            let pictures = pictures(&sandbox, form, name);
            assert!(!pictures.is_empty(), "{form} has no pictures");
            let seen = pictures.iter().filter(|picture| shows_secret(picture)).count();
            assert_eq!(seen > 0, !redacts, "{form}: {seen} of {} pictures show it", pictures.len());
        }
    }
    // What is drawn is not all that is in a file.
    let secret = std::fs::read(sandbox.path("shot.png")).unwrap();
    let secret = &secret[secret.len() - 80..secret.len() - 16];
    let made = sandbox.files(".").into_iter().filter(|(name, _)| name.starts_with("true-"));
    for (name, bytes) in made {
        assert!(!bytes.windows(64).any(|part| part == secret), "{name}");
    }
}
