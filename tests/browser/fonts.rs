//! A theme's font in a page has the glyphs that the page needs, and nobody sees a difference.

use crate::support::{Look, Site, Stage, picture};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::Write as _;

/// Comes with Chromium on Debian.
const FONT: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// Kerning, ligatures, marks, capitals, other scripts, one of which joins its letters; text that is typed.
const GUIDE: &str = "# AVATAR fi office \u{c4}\u{d6}\u{dc}\n\nTo Wave \u{201c}ffl\u{201d} \u{2192} \u{2713} 1/2, e\u{301}\u{323} \u{1ea1}\u{306}, \u{391}\u{3b8}\u{3ae}\u{3bd}\u{3b1}.\n\n\
    - \u{645}\u{631}\u{62d}\u{628}\u{627} \u{644}\u{627} **\u{417}\u{434}\u{440}** *fi*\n- \u{2211}\u{221a} \u{fb01}\n\n1. Type **\u{161}ed\u{fd}** Tea &mdash; AVATAR.\n";

/// A site whose theme has a font, and more style.
fn site(file: &str, format: &str, font: &[u8], style: &str) -> Site {
    let sheet = format!(
        "@font-face {{ font-family: Ours; src: url(../fonts/{file}) format(\"{format}\") tech(features-opentype) }} em {{ text-transform: uppercase }} {style}"
    );
    Site::with_files(&[
        ("guidemark.toml", b"theme = \"mine\"\n".as_slice()),
        ("guides/tea.md", GUIDE.as_bytes()),
        ("themes/mine/theme.toml", b"[options]\nfont = \"Ours\"\n"),
        ("themes/mine/style/custom.css", sheet.as_bytes()),
        (&format!("themes/mine/fonts/{file}"), font),
    ])
}

/// The fonts of a page, each with what stands behind its address.
fn fonts(html: &str) -> Vec<(Vec<u8>, &str)> {
    let found = html.split("url(data:font/").skip(1).map(|font| font.split_once(')').expect("an end"));
    found
        .map(|(address, behind)| {
            let data = address.split_once(";base64,").expect("data").1;
            (STANDARD.decode(data).expect("a font"), behind.split('}').next().unwrap_or_default())
        })
        .collect()
}

fn shown(url: &str) -> image::RgbImage {
    let mut page = Look::wide(1440).blank();
    page.go(url);
    page.wait_for(
        "document.fonts.ready.then(fonts => [...fonts].map(face => face.status).join() === 'loaded')",
    )
    .expect("the font is read");
    picture::decode(&page.screenshot_all().expect("taken"))
}

#[test]
fn a_page_looks_as_with_the_whole_font() {
    let font = std::fs::read(FONT).expect("the font");
    let (subset, whole) = (
        site("ours.ttf", "truetype", &font, ""),
        // Markers that count in Greek letters, which stand nowhere.
        site("ours.ttf", "truetype", &font, ".none { list-style: lower-greek }"),
    );
    let (small, large) = (subset.guide_html("tea"), whole.guide_html("tea"));
    assert_eq!(fonts(&large)[0].0, font);
    assert!(small.len() < large.len() / 3, "{} of {} bytes", small.len(), large.len());
    assert!(fonts(&small)[0].0.starts_with(b"wOF2"));
    assert_eq!(fonts(&small)[0].1, " format(\"woff2\") tech(features-opentype)");
    for page in ["tea/index.html", "index.html"] {
        let (small, large) = (shown(&subset.url(page)), shown(&whole.url(page)));
        assert!(small == large, "{page}: {:?}", picture::difference(&small, &large));
    }
}

#[test]
fn fonts_are_subset_however_they_are_packed() {
    let font = std::fs::read(FONT).expect("the font");
    let plain = fonts(&site("ours.ttf", "truetype", &font, "").guide_html("tea"))[0].0.clone();
    let zipped = fonts(&site("ours.woff", "woff", &woff(&font), "").guide_html("tea"))[0].0.clone();
    assert_eq!(zipped, plain, "the same bytes");
    let again = fonts(&site("ours.woff2", "woff2", &plain, "").guide_html("tea"))[0].0.clone();
    assert!(again.starts_with(b"wOF2") && again.len() <= plain.len() && again.len() > plain.len() * 9 / 10);
}

#[test]
fn letters_that_no_page_has_come_from_the_system() {
    let font = std::fs::read(FONT).expect("the font");
    let site = site("ours.ttf", "truetype", &font, "");
    let mut stage = Stage::at(&site.guide_url("tea"), Look::still());
    let width = |text: &str, family: &str| {
        format!(
            "(() => {{ const c = document.createElement('canvas').getContext('2d'); c.font = '40px {family}'; return c.measureText('{text}').width }})()"
        )
    };
    stage.wait_for("document.fonts.ready.then(() => true)").expect("read");
    let mut number = |text: &str, family: &str| stage.number(&width(text, family));
    assert_eq!(number("\u{56f}\u{576}", "Ours, monospace"), number("\u{56f}\u{576}", "monospace"));
    assert!(number("AV", "Ours, monospace") != number("AV", "monospace"));
}

/// A plain font as WOFF.
fn woff(font: &[u8]) -> Vec<u8> {
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four")) as usize;
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let (mut directory, mut data) = (Vec::new(), Vec::new());
    for at in (0..count).map(|table| 12 + table * 16) {
        let table = &font[number(at + 8)..][..number(at + 12)];
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(table).expect("packed");
        let packed = packer.finish().expect("packed");
        let packed = if packed.len() < table.len() { packed } else { table.to_vec() };
        directory.extend_from_slice(&font[at..at + 4]);
        for value in [44 + count * 20 + data.len(), packed.len(), table.len(), number(at + 4)] {
            directory.extend(u32::try_from(value).expect("small").to_be_bytes());
        }
        data.extend(packed);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let length = u32::try_from(44 + directory.len() + data.len()).expect("small");
    let mut out = [b"wOFF", &font[..4], &length.to_be_bytes(), &font[4..6], &[0; 2]].concat();
    out.extend((font.len() as u32).to_be_bytes());
    out.resize(44, 0);
    [out, directory, data].concat()
}
