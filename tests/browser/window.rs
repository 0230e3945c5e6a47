//! In any window the walkthrough is whole: Start in the first one, and all of the stage after it.

use crate::support::{Look, Site, Stage};
use guidemark::browser::Viewport;

const PHONES: [(u32, u32); 5] = [(320, 568), (360, 740), (375, 667), (390, 664), (412, 730)];
const TABLETS: [(u32, u32); 2] = [(768, 1024), (1024, 768)];
const LAPTOPS: [(u32, u32); 4] = [(1280, 720), (1366, 768), (1440, 789), (1536, 730)];
const DESKS: [(u32, u32); 2] = [(1920, 950), (2560, 1440)];

fn look((width, height): (u32, u32)) -> Look {
    let viewport =
        if width < 600 { Viewport::phone(width, height) } else { Viewport::desktop(width, height) };
    Look { viewport: Viewport { density: 1.0, ..viewport }, ..Look::still() }
}

/// What of these is shown and not whole in the window, with its edges.
const OUTSIDE: &str = "(...selectors) => selectors.flatMap(selector => {
    const found = document.querySelector(selector);
    if (!found?.checkVisibility()) return [];
    const { left, top, right, bottom } = found.getBoundingClientRect();
    const inside = left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
    return inside ? [] : [`${selector} ${[left, top, right, bottom].map(Math.round)}`];
})";

/// All that lies outside of the window or is covered, over all steps; a step a line.
fn steps() -> String {
    format!(
        "(async () => {{
            const outside = {OUTSIDE};
            const player = document.querySelector('guidemark-player');
            const shared = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 8
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 8;
            const faults = [];
            for (let step = 1; step <= player.total; step++) {{
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                const found = outside('.gm-stage', '.gm-card', '.gm-next', '.gm-bar', '.gm-hot');
                const [hot, card] = ['.gm-hot', '.gm-card'].map(each => document.querySelector(each));
                if (!hot.hidden && shared(hot.getBoundingClientRect(), card.getBoundingClientRect())) found.push('the card covers the target');
                if (player.step !== step) found.push(`it is at ${{player.step}}`);
                faults.push(...found.map(each => `step ${{step}}: ${{each}}`));
                document.querySelector('.gm-next').click();
            }}
            return faults.join('\\n');
        }})()"
    )
}

#[test]
fn the_walkthrough_is_whole_on_phones() {
    check(&PHONES);
}

#[test]
fn the_walkthrough_is_whole_on_tablets() {
    check(&TABLETS);
}

#[test]
fn the_walkthrough_is_whole_on_laptops() {
    check(&LAPTOPS);
}

#[test]
fn the_walkthrough_is_whole_on_desks() {
    check(&DESKS);
}

/// How a reader goes on.
#[derive(Clone, Copy)]
enum Way {
    Mouse,
    Touch,
    Keys,
}

impl Way {
    fn numbered(number: usize) -> Self {
        [Self::Mouse, Self::Touch, Self::Keys][number % 3]
    }

    fn name(self) -> &'static str {
        match self {
            Self::Mouse => "by mouse",
            Self::Touch => "by touch",
            Self::Keys => "by keys",
        }
    }

    fn start(self, stage: &mut Stage) {
        match self {
            Self::Mouse => stage.push("Start"),
            Self::Touch => stage.tap(".gm-start").expect("tapped"),
            Self::Keys => {
                stage.evaluate("document.querySelector('.gm-start').focus()").expect("focused");
                stage.press("Enter").expect("pressed");
            }
        }
    }

    fn next(self, stage: &mut Stage) {
        match self {
            Self::Mouse => stage.push("Next"),
            Self::Touch => stage.tap(".gm-next").expect("tapped"),
            Self::Keys => stage.press("ArrowRight").expect("pressed"),
        }
    }
}

