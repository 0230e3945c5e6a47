//! Pictures that are not there, no pictures, or bombs; and ways out of the project.

use super::{GOOD, Sandbox, project, refused};
use std::fs;

/// A project whose bad guide shows `target`, in line 8.
fn showing(target: &str) -> Sandbox {
    let sandbox = project();
    let text =
        format!("---\ntitle: Bad\ndescription: A bad guide.\n---\n\n1. Look.\n\n   ![A window]({target})\n");
    sandbox.write("guides/bad.md", text);
    sandbox
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = image::RgbaImage::from_fn(width, height, |x, y| image::Rgba([x as u8, y as u8, 7, 255]));
    image.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

/// The head of a PNG of this size and nothing that fits it: a claim costs nothing.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    bytes.splice(12..33, head.iter().copied().chain(crc(&head).to_be_bytes()));
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    };
    !bytes.iter().fold(!0, step)
}

const PLACE: &str = "guides/bad.md:8:";

#[test]
fn a_missing_picture() {
    refused(&showing("none.png"), "missing-image", PLACE);
}

#[test]
fn a_folder_for_a_picture() {
    let sandbox = showing("folder.png");
    fs::create_dir(sandbox.path("guides/folder.png")).unwrap();
    refused(&sandbox, "missing-image", PLACE);
}

#[test]
fn a_picture_cut_short() {
    let sandbox = showing("cut.png");
    let whole = png(300, 200);
    sandbox.write("guides/cut.png", &whole[..whole.len() / 2]);
    refused(&sandbox, "broken-picture", PLACE);
}

#[test]
fn a_picture_of_60_000_pixels_by_60_000_in_a_few_bytes() {
    let sandbox = showing("bomb.png");
    sandbox.write("guides/bomb.png", claims(60_000, 60_000));
    refused(&sandbox, "image-too-large", PLACE);
}

#[test]
fn a_picture_that_claims_more_than_it_has() {
    let sandbox = showing("claim.png");
    sandbox.write("guides/claim.png", claims(8_000, 4_000));
    refused(&sandbox, "broken-picture", PLACE);
}

#[test]
fn a_text_named_png() {
    let sandbox = showing("text.png");
    sandbox.write("guides/text.png", "not a picture, but a text\n");
    refused(&sandbox, "unreadable-image", PLACE);
}

#[test]
fn an_svg_with_a_script() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for name in ["evil.svg", "evil.png"] {
        let sandbox = showing(name);
        sandbox.write(&format!("guides/{name}"), svg);
        refused(&sandbox, "svg-image", PLACE);
    }
}

