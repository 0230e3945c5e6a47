//! Where card, notes, keys and rings stand, on screenshots of every shape.

use crate::support::{Look, Site, Stage};
use guidemark::browser::Viewport;
use image::{DynamicImage, ImageFormat, RgbImage};
use serde_json::Value;
use std::io::Cursor;
use std::sync::OnceLock;

const GUIDE: &str = "---\ntitle: Places\n---\n
1. Mind the notes.

   ![Desk](desk.png)
   <!--
   @callout 330,112 82x29 \"Adds a row at the top of this list\" side=bottom
   @callout 1100,20 60x20 \"The server is online\"
   @callout 0,359 240x24 \"The account you are in\"
   @callout 640,400 60x20 \"Each row is a transaction with its payee\" side=top
   -->

2. Make it larger.

   ![Desk](desk.png)
   <!-- @press \"Ctrl++\" -->

3. Click anywhere.

   ![Desk](desk.png)
   <!-- @click 0,0 1280x800 -->

4. Open the row.

   ![Desk](desk.png)
   <!-- @click 16,207 1248x24 -->

5. Look at it.

   ![Other](other.png)
";

const TALL: &str = "---\ntitle: A phone\n---\n
1. Open the account.

   ![Phone](tall.png)
   <!-- @click 40,359 240x24 -->
";

const ORDER: &str = "---\ntitle: An order\n---\n
1. Type a name.

   ![Desk](desk.png)
   <!-- @type 124,99 277x43 \"Maria\" -->

2. Type a number.

   ![Desk](desk.png)
   <!-- @type 124,159 277x43 \"1029\" -->

3. Choose how often.

   ![Desk](desk.png)
   <!-- @select 124,219 277x43 \"Every week\" -->
";

/// The second field is a little off, the third another size than can be.
const FIELDS: &str = r#"{"targets": {"/": {
    "field \"Name\"": {"name": "Name", "box": [124, 98, 277, 44], "font": [20, "Georgia, serif"]},
    "field \"Number\"": {"name": "Number", "box": [124, 166, 277, 43], "font": [20, "Georgia, serif"]},
    "list \"How often\"": {"name": "How often", "box": [124, 219, 277, 43], "font": [4000, "x;} body { display: none"]}
}}}"#;

const TEXT: &str = "---\ntitle: Tea\n---\n\n1. Boil the water.\n2. Add the tea.\n";

fn shot(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([shade, (x / 8) as u8, (y / 8) as u8]));
    DynamicImage::from(picture).write_to(&mut png, ImageFormat::Png).expect("encoded");
    png.into_inner()
}

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        Site::with_files(&[
            ("guides/places/index.md", GUIDE.as_bytes()),
            ("guides/places/desk.png", &shot(1280, 800, 240)),
            ("guides/places/other.png", &shot(1280, 800, 40)),
            ("guides/phone/index.md", TALL.as_bytes()),
            ("guides/phone/tall.png", &shot(375, 800, 200)),
            ("guides/order/index.md", ORDER.as_bytes()),
            ("guides/order/capture.json", FIELDS.as_bytes()),
            ("guides/order/desk.png", &shot(1280, 800, 240)),
            ("guides/tea.md", TEXT.as_bytes()),
        ])
    })
}

fn at(slug: &str, step: usize, look: Look) -> Stage {
    let mut stage = Stage::at(&site().guide_url(slug), look).ready("cover", 1);
    stage.evaluate(&format!("document.querySelector('guidemark-player').go({step})")).expect("goes");
    stage.expect("paused", step);
    stage.settle();
    stage
}

/// Left, top, right and bottom edge of each element that is shown.
fn boxes(stage: &mut Stage, selector: &str) -> Vec<[f64; 4]> {
    let found = stage
        .evaluate(&format!(
            "[...document.querySelectorAll('{selector}')].filter(each => each.checkVisibility()).map(each => {{
                const box = each.getBoundingClientRect();
                return [box.left, box.top, box.right, box.bottom];
            }})"
        ))
        .expect("asked");
    let edge = |each: &Value, at: usize| each[at].as_f64().expect("an edge");
    found.as_array().expect("a list").iter().map(|each| [0, 1, 2, 3].map(|at| edge(each, at))).collect()
}

fn only(stage: &mut Stage, selector: &str) -> [f64; 4] {
    let found = boxes(stage, selector);
    assert_eq!(found.len(), 1, "{selector}");
    found[0]
}

fn cover(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[2].min(b[2]) - a[0].max(b[0]) > 0.5 && a[3].min(b[3]) - a[1].max(b[1]) > 0.5
}

#[test]
fn notes_cover_neither_each_other_nor_the_card() {
    for width in [768, 1024, 1440] {
        let mut stage = at("places", 1, Look::wide(width));
        let all = boxes(&mut stage, ".gm-note, .gm-card");
        assert_eq!(all.len(), 5);
        for (at, one) in all.iter().enumerate() {
            assert!(all[at + 1..].iter().all(|other| !cover(one, other)), "at {width} px: {all:?}");
        }
    }
}

