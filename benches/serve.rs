//! From saving a file to the changed page in Chromium, on a project of 1,000 guides.
//!
//! ```sh
//! cargo bench --bench serve
//! ```
//!
//! Prints median and worst of 30 edits of text, of a title, and of 30 replaced screenshots, in milliseconds, from before the
//! file is written to the first frame that shows the change; and the memory of the process after the first build. `GUIDES` sets another number of guides. With `MDBOOK=FILE`, the same
//! texts and pictures are a book too, and what it takes to build it anew after a text changed is printed beside: its server does
//! that before it tells the browser to load the page.

use guidemark::browser::{Browser, LaunchOptions, Page};
use guidemark::cache::{Cache, DEFAULT_LIMIT};
use guidemark::serve::{Message, ServeOptions, Server};
use guidemark::site::Silent;
use guidemark::source::DiskWorld;
use std::fs;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const ROUNDS: u32 = 30;
/// Edits that are not counted: until then a browser that has just begun compiles, and loads what it has of its own.
const WARM: u32 = 5;
/// Builds of the book that count.
const PEER: u32 = 5;
/// Pictures that the guides share, but for the guide that is edited.
const PICTURES: usize = 12;

fn main() {
    let guides = std::env::var("GUIDES").ok().and_then(|number| number.parse().ok()).unwrap_or(1_000);
    let dir = tempfile::tempdir().unwrap();
    project(dir.path(), guides);
    let cache = Some(Cache::new(dir.path().join(".cache"), DEFAULT_LIMIT));
    let options = ServeOptions { port: Some(0), jobs: 2, cache, ..ServeOptions::default() };
    let begun = Instant::now();
    let server = Server::start(DiskWorld::new(dir.path()).unwrap(), &options, Box::new(Silent)).unwrap();
    rebuilt(&server);
    println!("{guides} guides built in {:.1} s{}", begun.elapsed().as_secs_f64(), memory());
    let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(std::path::PathBuf::from);
    let found = LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref()).unwrap();
    let mut page = Browser::launch(&found).unwrap().new_page().unwrap();
    page.navigate(&format!("{}guide-{}/", server.url(), guides / 2)).unwrap();
    page.wait_for("document.querySelector('guidemark-player').total").unwrap();
    page.evaluate("document.querySelector('guidemark-player').go(3)").unwrap();
    let markdown = dir.path().join(format!("guides/guide-{}.md", guides / 2));
    let text = (0..ROUNDS + WARM).map(|round| {
        let shown = format!("document.querySelector('.gm-card').innerText.includes('Edit {round} ')");
        let new = guide(guides / 2, "own.png", &format!("Edit {round} of the text"));
        measure(&server, &mut page, &shown, || fs::write(&markdown, &new).unwrap())
    });
    tell("text", text.collect());
    if let Some(program) = std::env::var_os("MDBOOK") {
        let mut times: Vec<f64> = book(Path::new(&program), dir.path(), guides).collect();
        times.sort_by(f64::total_cmp);
        println!("mdBook, to the files on the disk alone: median {:.1} ms", times[times.len() / 2]);
    }
    let titles = (0..ROUNDS + WARM).map(|round| {
        let shown = format!("document.title.startsWith('Title {round} ')");
        let new = guide(guides / 2, "own.png", "Look around")
            .replace("title: How", &format!("title: Title {round} how"));
        measure(&server, &mut page, &shown, || fs::write(&markdown, &new).unwrap())
    });
    tell("title, which other pages show", titles.collect());
    let shots = (0..ROUNDS + WARM).map(|round| {
        let picture = picture(1280, 800, 100 + round);
        let all = "[...document.querySelectorAll('image')].map(each => each.getAttribute('href')).join()";
        page.evaluate(&format!("globalThis.before = {all}; true")).unwrap();
        let shown = format!("{all} !== before");
        let write = || fs::write(dir.path().join("guides/own.png"), &picture).unwrap();
        measure(&server, &mut page, &shown, write)
    });
    tell("screenshot", shots.collect());
}

fn rebuilt(server: &Server) -> u128 {
    loop {
        match server.next() {
            Message::Rebuilt(rebuilt) if rebuilt.news => return rebuilt.time.as_millis(),
            Message::Rebuilt(_) | Message::Polling(_) | Message::Entered(_) => {}
            Message::Interrupted => panic!("interrupted"),
        }
    }
}

/// The memory of this process, where the system tells it.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kib = line.trim().trim_end_matches(" kB").parse::<u64>();
    kib.map(|kib| format!(", {} MiB of memory", kib >> 10)).unwrap_or_default()
}