#[test]
fn ways_out_of_the_project() {
    for target in
        ["../../etc/passwd.png", "../../../../../../etc/hostname", "/etc/passwd.png", "C:/secret.png"]
    {
        refused(&showing(target), "path-outside", PLACE);
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project() {
    let outside = Sandbox::new();
    outside.write("secret.png", png(20, 20));
    for (link, to) in [("guides/link.png", "secret.png"), ("guides/folder", "")] {
        let sandbox = showing(if to.is_empty() { "folder/secret.png" } else { "link.png" });
        std::os::unix::fs::symlink(outside.path(to), sandbox.path(link)).unwrap();
        let ran = super::build(&sandbox, &[]);
        assert_eq!(ran.status, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains("error[path-outside]: "), "{}", ran.stderr);
        assert!(!sandbox.has("public/bad"));
    }
}

#[cfg(unix)]
#[test]
fn a_guide_that_is_a_link_out_of_the_project() {
    let outside = Sandbox::new();
    outside.write("secret.md", super::GOOD.replace("Text.", "A secret."));
    let sandbox = project();
    std::os::unix::fs::symlink(outside.path("secret.md"), sandbox.path("guides/bad.md")).unwrap();
    super::build(&sandbox, &[]);
    assert!(sandbox.has("public/good/index.html"));
    assert!(!sandbox.has("public/bad"), "a guide that lies outside is not the project's");
}

#[cfg(unix)]
#[test]
fn a_pipe_for_a_picture_is_not_waited_for() {
    let sandbox = showing("pipe.png");
    let made = std::process::Command::new("mkfifo").arg(sandbox.path("guides/pipe.png")).status().unwrap();
    assert!(made.success());
    let ran = super::build(&sandbox, &[]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains(PLACE), "{}", ran.stderr);
}

/// The most memory that a run of the program may hold at once, in kilobytes.
#[cfg(target_os = "linux")]
const MOST: u64 = 400_000;

/// A picture of as many pixels as one may have: a window with a line of what looks like letters.
#[cfg(target_os = "linux")]
fn at_the_limit() -> image::RgbImage {
    let (width, height) = (8_192, (guidemark::shot::MAX_PIXELS / 8_192) as u32);
    image::RgbImage::from_fn(width, height, |x, y| {
        let line = (300..330).contains(&y) && (300..900).contains(&x);
        let letter = line && (x.wrapping_mul(x ^ y) >> 4) & 1 == 1;
        image::Rgb(if letter { [20, 20, 20] } else { [200, 210 + (x / 4096) as u8, 240 - (y / 512) as u8] })
    })
}

/// Runs the program to its end and returns the most memory that it held at once, in kilobytes, as the system counts it.
#[cfg(target_os = "linux")]
#[track_caller]
fn most_memory(sandbox: &Sandbox, args: &[&str]) -> u64 {
    use std::process::Stdio;
    let mut command = sandbox.command();
    command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let held = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(held.unwrap_or(0));
        if let Some(ended) = child.try_wait().unwrap() {
            assert_eq!(ended.code(), Some(0), "{args:?}");
            return most;
        }
        // What is read is a mark of the highest water: nothing is missed in between.
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_picture_at_the_limit_takes_less_than_400_megabytes() {
    let picture = at_the_limit();
    for format in ["png", "jpg", "webp"] {
        let sandbox = project();
        picture.save(sandbox.path(&format!("guides/large.{format}"))).unwrap();
        let step =
            format!("1. Do it.\n\n   ![A window](large.{format})\n   <!-- @redact 290,290 620x50 -->\n");
        sandbox.write("guides/bad.md", GOOD.replace("1. Do it.\n", &step));
        let begun = std::time::Instant::now();
        let most = most_memory(&sandbox, &["build", "--jobs", "2", "--no-cache"]);
        println!("{format}: {most} kB, {:?}", begun.elapsed());
        assert!(sandbox.has("public/bad/index.html"), "{format}");
        assert!(most < MOST, "{format}: {most} kB");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn pictures_at_the_limit_are_taken_one_at_a_time() {
    let sandbox = project();
    let mut picture = at_the_limit();
    for (index, name) in ["one", "two", "three", "four"].into_iter().enumerate() {
        picture.put_pixel(0, 0, image::Rgb([index as u8; 3]));
        picture.save(sandbox.path(&format!("guides/{name}.png"))).unwrap();
    }
    for (guide, [one, two]) in [("bad", ["one", "two"]), ("worse", ["three", "four"])] {
        let step =
            format!("1. Do it.\n\n   ![A window]({one}.png)\n\n2. Go on.\n\n   ![A window]({two}.png)\n");
        sandbox.write(&format!("guides/{guide}.md"), GOOD.replace("1. Do it.\n", &step));
    }
    for command in ["build", "check"] {
        let begun = std::time::Instant::now();
        let most = most_memory(&sandbox, &[command, "--jobs", "2", "--no-cache"]);
        println!("{command}: {most} kB, {:?}", begun.elapsed());
        assert!(most < MOST, "{command}: {most} kB");
    }
    assert!(sandbox.has("public/bad/index.html") && sandbox.has("public/worse/index.html"));
}