#[test]
fn what_is_typed_looks_as_the_field_writes_it_where_a_recording_knows_it() {
    let letters = |step| {
        let mut stage = at("order", step, Look::still());
        let asked = "(() => {
            const { fontSize, fontFamily } = getComputedStyle([...document.querySelectorAll('.gm-typed span')].at(-1));
            const world = new DOMMatrix(getComputedStyle(document.querySelector('.gm-world')).transform);
            const shown = document.querySelector('.gm-top').getBoundingClientRect().width / 1280;
            return [parseFloat(fontSize) * world.a / shown, fontFamily];
        })()";
        let found = stage.evaluate(asked).expect("asked");
        (found[0].as_f64().expect("a size"), found[1].as_str().expect("faces").to_owned())
    };
    let (size, faces) = letters(1);
    assert!((size - 20.0).abs() < 0.1 && faces == "Georgia, serif", "{size} {faces}");
    for step in [2, 3] {
        let (size, faces) = letters(step);
        assert!((size - 17.2).abs() < 0.1 && faces == "system-ui, sans-serif", "{step}: {size} {faces}");
    }
}

#[test]
fn the_card_keeps_off_a_list_that_opens() {
    let mut stage = at("order", 3, Look::still());
    let [left, top, right, bottom] = only(&mut stage, ".gm-hot");
    let list = [left, top, right, bottom + (bottom - top)];
    let card = only(&mut stage, ".gm-card");
    assert!(!cover(&card, &list), "{card:?} lies on {list:?}");
}

#[test]
fn a_plus_is_a_key_too() {
    let mut stage = at("places", 2, Look::still());
    let keys = "[...document.querySelectorAll('.gm-aid kbd')].map(key => key.textContent).join(' ')";
    stage.wait_for("document.querySelector('.gm-aid')?.checkVisibility()").expect("the keys are shown");
    assert_eq!(stage.text(keys), "Ctrl +");
}

#[test]
fn the_ring_of_a_target_at_the_edges_is_seen() {
    let mut stage = at("places", 3, Look::still());
    let (hot, screen) = (only(&mut stage, ".gm-hot"), only(&mut stage, ".gm-screen"));
    let inside = hot[0] >= screen[0] && hot[1] >= screen[1] && hot[2] <= screen[2] && hot[3] <= screen[3];
    assert!(inside, "{hot:?} in {screen:?}");
}

#[test]
fn a_target_pointed_at_is_filled_and_can_still_be_read() {
    let mut stage = at("places", 4, Look::still());
    let hot = only(&mut stage, ".gm-hot");
    stage.move_mouse(hot[0] + 30.0, (hot[1] + hot[3]) / 2.0).expect("moved");
    // How much of the picture a colour hides, from 0 to 1.
    let hides = |pseudo: &str| {
        format!(
            "(() => {{
                const colour = getComputedStyle(document.querySelector('.gm-hot'), '{pseudo}').backgroundColor;
                return CSS.supports('color', colour) && (/[,/] *([.\\d]+)\\)$/.exec(colour)?.[1] ?? 1) * 1;
            }})()"
        )
    };
    stage.wait_for(&format!("{} > .1", hides("::before"))).expect("it fills");
    assert!(stage.number(&hides("::before")) < 0.4);
    assert_eq!(stage.number(&hides("")), 0.0);
}

#[test]
fn on_a_phone_the_beginning_of_a_wide_target_is_seen() {
    let mut stage = at("places", 4, Look::phone());
    let (hot, screen) = (only(&mut stage, ".gm-hot"), only(&mut stage, ".gm-screen"));
    assert!(hot[0] >= screen[0] - 8.0, "{hot:?} in {screen:?}");
    // The page after it is seen from its beginning, as far as the cursor stays in sight.
    let mut stage = at("places", 5, Look::phone());
    let (cursor, screen) = (only(&mut stage, ".gm-cursor svg"), only(&mut stage, ".gm-screen"));
    assert!(cursor[0] >= screen[0] && cursor[2] <= screen[2], "{cursor:?} in {screen:?}");
    let shot = boxes(&mut stage, ".gm-shot")[0];
    assert!(shot[0] >= screen[0] - 1.0, "{shot:?} in {screen:?}");
}

#[test]
fn beside_a_narrow_picture_the_card_leaves_it_free() {
    for width in [1024, 1440] {
        let mut stage = at("phone", 1, Look::wide(width));
        let (card, screen) = (only(&mut stage, ".gm-card"), only(&mut stage, ".gm-screen"));
        let stage_box = only(&mut stage, ".gm-stage");
        assert!(!cover(&card, &screen), "at {width} px: {card:?} on {screen:?}");
        assert!(card[0] >= stage_box[0] && card[2] <= stage_box[2], "{card:?} in {stage_box:?}");
    }
}

