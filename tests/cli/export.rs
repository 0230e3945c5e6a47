//! Guides as documents, pictures, animations and courses. What is made is read by others' decoders.

use super::Sandbox;
use super::export_readers::{
    LMS, PLAY, XML, browser, difference, frames, inflated, poppler, probed, serve, unzipped,
};
use base64::Engine;
use image::AnimationDecoder;
use std::io::Cursor;

const GUIDE: &str = "guides/log-in/index.md";

fn export(sandbox: &Sandbox, args: &[&str]) {
    let ran = sandbox.run(&[&["export", GUIDE], args].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|found| found == part.as_bytes())
}

#[test]
fn a_document_has_structure() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "pdf"]);
    let first = inflated(&std::fs::read(sandbox.path("log-in.pdf")).unwrap());
    for part in ["%PDF-", "/StructTreeRoot", "/Outlines", "/Marked true", "/Lang (en"] {
        assert!(holds(&first, part), "{part}");
    }
    let info = poppler("pdfinfo", &["-struct-text"], &sandbox.path("log-in.pdf"));
    for part in ["H1 (block)", "L (block)", "LI (block)", "Link (inline)", "Figure", "Caption", "\"Click \""]
    {
        assert!(info.contains(part), "{part}: {info}");
    }
    assert!(holds(&first, "/Alt (The login form with a username and a password"), "no alternative text");
    let info = poppler("pdfinfo", &[], &sandbox.path("log-in.pdf"));
    assert!(info.contains("Tagged:          yes") && info.contains("595.92 x 841.92 pts (A4)"), "{info}");
    let text = poppler("pdftotext", &["-layout"], &sandbox.path("log-in.pdf"));
    assert!(text.contains("How to log in to Datasette") && text.contains("Click Log in"), "{text}");
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
    // Their heading is the first sentence, wherever its lines end.
    let long = "Click\n   **Log in**. The page\n   of your data opens.";
    let guide = sandbox.read(GUIDE).replace("Click **Log in**.", long);
    sandbox.write(GUIDE, guide);
    export(&sandbox, &["--to", "md", "--flavour", "notion", "-o", "notion"]);
    let text = sandbox.read("notion/log-in.md");
    assert!(text.contains("### 3. Click **Log in**\n\nThe page\nof your data opens.\n\n!["), "{text}");
    // A folder of somebody is never written to.
    let ran = sandbox.run(&["export", GUIDE, "--to", "md", "-o", "wiki"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("error: `wiki` is there already\n"), "{}", ran.stderr);
}

