//! The picture of a guide in link previews.

use crate::support::{Book, page, rect};
use guidemark::card::preview;
use guidemark::guide::RedactStyle;
use guidemark::project::{App, Brand, Color, Settings};
use guidemark::shot::ShotOptions;
use image::RgbImage;

fn settings(color: Option<Color>) -> Settings {
    Settings { brand: Brand { color, ..Brand::default() }, ..Settings::default() }
}

fn bytes(book: &Book) -> Vec<u8> {
    preview(&book.resolved, &settings(None), &ShotOptions::default(), &book.world).unwrap()
}

fn card(book: &Book) -> RgbImage {
    let image = image::load_from_memory(&bytes(book)).unwrap().into_rgb8();
    assert_eq!(image.dimensions(), (1200, 630));
    image
}

fn titled(title: &str) -> Book {
    let mut book = Book::new().picture("1.png", &page(320, 200, 1));
    book.resolved.title = title.into();
    book
}

#[test]
fn it_shows_title_application_and_screenshot() {
    for shot in [
        "datasette-api-token/shots/05.png",
        "datasette-api-token/shots/12.png",
        "actual-transaction/shots/04.png",
    ] {
        let mut book = Book::new().file("shot.png", std::fs::read(format!("guides/{shot}")).unwrap());
        let bare = card(&book);
        book.resolved.title = "How to create a read-only API token in Datasette".into();
        let without = card(&book);
        book.resolved.app = Some(App { name: "Datasette".into(), ..App::default() });
        let with = bytes(&book);
        assert!(bare != without && without != card(&book));
        assert!(with.len() < 60_000, "{shot}: {} bytes", with.len());
        // For people to look at.
        if let Ok(folder) = std::env::var("GUIDEMARK_KEEP") {
            let name = format!("card-{}", shot.replace('/', "-"));
            std::fs::write(std::path::Path::new(&folder).join(name), with).unwrap();
        }
    }
}

#[test]
fn titles_that_the_face_cannot_write_are_left_out() {
    let without = card(&titled(""));
    for (title, written) in [
        ("如何创建只读令牌", false),
        ("كيفية إنشاء رمز", false),
        ("Как создать токен", true),
        ("Größere Straßen", true),
    ] {
        assert_eq!(card(&titled(title)) != without, written, "{title}");
    }
    // However long, nothing is drawn outside.
    card(&titled(&"How to write a very long title ".repeat(20)));
    card(&titled(&"Donaudampfschifffahrt".repeat(20)));
}

#[test]
fn a_guide_without_screenshots_has_a_card_too() {
    let mut book = Book::new();
    let blank = card(&book);
    book.resolved.title = "How to back up".into();
    assert!(card(&book) != blank);
}

#[test]
fn nothing_covered_is_on_it() {
    let book = |seed| {
        let mut image = page(320, 200, 1);
        image::imageops::replace(&mut image, &page(90, 30, seed), 50, 50);
        Book::new().picture("1.png", &image).redact(rect(50.0, 50.0, 90.0, 30.0), RedactStyle::Blur)
    };
    assert!(bytes(&book(5)) == bytes(&book(6)));
}

#[test]
fn the_brand_colours_it() {
    let (book, options) = (titled("How to"), ShotOptions::default());
    let red = settings(Some(Color { red: 200, green: 30, blue: 30 }));
    assert!(preview(&book.resolved, &red, &options, &book.world) != Ok(bytes(&book)));
}