/// Milliseconds from before `change` to the frame in which the expression is true, and those of the build.
fn measure(server: &Server, page: &mut Page, shown: &str, change: impl FnOnce()) -> (f64, u128) {
    let watch = format!(
        "globalThis.at = 0; globalThis.eye?.disconnect(); \
         globalThis.eye = new MutationObserver(() => {{ if (!at && {shown}) {{ at = -1; requestAnimationFrame(() => \
         {{ at = performance.timeOrigin + performance.now(); }}); }} }}); \
         eye.observe(document, {{subtree: true, childList: true, characterData: true, attributes: true}}); true"
    );
    page.evaluate(&watch).unwrap();
    let begun = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1e3;
    change();
    let built = rebuilt(server);
    let at = page.wait_for("globalThis.at > 0 && at").unwrap().as_f64().unwrap();
    (at - begun, built)
}

fn tell(what: &str, times: Vec<(f64, u128)>) {
    let (mut pages, mut builds): (Vec<f64>, Vec<u128>) = times.into_iter().skip(WARM as usize).unzip();
    pages.sort_by(f64::total_cmp);
    builds.sort_unstable();
    let (median, worst) = (pages[pages.len() / 2], pages[pages.len() - 1]);
    println!(
        "{what}: median {median:.1} ms, worst {worst:.1} ms (whole rebuild: median {} ms)",
        builds[builds.len() / 2]
    );
}

fn project(root: &Path, guides: usize) {
    fs::create_dir_all(root.join("guides")).unwrap();
    fs::write(root.join("guidemark.toml"), "title = \"Many guides\"\n").unwrap();
    for number in 0..PICTURES {
        let picture = picture(1280, 800, u32::try_from(number).unwrap());
        fs::write(root.join(format!("guides/{number}.png")), picture).unwrap();
    }
    fs::write(root.join("guides/own.png"), picture(1280, 800, 99)).unwrap();
    for number in 0..guides {
        let own =
            if number == guides / 2 { "own.png".to_owned() } else { format!("{}.png", number % PICTURES) };
        fs::write(root.join(format!("guides/guide-{number}.md")), guide(number, &own, "Look around"))
            .unwrap();
    }
}

/// Milliseconds that mdBook takes to build a book of the same texts and pictures, a text changed each time.
fn book(program: &Path, root: &Path, guides: usize) -> impl Iterator<Item = f64> {
    let (book, source) = (root.join("book"), root.join("guides"));
    fs::create_dir_all(book.join("src")).unwrap();
    fs::write(book.join("book.toml"), "[book]\ntitle = \"Many guides\"\n").unwrap();
    let mut summary = "# Summary\n\n".to_owned();
    for number in 0..guides {
        summary += &format!("- [How to do thing {number}](guide-{number}.md)\n");
    }
    for file in fs::read_dir(source).unwrap() {
        let path = file.unwrap().path();
        fs::copy(&path, book.join("src").join(path.file_name().unwrap())).unwrap();
    }
    fs::write(book.join("src/SUMMARY.md"), summary).unwrap();
    let (program, changed) = (program.to_owned(), book.join(format!("src/guide-{}.md", guides / 2)));
    let build = move |round: u32| {
        fs::write(&changed, guide(guides / 2, "own.png", &format!("Edit {round} of the text"))).unwrap();
        let begun = Instant::now();
        let done = std::process::Command::new(&program).arg("build").arg(&book).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        begun.elapsed().as_secs_f64() * 1e3
    };
    (0..PEER + 1).map(build).skip(1)
}

fn guide(number: usize, own: &str, third: &str) -> String {
    let mut text = format!(
        "---\ntitle: How to do thing {number}\ndescription: Everything about thing {number}.\n\
         tags: [tag{}, tag{}]\n---\n\nWhy one does thing {number}, in a sentence or two.\n\n",
        number % 7,
        number % 31
    );
    for step in 1..=8 {
        let said = if step == 3 { third } else { "Press the **button** and wait until it has worked" };
        let shot =
            if step % 2 == 0 { own.to_owned() } else { format!("{}.png", (number / 12 + step) % PICTURES) };
        text += &format!(
            "{step}. {said} in step {step}.\n\n   ![Step {step}]({shot})\n\n   <!-- @click {},40 200x60 -->\n\n",
            step * 20
        );
    }
    text
}

/// Something like a screenshot: flat areas and lines of text.
fn picture(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let shade = |x: u32, y: u32| {
        let letter = (x / 6 * 31 + y / 14 * 17 + seed * 7) % 5;
        match (x < 240, y % 28 < 10 && letter < 3 && x > 280 && x < 1100) {
            (true, _) => [40, 50, (60 + seed % 150) as u8],
            (_, true) => [70, 70, 80],
            _ => [250, 250, 252],
        }
    };
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb(shade(x, y)));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
