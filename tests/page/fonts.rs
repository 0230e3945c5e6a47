//! The font of a theme in a page: its glyphs are those that the page needs, and are what they were.

use crate::support::{Draft, input, path, scene, settings};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use guidemark::guide::Index;
use guidemark::page;
use guidemark::source::MemoryWorld;
use guidemark::theme::Theme;
use std::io::Read as _;
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

/// A page about `text` in a theme with the font in a file beside this one, and more style.
fn html(font: &str, text: &str, style: &str) -> String {
    let sheet = format!("@font-face {{ font-family: Ours; src: url(../{font}) format('woff2') }} {style}");
    let world = MemoryWorld::new()
        .with(path("themes/mine/style/custom.css"), sheet)
        .with(path(&format!("themes/mine/{font}")), file(font));
    let theme = Theme::load(&world, "mine").unwrap();
    let mut draft = Draft::new("A guide");
    draft.step(text, vec![scene(None)]);
    let (settings, index) = (settings(), Index::default());
    page::guide(&input(&draft, &theme, &settings, &index, &world)).unwrap()
}

fn file(font: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/page/fonts/{font}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The font in a page.
fn font(html: &str) -> Vec<u8> {
    let address = html.split("url(data:font/").nth(1).unwrap().split(')').next().unwrap();
    STANDARD.decode(address.split(',').nth(1).unwrap()).unwrap()
}

fn unpacked(font: &[u8]) -> Vec<u8> {
    let mut brotli = |bytes: &[u8], _| {
        let mut out = Vec::new();
        brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out)?;
        Ok(out)
    };
    match font.starts_with(b"wOF2") {
        true => wuff::decompress_woff2_with_custom_brotli(font, &mut brotli).unwrap(),
        false => font.to_vec(),
    }
}

/// What is drawn for a glyph.
fn outline(face: &Face<'_>, glyph: GlyphId) -> String {
    let mut drawn = Drawn::default();
    let _ = face.outline_glyph(glyph, &mut drawn);
    drawn.0
}

#[derive(Default)]
struct Drawn(String);

impl OutlineBuilder for Drawn {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0 += &format!("M{x} {y}");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0 += &format!("L{x} {y}");
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0 += &format!("Q{x1} {y1} {x} {y}");
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}

#[test]
fn a_page_has_the_glyphs_of_its_letters() {
    let whole = unpacked(&file("tiny.ttf"));
    let whole = Face::parse(&whole, 0).unwrap();
    let font_of = |text: &str| unpacked(&font(&html("tiny.ttf", text, "")));
    let (plain, russian) = (font_of("A cup of tea."), font_of("\u{416}"));
    let (plain, russian) = (Face::parse(&plain, 0).unwrap(), Face::parse(&russian, 0).unwrap());
    let glyph = |letter| whole.glyph_index(letter).unwrap();
    for letter in "AV\u{c4}fi1.\u{201c}".chars() {
        let glyph = glyph(letter);
        assert_eq!(plain.glyph_index(letter), Some(glyph), "{letter}");
        assert_eq!(outline(&plain, glyph), outline(&whole, glyph), "{letter}");
        assert_eq!(plain.glyph_hor_advance(glyph), whole.glyph_hor_advance(glyph), "{letter}");
    }
    for letter in "\u{416}\u{436}\u{431}\u{434}".chars() {
        let glyph = glyph(letter);
        assert_eq!((plain.glyph_index(letter), outline(&plain, glyph)), (None, String::new()), "{letter}");
        // With one letter of a script the others are there.
        assert_eq!(russian.glyph_index(letter), Some(glyph));
        assert_eq!(outline(&russian, glyph), outline(&whole, glyph));
    }
    for table in [b"GSUB", b"GPOS", b"kern", b"name"] {
        let table = |face: &Face<'_>| face.raw_face().table(Tag::from_bytes(table)).map(<[u8]>::to_vec);
        assert_eq!(table(&plain), table(&whole), "kerning, ligatures and the licence");
    }
}

#[test]
fn the_ligatures_of_the_letters_are_there() {
    let whole = unpacked(&file("tiny.ttf"));
    let whole = Face::parse(&whole, 0).unwrap();
    let plain = unpacked(&font(&html("tiny.ttf", "A cup of tea.", "")));
    let plain = Face::parse(&plain, 0).unwrap();
    let drawn = |face: &Face<'_>| {
        (0..face.number_of_glyphs()).filter(|at| !outline(face, GlyphId(*at)).is_empty()).count()
    };
    // One of the four letters has another form in Serbian.
    let cyrillic = 5;
    assert_eq!(drawn(&plain), drawn(&whole) - cyrillic, "ligatures have no letter of their own");
}

#[test]
fn a_variable_font_varies_as_before() {
    let (whole, part) = (unpacked(&file("tiny-variable.woff2")), html("tiny-variable.woff2", "A", ""));
    let part = unpacked(&font(&part));
    let (mut whole, mut part) = (Face::parse(&whole, 0).unwrap(), Face::parse(&part, 0).unwrap());
    let glyph = |letter| whole.glyph_index(letter).unwrap();
    let (a, zhe) = (glyph('\u{c4}'), glyph('\u{416}'));
    let regular = outline(&part, a);
    for face in [&mut whole, &mut part] {
        face.set_variation(Tag::from_bytes(b"wght"), 750.0).unwrap();
    }
    assert!(outline(&part, a) == outline(&whole, a) && outline(&part, a) != regular);
    assert_eq!(outline(&part, zhe), "");
    assert_eq!(part.glyph_hor_advance(a), whole.glyph_hor_advance(a));
}

#[test]
fn a_font_stays_whole_where_a_page_makes_letters() {
    let whole = html("tiny.ttf", "A", "ol { list-style: lower-greek }");
    assert_eq!(font(&whole), file("tiny.ttf"));
    assert!(whole.contains(") format('woff2')"));
    assert_eq!(html("tiny.ttf", "A", ""), html("tiny.ttf", "A", ""), "the same bytes each time");
}