#[test]
fn only_a_file_of_the_same_form_is_written_over() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "docx", "-o", "log-in.docx"]);
    export(&sandbox, &["--to", "docx", "-o", "log-in.docx"]);
    sandbox.write("mine.docx", "what I wrote");
    sandbox.write("empty.docx", "");
    let said = |file: &str| {
        let ran = sandbox.run(&["export", GUIDE, "--to", "docx", "-o", file]);
        (ran.status, ran.stderr)
    };
    let wanted = |file: &str| {
        let why = format!("error: `{file}` is there already\n");
        (
            Some(2),
            format!("{why}help: name another place with `--output`, or move it away; nothing was changed\n"),
        )
    };
    assert_eq!(said("mine.docx"), wanted("mine.docx"));
    assert_eq!(sandbox.read("mine.docx"), "what I wrote");
    assert_eq!(said("empty.docx").0, Some(0));
    // The folder of a guide stands for it.
    let ran = sandbox.run(&["export", "guides/log-in", "--to", "docx", "-o", "empty.docx"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    // The file would take the place of a device.
    #[cfg(unix)]
    {
        let made = std::process::Command::new("mkfifo").arg(sandbox.path("pipe.docx")).status().unwrap();
        assert!(made.success());
        assert_eq!(said("pipe.docx"), wanted("pipe.docx"));
    }
}

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
    let numbered = all("word/document.xml", "w:ilvl");
    let steps = numbered.iter().filter(|level| *level == "w:val=0|").count();
    assert_eq!(steps, 3, "a number a step: {numbered:?}");
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
fn what_stands_below_a_picture_goes_with_it_by_the_numbers_of_its_rings() {
    let sandbox = Sandbox::starter();
    let alt = "The login form with a username and a password";
    let typed = "<!-- @type 500,200 80x20 \"Ada *L\" -->\n   <!-- @press \"Tab\" -->\n   <!-- @type 500,260 80x20 \"30\" -->";
    let guide = sandbox.read(GUIDE);
    let at = guide.find(alt).unwrap();
    let line = at + guide[at..].find('\n').unwrap();
    let guide = format!("{}\n   *The form*\n   {typed}{}", &guide[..line], &guide[line..]);
    sandbox.write(GUIDE, guide);
    export(&sandbox, &["--to", "md", "-o", "wiki"]);
    let text = sandbox.read("wiki/log-in.md");
    let below = "(images/step-03.png)\n\n   *The form*\n\n   - (1) Type “Ada *L”\n   - Press Tab\n   - (2) Type “30”\n";
    assert!(text.contains(below), "{text}");
    export(&sandbox, &["--to", "docx"]);
    let files = unzipped(&sandbox.path("log-in.docx"));
    let text = String::from_utf8(files["word/document.xml"].clone()).unwrap();
    for said in [">(1) Type “Ada ", ">Press Tab<", ">(2) Type “30”<", ">The form<"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_picture_of_the_prose_is_redacted_as_in_the_step_that_shows_it() {
    let sandbox = Sandbox::starter();
    let guide = sandbox.read(GUIDE);
    let (front, steps) = guide.split_once("\n1. ").unwrap();
    let shot = steps.split("](").nth(1).unwrap().split(')').next().unwrap();
    let (first, _) = steps.split_once("\n2. ").unwrap();
    let redacted = first.replacen("<!-- @", "<!-- @redact 0,0 400x300 -->\n   <!-- @", 1);
    sandbox.write(GUIDE, format!("{front}\n![All of it]({shot})\n\n1. {redacted}"));
    for form in ["md", "docx"] {
        export(&sandbox, &["--to", form, "-o", if form == "md" { "wiki" } else { "a.docx" }]);
    }
    let pictures = sandbox.files("wiki/images").into_iter().map(|(_, bytes)| bytes);
    let packed = unzipped(&sandbox.path("a.docx"));
    let packed = packed.into_iter().filter(|(name, _)| name.ends_with(".png")).map(|(_, bytes)| bytes);
    let whole = |bytes: &Vec<u8>| image::load_from_memory(bytes).unwrap().into_rgb8();
    let original = whole(&std::fs::read(sandbox.path(&format!("guides/log-in/{shot}"))).unwrap());
    let mut count = 0;
    for picture in pictures.chain(packed).map(|bytes| whole(&bytes)) {
        if picture.dimensions() == original.dimensions() {
            count += 1;
            let covered = *picture.get_pixel(5, 5);
            let is_plain = (5..390).all(|x| (5..290).all(|y| *picture.get_pixel(x, y) == covered));
            assert!(is_plain, "what is redacted in the step stands in the text");
        }
    }
    assert_eq!(count, 2);
}

#[test]
fn screenshots_in_a_list_of_a_step_stand_once_where_they_are_written() {
    let sandbox = Sandbox::starter();
    let guide = sandbox.read(GUIDE);
    let (front, steps) = guide.split_once("\n1. ").unwrap();
    let shot = steps.split("](").nth(1).unwrap().split(')').next().unwrap();
    let list = format!(
        "1. Look twice:\n\n   - First here.\n\n     ![One]({shot})\n     <!-- @press \"Tab\" -->\n\n   - Then there.\n\n   So it is.\n"
    );
    sandbox.write(GUIDE, format!("{front}\n{list}"));
    export(&sandbox, &["--to", "md", "-o", "wiki"]);
    let text = sandbox.read("wiki/log-in.md");
    let step = "1. Look twice:\n\n   - First here.\n\n     ![One](images/step-01.png)\n\n   - Then there.\n\n   So it is.\n\n   - Press Tab\n";
    assert!(text.contains(step), "{text}");
    let names: Vec<String> = sandbox.files("wiki/images").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["step-01.png"]);
}

#[test]
fn pictures_of_the_prose_have_files_of_their_own() {
    let sandbox = Sandbox::starter();
    let color = |red: u8| image::RgbImage::from_pixel(40, 30, image::Rgb([red, 0, 0]));
    for (path, red) in [("guides/log-in/a/step-01.png", 50), ("guides/log-in/b/step-01.png", 90)] {
        sandbox.write(path, "");
        color(red).save(sandbox.path(path)).unwrap();
    }
    let guide = sandbox.read(GUIDE);
    let prose = "![One](a/step-01.png) and ![another](b/step-01.png), ![one](a/step-01.png) again.\n\n1. ";
    sandbox.write(GUIDE, guide.replacen("1. ", prose, 1));
    export(&sandbox, &["--to", "md", "-o", "wiki"]);
    let text = sandbox.read("wiki/log-in.md");
    let named = "![One](images/picture-step-01.png) and ![another](images/picture-step-01-2.png), ![one](images/picture-step-01.png)";
    assert!(text.contains(named), "{text}");
    let red = |name: &str| {
        image::open(sandbox.path(&format!("wiki/images/{name}.png"))).unwrap().into_rgb8()[(0, 0)][0]
    };
    assert_eq!((red("picture-step-01"), red("picture-step-01-2")), (50, 90));
    assert!(image::open(sandbox.path("wiki/images/step-01.png")).unwrap().width() > 600);
}

#[test]
fn a_guide_is_exported_in_the_language_that_is_named() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "scorm", "--lang", "de", "-o", "a.zip"]);
    let page = String::from_utf8(unzipped(&sandbox.path("a.zip"))["guide.html"].clone()).unwrap();
    assert!(page.contains("<html lang=\"de\"") && page.contains("3 Schritte"), "{page}");
    let around = String::from_utf8(unzipped(&sandbox.path("a.zip"))["index.html"].clone()).unwrap();
    assert!(around.contains("<html lang=\"de\" dir=\"ltr\">"), "{around}");
    for (form, language) in [("mp4", "deu"), ("webm", "ger")] {
        let small = ["--size", "400x280", "--fps", "4", "--steps", "1", "--lang", "de-AT"];
        export(&sandbox, &[&["--to", form], &small[..]].concat());
        let probe = probed(&sandbox.path(&format!("log-in.{form}")));
        // Of the pictures, which show words, and of the captions.
        assert_eq!(probe.matches(&format!("TAG:language={language}")).count(), 2, "{form}: {probe}");
    }
    let ran = sandbox.run(&["export", GUIDE, "--to", "pdf", "--lang", "german, please"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("`--lang` can't be `german, please`"), "{}", ran.stderr);
}

