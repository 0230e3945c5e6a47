//! Whole guides: the article and the data of their pages, as files beside them.
//!
//! Only the content is compared, not the style, the script or the bytes of pictures. After a change that
//! is meant, `UPDATE=1 cargo test --test golden` writes the files anew; read the difference.

use guidemark::guide::{self, Index, Resolved};
use guidemark::page::{self, GuideInput};
use guidemark::project;
use guidemark::shot::{self, ShotOptions};
use guidemark::source::{DiskWorld, ProjectPath};
use guidemark::theme::Theme;
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// The article and the data of the page of the guide in a folder.
fn pages(folder: &Path) -> [(&'static str, String); 2] {
    let world = DiskWorld::new(folder).unwrap();
    let settings = project::load(&world, None).project.settings;
    let source = guide::read(&world, &ProjectPath::new("index.md").unwrap()).unwrap();
    let parsed = guide::parse(&source);
    let resolution = guide::resolve(&parsed.guide, &source, &settings, &world);
    assert_eq!((parsed.diagnostics, resolution.diagnostics), (vec![], vec![]), "{}", folder.display());
    let resolved: Resolved = resolution.resolved.unwrap();
    let options = ShotOptions { quality: settings.quality, ..ShotOptions::default() };
    let sheet = shot::compose(&resolved, &options, &world).sheet.unwrap();
    let theme = Theme::load(&world, "default").unwrap();
    let index = Index::new(vec![resolved.entry()]);
    let input = GuideInput {
        resolved: &resolved,
        sheet: &sheet,
        theme: &theme,
        settings: &settings,
        index: &index,
        world: &world,
        scope: guidemark::page::Scope::Site,
        downloads: &[],
    };
    let html = page::guide(&input).unwrap();
    let start = html.find("<article").unwrap();
    let end = html.find("</article>").unwrap() + "</article>\n".len();
    [("article.html", without_pictures(&html[start..end])), ("page.json", data(&page::context(&input)))]
}

/// The context less what is compared elsewhere or is style, script or the program's version.
fn data(context: &guidemark::theme::context::GuidePage) -> String {
    let mut value = serde_json::to_value(context).unwrap();
    let whole = value.as_object_mut().unwrap();
    for key in ["sections", "words"] {
        whole.remove(key);
    }
    for key in ["stage_html", "json_ld_html"] {
        let text = whole.remove(key).unwrap();
        whole.insert(key.to_owned(), serde_json::from_str(text.as_str().unwrap()).unwrap());
    }
    for key in ["csp", "style_html", "script_html", "generator", "icon"] {
        whole["page"].as_object_mut().unwrap().remove(key);
    }
    without_pictures(&(serde_json::to_string_pretty(&value).unwrap() + "\n"))
}

fn without_pictures(text: &str) -> String {
    let mut parts = text.split(";base64,");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += ";base64,…";
        out += part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+/=".contains(c));
    }
    out
}

#[test]
fn the_articles_and_data_of_whole_guides_are_as_kept() {
    let mut wrong = Vec::new();
    for folder in folders() {
        for (name, found) in pages(&folder) {
            let file = folder.join(name);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&file, &found).unwrap();
            }
            let golden = std::fs::read_to_string(&file).unwrap_or_default();
            if let Some(line) = first_difference(&golden, &found) {
                wrong.push(format!("{}:{line}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn first_difference(golden: &str, found: &str) -> Option<String> {
    let (mut one, mut other) = (golden.lines(), found.lines());
    for number in 1.. {
        match (one.next(), other.next()) {
            (None, None) => return None,
            (golden, found) if golden == found => {}
            (golden, found) => {
                return Some(format!(
                    "{number}\n  golden: {}\n  found:  {}",
                    golden.unwrap_or_default(),
                    found.unwrap_or_default()
                ));
            }
        }
    }
    None
}
