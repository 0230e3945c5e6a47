//! The editor's own page and what it loads.

use crate::page::escape;
use crate::serve::secret::Secret;
use include_dir::{Dir, include_dir};

/// The editor's modules and style.
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/editor");

/// What the editor's page may do: load from this server, talk to it, and show its pages.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
     connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page with all guides of the project.
pub fn guides(secret: &Secret) -> String {
    document("", "Guides", "<guidemark-guides></guidemark-guides>", "guides", secret)
}

/// The page that edits the guide `slug`. The secret is in it: no page of another origin can read it.
pub fn html(slug: &str, secret: &Secret) -> String {
    document(slug, slug, "<guidemark-editor></guidemark-editor>", "main", secret)
}

fn document(slug: &str, title: &str, body: &str, module: &str, secret: &Secret) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"guidemark-guide\" content=\"{slug}\"><meta name=\"guidemark-secret\" content=\"{}\">\
         <title>{title} – Guidemark</title><link rel=\"icon\" href=\"data:,\">\
         <link rel=\"stylesheet\" href=\"/.guidemark/editor/editor.css\">\
         <script type=\"module\" src=\"/.guidemark/editor/{module}.js\"></script></head>\
         <body>{body}\
         <noscript>The editor needs JavaScript. The guide is a Markdown file: any text editor changes it too.</noscript>\
         </body></html>",
        secret.text(),
        slug = escape::html(slug),
        title = escape::html(title),
    )
}

/// A module or a style sheet of the editor.
pub fn asset(name: &str) -> Option<&'static [u8]> {
    ASSETS.get_file(name).map(include_dir::File::contents)
}