/// When a film changes its picture, by the numbers of its frames.
fn changes(film: &std::path::Path) -> Vec<u64> {
    let args = ["-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0"];
    let ran =
        std::process::Command::new("ffprobe").args(args).arg(film).output().expect("ffprobe is installed");
    let text = String::from_utf8(ran.stdout).unwrap();
    let times = text.split_whitespace().map(|time| time.trim_matches(',').parse::<f64>().unwrap());
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
    let probe = probed(&sandbox.path("log-in.webm"));
    let length = probe.lines().rev().find_map(|line| line.strip_prefix("duration=")).unwrap();
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

/// Stills that stand for less than a picture of the animation don't push the others back.
#[test]
fn an_animation_of_few_pictures_keeps_its_time() {
    let sandbox = Sandbox::new();
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/embed-in-docusaurus/index.md");
    let length = |fps: &str| {
        let ran = sandbox.run(&[
            "export", guide, "--to", "gif", "--size", "400x280", "--pace", "1000", "--fps", fps, "-o",
            "a.gif",
        ]);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        let bytes = std::fs::read(sandbox.path("a.gif")).unwrap();
        let frames = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap().into_frames();
        frames.map(|frame| frame.unwrap().delay().numer_denom_ms().0).sum::<u32>()
    };
    let (many, few) = (length("25"), length("4"));
    assert!(many.abs_diff(few) <= 300, "{many} ms at 25 pictures a second, {few} at four");
}

#[test]
fn a_film_plays_in_browsers_and_others() {
    let sandbox = Sandbox::starter();
    let size = ["--size", "600x420"];
    export(&sandbox, &[&["--to", "gif"], &size[..]].concat());
    let bytes = std::fs::read(sandbox.path("log-in.gif")).unwrap();
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap();
    let stills = decoder.into_frames().collect_frames().unwrap();
    let (first, last) = (stills.first().unwrap().buffer(), stills.last().unwrap().buffer());
    let browser = browser();
    for (form, codec, words) in [("mp4", "h264", "mov_text"), ("webm", "vp9", "webvtt")] {
        export(&sandbox, &[&["--to", form, "--pace", "600", "--fps", "10"], &size[..]].concat());
        let path = sandbox.path(&format!("log-in.{form}"));
        let probe = probed(&path);
        for line in [
            &format!("codec_name={codec}"),
            &format!("codec_name={words}"),
            "width=600",
            "height=420",
            "color_space=bt709",
            "color_primaries=bt709",
        ] {
            assert!(probe.contains(line), "{form}: {line}\n{probe}");
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
        let said = probe.lines().rev().find_map(|line| line.strip_prefix("duration=")).unwrap();
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
fn small_films_show_the_words_of_cards_and_options_of_other_forms_are_refused() {
    let sandbox = Sandbox::starter();
    let words = |size: &str| {
        export(&sandbox, &["--to", "gif", "--size", size, "--steps", "3", "-o", "with.gif"]);
        let with = frames(&sandbox.path("with.gif"), &sandbox.path(&format!("with-{size}")));
        // The same without its words.
        let guide = sandbox.read(GUIDE);
        sandbox.write(GUIDE, guide.replace("3. Click **Log in**.", "3. Go."));
        export(&sandbox, &["--to", "gif", "--size", size, "--steps", "3", "-o", "less.gif"]);
        sandbox.write(GUIDE, guide);
        let less = frames(&sandbox.path("less.gif"), &sandbox.path(&format!("less-{size}")));
        let differ = |(one, other): (&image::Rgba<u8>, &image::Rgba<u8>)| one[1].abs_diff(other[1]) > 60;
        with[0].pixels().zip(less[0].pixels()).filter(|pair| differ(*pair)).count()
    };
    for (size, least) in [("600x400", 60), ("400x280", 30), ("360x640", 60)] {
        let seen = words(size);
        assert!(seen > least, "{size}: words change {seen} pixels");
    }
    let ran = sandbox.run(&["export", GUIDE, "--to", "gif", "--size", "300x200", "--steps", "3"]);
    let warning = "warning: letters of its cards are 8 pixels high: make it 400 pixels wide or more\n";
    assert_eq!((ran.status, ran.stderr.ends_with(warning)), (Some(0), true), "{}", ran.stderr);
    for (args, message) in [
        (
            &["--to", "pdf", "--steps", "2-3"][..],
            "error: `--to pdf` takes no `--steps`\nhelp: it is of films and animations",
        ),
        (
            &["--to", "pdf", "--scheme", "dark"],
            "error: `--to pdf` takes no `--scheme`\nhelp: a document is printed on white",
        ),
        (
            &["--to", "scorm", "--scheme", "dark"],
            "error: `--to scorm` takes no `--scheme`\nhelp: a course follows",
        ),
        (
            &["--to", "docx", "--flavour", "notion"],
            "error: `--to docx` takes no `--flavour`\nhelp: it is of `--to md`",
        ),
    ] {
        let ran = sandbox.run(&[&["export", GUIDE, "-o", "none"], args].concat());
        assert!(ran.status == Some(2) && ran.stderr.starts_with(message), "{}", ran.stderr);
        assert!(!sandbox.has("none"));
    }
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
fn a_scrolled_screenshot_is_exported_pixel_for_pixel() {
    let sandbox = Sandbox::new();
    // Rows of dots that differ everywhere, below a bar that stays.
    let page = |down: u32| {
        image::RgbImage::from_fn(640, 400, |x, y| {
            let (row, dot) = ((y + down) / 4, x / 4);
            let value =
                if y < 56 { dot * 7919 % 251 } else { (row * 7919 + dot * 104_729 + row * dot * 31) % 251 };
            image::Rgb([value as u8; 3])
        })
    };
    let pages = [0, 101, 230].map(page);
    for (at, page) in pages.iter().enumerate() {
        page.save(sandbox.path(&format!("{at}.png"))).unwrap();
    }
    let steps = (0..3).map(|at| format!("{}. Read.\n\n   ![Part {at}]({at}.png)\n\n", at + 1));
    sandbox.write("a.md", format!("---\ntitle: A page\nframe: none\n---\n\n{}", steps.collect::<String>()));
    let ran = sandbox.run(&["build", "a.md", "-o", "a.html"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(sandbox.read("a.html").contains("<symbol id=\"gm-cut-"), "nothing is drawn again");
    let mut command = sandbox.command();
    command.args(["export", "a.md", "--to", "md", "-o", "wiki"]).env("GUIDEMARK_CHROMIUM", "/none");
    let ran = sandbox.ran(&mut command);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let files = sandbox.files("wiki").into_iter().filter(|(name, _)| name.ends_with(".png"));
    let drawn: Vec<_> = files.map(|(_, png)| image::load_from_memory(&png).unwrap().into_rgb8()).collect();
    assert!(drawn == pages, "{} pictures", drawn.len());
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

/// Who has a document has not the folder it was made in: no path of it may be in there.
#[test]
fn links_of_documents_lead_to_what_is_published_or_are_text() {
    let sandbox = Sandbox::starter();
    let links = "See [the other][1], [a file](notes.txt), [mail](mailto:a@example.com) or [a place](../other/#more).\n\n[1]: ../other/index.md\n\n1. ";
    let guide = sandbox.read(GUIDE).replacen("1. ", links, 1);
    sandbox.write(GUIDE, &guide);
    sandbox.write("guides/log-in/notes.txt", "notes");
    sandbox.write(
        "guides/other/index.md",
        "---\ntitle: The other\nslug: another\n---\n\n## More\n\n1. Do it.\n",
    );
    let project = sandbox.read("guidemark.toml");
    for (base, text, led) in [
        ("", "See the other, a file, [mail](mailto:a@example.com) or a place.", &[][..]),
        (
            "base_url = \"https://docs.example.com/g/\"\n",
            "See [the other](https://docs.example.com/g/another/), a file, [mail](mailto:a@example.com) or [a place](https://docs.example.com/g/another/#more).",
            &["https://docs.example.com/g/another/", "https://docs.example.com/g/another/#more"],
        ),
    ] {
        sandbox.write("guidemark.toml", format!("{base}{project}"));
        for (form, to) in [("md", "wiki"), ("docx", "a.docx"), ("pdf", "a.pdf")] {
            let to = format!("{}{to}", base.len());
            let ran = sandbox.run(&["export", GUIDE, "--to", form, "-o", &to]);
            assert_eq!(ran.status, Some(0), "{}", ran.stderr);
            // What can't be followed is said.
            assert!(ran.stderr.contains("`notes.txt`"), "{form}: {}", ran.stderr);
            assert_eq!(ran.stderr.contains("`../other/index.md`"), base.is_empty(), "{form}: {}", ran.stderr);
            let said = match form {
                "md" => sandbox.read(&format!("{to}/log-in.md")),
                "docx" => String::from_utf8(
                    unzipped(&sandbox.path(&to)).remove("word/_rels/document.xml.rels").unwrap(),
                )
                .unwrap(),
                _ => poppler("pdfinfo", &["-url"], &sandbox.path(&to)),
            };
            assert!(form != "md" || said.contains(text), "{said}");
            assert!(led.iter().all(|address| said.contains(address)), "{form}: {said}");
            assert!(
                !said.contains("file:") && !said.contains("notes.txt") && !said.contains("data:"),
                "{form}: {said}"
            );
        }
    }
    let ran = sandbox.run(&["export", GUIDE, "--to", "scorm"]);
    assert!(!ran.stderr.contains("warning"), "a course has its links: {}", ran.stderr);
}
