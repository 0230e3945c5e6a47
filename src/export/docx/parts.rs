//! The parts of the package beside its text.

use super::body::{Body, List};
use crate::export::Exporting;
use crate::page::escape;
use crate::theme::words;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const STYLES: &str = include_str!("styles.xml");
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts by their names.
pub fn parts(exporting: Exporting<'_>, body: &Body) -> Vec<(&'static str, String)> {
    let lang = escape::xml(exporting.lang);
    let direction = match words::direction(exporting.lang) {
        "rtl" => "<w:pPr><w:bidi/></w:pPr>",
        _ => "",
    };
    let styles = STYLES.replace("{lang}", &lang).replace("{direction}", direction);
    vec![
        ("[Content_Types].xml", kinds()),
        ("_rels/.rels", relations([("officeDocument", "word/document.xml")], CORE)),
        ("docProps/core.xml", properties(exporting.title, &lang)),
        ("word/document.xml", document(&body.xml)),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering(&body.lists)),
        ("word/_rels/document.xml.rels", targets(body)),
    ]
}

const CORE: &str = "<Relationship Id=\"core\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
                    Target=\"docProps/core.xml\"/>";

fn kinds() -> String {
    let part = |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let parts = [
        part("word/document.xml", &format!("{KIND}.document.main+xml")),
        part("word/styles.xml", &format!("{KIND}.styles+xml")),
        part("word/numbering.xml", &format!("{KIND}.numbering+xml")),
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ];
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         {}</Types>",
        parts.concat()
    )
}

fn relations<'a>(targets: impl IntoIterator<Item = (&'a str, &'a str)>, more: &str) -> String {
    let own = targets.into_iter().map(|(kind, target)| {
        format!("<Relationship Id=\"{kind}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    });
    format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\">{}{more}</Relationships>", own.collect::<String>())
}

fn targets(body: &Body) -> String {
    let pictures = body.media.iter().enumerate().map(|(at, (name, _))| {
        let target = name.strip_prefix("word/").unwrap_or(name);
        format!("<Relationship Id=\"picture{at}\" Type=\"{OFFICE}/image\" Target=\"{target}\"/>")
    });
    let links = body.links.iter().enumerate().map(|(at, address)| {
        let address = escape::xml(address);
        format!(
            "<Relationship Id=\"link{at}\" Type=\"{OFFICE}/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/>"
        )
    });
    let more: String = pictures.chain(links).collect();
    relations([("styles", "styles.xml"), ("numbering", "numbering.xml")], &more)
}

/// No time and no author: the same guide is the same bytes.
fn properties(title: &str, lang: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>{lang}</dc:language>\
         </cp:coreProperties>",
        escape::xml(title)
    )
}

/// A4 with margins of 25 mm.
fn document(body: &str) -> String {
    format!(
        "{HEAD}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{body}\
         <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" \
         w:left=\"1417\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// Two kinds of lists, and each list of the text with its own count.
fn numbering(lists: &[List]) -> String {
    let levels = |format_of: &dyn Fn(usize) -> (&'static str, String)| -> String {
        let level = |depth: usize| {
            let (format, text) = format_of(depth);
            let left = 500 * (depth + 1);
            format!(
                "<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
                 <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"400\"/></w:pPr></w:lvl>"
            )
        };
        (0..9).map(level).collect()
    };
    let numbered = levels(&|depth| ("decimal", format!("%{}.", depth + 1)));
    let bullets = levels(&|_| ("bullet", "•".to_owned()));
    let kind = |id: u8, levels: &str| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
        )
    };
    let list = |(number, list): (usize, &List)| match list.start {
        Some(start) => format!(
            "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"{}\">\
             <w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>",
            list.depth
        ),
        None => format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"1\"/></w:num>"),
    };
    let lists: String = (1..).zip(lists).map(list).collect();
    format!(
        "{HEAD}<w:numbering xmlns:w=\"{MAIN}\">{}{}{lists}</w:numbering>",
        kind(0, &numbered),
        kind(1, &bullets)
    )
}