#[test]
fn a_guide_of_text_shows_no_empty_window() {
    for look in [Look::phone(), Look::still()] {
        let mut stage = at("tea", 2, look);
        assert_eq!(stage.text("getComputedStyle(document.querySelector('.gm-chrome')).visibility"), "hidden");
        let ground = "getComputedStyle(document.querySelector('.gm-window')).backgroundColor";
        assert_eq!(stage.text(ground), "rgba(0, 0, 0, 0)");
        assert!(stage.text("document.querySelector('.gm-card').textContent").contains("Add the tea"));
    }
}

#[test]
fn on_a_phone_on_its_side_the_window_is_as_high_as_its_picture() {
    let look = Look { viewport: Viewport { density: 1.0, ..Viewport::phone(812, 375) }, ..Look::still() };
    let url = format!("{}?view=player", site().guide_url("places"));
    let mut stage = Stage::at(&url, look).ready("cover", 1);
    stage.push("Start");
    stage.expect("paused", 1);
    let (window, screen) = (only(&mut stage, ".gm-window"), only(&mut stage, ".gm-screen"));
    assert!((window[3] - screen[3]).abs() < 1.0, "{window:?} around {screen:?}");
    assert!(screen[3] - screen[1] > 280.0, "the picture uses the height: {screen:?}");
}

#[test]
fn text_of_twice_the_size_keeps_its_buttons_together() {
    let mut stage = at("places", 4, Look::phone());
    stage.evaluate("document.documentElement.style.fontSize = '32px'; null").expect("set");
    stage
        .evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        .expect("drawn");
    let (back, next) = (only(&mut stage, ".gm-back"), only(&mut stage, ".gm-next"));
    assert!((back[1] - next[1]).abs() < 1.0, "{back:?} {next:?}");
    assert!(stage.number("document.documentElement.scrollWidth - innerWidth") <= 0.0);
}

#[test]
fn on_a_phone_notes_come_one_at_a_time() {
    let mut stage = at("places", 1, Look::phone());
    let mut notes = Vec::new();
    for _ in 0..4 {
        stage.expect("paused", 1);
        stage.settle();
        let (note, screen) = (only(&mut stage, ".gm-note"), only(&mut stage, ".gm-screen"));
        let inside = (0..2).all(|axis| note[axis] >= screen[axis] && note[axis + 2] <= screen[axis + 2]);
        assert!(inside, "{note:?} in {screen:?}");
        notes.push(stage.text("document.querySelector('.gm-note').textContent"));
        stage.push("Next");
    }
    stage.expect("paused", 2);
    assert_eq!(notes.first().map(String::as_str), Some("Adds a row at the top of this list"));
    assert_eq!(notes.last().map(String::as_str), Some("Each row is a transaction with its payee"));
    notes.dedup();
    assert_eq!(notes.len(), 4);
    stage.push("Back");
    stage.settle();
    assert_eq!(stage.text("document.querySelector('.gm-note').textContent"), notes[3]);
}

/// Where all comes to rest at some steps: gone to, come to step by step, and hurried to, one move not yet over.
const WAYS: &str = "(async steps => {
    const player = document.querySelector('guidemark-player');
    const part = name => player.querySelector(`.gm-${name}`);
    const frame = () => new Promise(requestAnimationFrame);
    const rest = async () => {
        let before = '';
        for (let same = 0; same < 8;) {
            await frame();
            const { x, y, width, height } = part('card').getBoundingClientRect();
            const now = [x, y, width, height, part('world').style.transform, part('cursor').style.transform].join(' ');
            same = now === before && part('stage').classList.contains('gm-card-shown') ? same + 1 : 0;
            before = now;
        }
        return before;
    };
    const found = { gone: [], walked: [], hurried: [] };
    for (const step of steps) {
        player.restart();
        player.go(step);
        found.gone.push(await rest());
        player.restart();
        for (let at = 1; at < step; at++) {
            for (let frames = 12; frames; frames--) await frame();
            player.next();
        }
        found.hurried.push(await rest());
    }
    player.restart();
    for (let step = 1; step <= Math.max(...steps); step++) {
        const here = await rest();
        if (steps.includes(step)) found.walked.push(here);
        player.next();
    }
    return found;
})";

#[test]
fn a_step_looks_the_same_however_it_is_reached() {
    let mut stage = Stage::own(crate::support::site::REAL[0], Look::wide(1440).moving());
    let found = stage.evaluate(&format!("{WAYS}([4, 6])")).expect("gone through");
    assert_eq!(found["walked"], found["gone"], "step by step and at once");
    assert_eq!(found["hurried"], found["gone"], "in haste and at once");
}