/// Plays every guide in these windows, in each way.
fn check(windows: &[(u32, u32)]) {
    let site = Site::own();
    let mut faults = Vec::new();
    for (at, slug) in site.slugs().iter().enumerate() {
        for (index, window) in windows.iter().copied().enumerate() {
            let mut stage = Stage::at(&site.guide_url(slug), look(window)).ready("cover", 1);
            let mut tell = |what: &str, found: String| {
                if !found.is_empty() {
                    faults.push(format!("{slug} at {window:?}, {what}: {found}"));
                }
            };
            tell("first window", stage.text(&format!("({OUTSIDE})('.gm-start').join(' ')")));
            let header = stage.number("document.querySelector('.gm-stage').getBoundingClientRect().top");
            tell("header", if header > 180.0 { format!("{header} px") } else { String::new() });
            let sideways = "document.documentElement.scrollWidth > innerWidth ? 'scrolls sideways' : ''";
            tell("width", stage.text(sideways));
            let titles = "[...document.querySelectorAll('h1, .gm-title')].filter(each => each.checkVisibility() && each.textContent === document.querySelector('h1').textContent).length";
            tell("title", if stage.number(titles) > 1.0 { "stands twice".to_owned() } else { String::new() });
            let all =
                format!("({OUTSIDE})('.gm-stage', '.gm-card', '.gm-next', '.gm-bar', '.gm-hot').join(' ')");
            // Each way, and another one last each time, which goes on to the end.
            for turn in 1..=3 {
                let way = Way::numbered(at + index + turn);
                way.start(&mut stage);
                stage.expect("paused", 1);
                tell(way.name(), stage.text(&all));
                let count = stage.events().len();
                way.next(&mut stage);
                stage.wait_for(&format!("__events.length > {count}")).expect("it goes on");
                tell(way.name(), stage.text(&all));
                stage.evaluate("location.hash = ''; null").expect("back to the cover");
                stage.expect("cover", 1);
                stage.evaluate("scrollTo({ top: 0, behavior: 'instant' })").expect("scrolled");
            }
            Way::numbered(at + index).start(&mut stage);
            stage.expect("paused", 1);
            tell("walkthrough", stage.text(&steps()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn alone_the_walkthrough_comes_up_without_a_shift() {
    for window in [(375, 667), (1440, 789)] {
        let url = format!("{}?view=player", Site::own().guide_url(crate::support::site::REAL[0]));
        let mut stage = Stage::at(&url, look(window)).ready("cover", 1);
        // A busy browser gives the window its size while the first page of a site is laid out already.
        stage.go(&url);
        let mut stage = stage.ready("cover", 1);
        assert!(
            stage.layout_shifts().expect("asked").is_empty(),
            "at {window:?}: {:?}",
            stage.layout_shifts()
        );
        assert_eq!(stage.text("document.querySelector('.gm-cover .gm-title').checkVisibility()"), "true");
        assert_eq!(stage.text(&format!("({OUTSIDE})('.gm-stage', '.gm-start').join(' ')")), "");
    }
}

#[test]
fn alone_nothing_but_the_walkthrough_is_ever_laid_out() {
    let html = Site::own().guide_html(crate::support::site::REAL[0]);
    // As the page arrives: the end of it has not come yet.
    let cut = html.rfind("</body>").expect("the end");
    let (server, _rest) = crate::support::Server::of_slow_page(&html, cut);
    let mut stage = Stage::arriving(&server.url("/?view=player"), look((1440, 789)));
    stage.wait_for("document.querySelector('footer')").expect("the page arrives");
    assert_eq!(stage.text("document.querySelector('article').checkVisibility()"), "false");
    assert_eq!(stage.text("document.querySelector('.gm-still').checkVisibility()"), "true");
    stage.forgive();
}

#[test]
fn the_minutes_on_the_cover_agree_with_playing() {
    for guide in Site::own().guides() {
        let slug = guide["slug"].as_str().expect("a slug");
        let mut stage = Stage::own(slug, Look::wide(1440).moving());
        let total = "(player => Array.from({ length: player.total }, (_, at) => player.duration(at + 1))
            .reduce((sum, each) => sum + each) / 60000)(document.querySelector('guidemark-player'))";
        let (plays, said) = (stage.number(total), guide["minutes"].as_f64().expect("minutes"));
        assert!(
            (plays - said).abs() < 0.6 || (said == 1.0 && plays < 1.0),
            "{slug}: {plays} minutes, {said} said"
        );
    }
}
