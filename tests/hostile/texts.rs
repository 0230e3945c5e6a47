//! Script in every place that holds a text: none of it may run or leave its place.

use super::{Sandbox, harmless, project};

/// What must come out as text wherever it goes in.
const EVIL: [&str; 6] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\"><img src=x onerror=alert(1)>",
    "</style><svg onload=alert(1)>",
    "]]>--></title></textarea><iframe srcdoc=1>",
];

/// A project whose bad guide has `evil` in every text that it can have.
fn with(evil: &str) -> Sandbox {
    let sandbox = project();
    let quoted = serde_json::to_string(evil).unwrap();
    let inside = evil.replace('\\', "\\\\").replace('"', "\\\"");
    // A comment ends at the first `-->`: there, the rest could only be text of the guide.
    let note = inside.replace("-->", "");
    let mut picture = Vec::new();
    let image = image::RgbaImage::from_pixel(400, 300, image::Rgba([240, 240, 250, 255]));
    image.write_to(&mut std::io::Cursor::new(&mut picture), image::ImageFormat::Png).unwrap();
    sandbox.write("guides/window.png", picture);
    sandbox.write(
        "guidemark.toml",
        format!(
            "title = {quoted}\ndescription = {quoted}\n[brand]\nname = {quoted}\nfont = \"Inter\"\n[cursor]\nname = {quoted}\n\
             [cta]\nlabel = {quoted}\nurl = \"https://example.com/\"\n[apps.evil]\nname = {quoted}\ndescription = {quoted}\n\
             industry = {quoted}\nwebsite = \"https://example.com/\"\n"
        ),
    );
    // Outside of code a comment that is never closed is an error of its own.
    let prose = if evil.starts_with("<!--") { format!("`{evil}`") } else { evil.to_owned() };
    let alt = evil.replace(['[', ']', '<', '>'], "");
    sandbox.write(
        "guides/bad.md",
        format!(
            "---\ntitle: {quoted}\ndescription: {quoted}\nslug: bad\napp: evil\ntags: [{quoted}]\nauthors: [{quoted}]\n---\n\n\
             {prose} is *text*.\n\n## Chapter {prose}\n\n1. Look at {prose}.\n\n   ![{alt}](window.png)\n   \
             <!--\n   @click 10,10 40x40 \"{note}\"\n   @type 60,60 100x40 \"{note}\"\n   @callout 10,10 40x40 \"{note}\"\n   -->\n\n\
             ```{evil}\n{evil}\n```\n"
        ),
    );
    sandbox
}

/// The tags of a page that could run something, as a reader of HTML sees them: attributes and what scripts and
/// styles hold are left out.
fn live(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.find("-->").map_or("", |end| &after[end..]);
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let name = name.to_ascii_lowercase();
        let mut quote = None;
        let end = rest
            .char_indices()
            .find(|&(_, c)| match quote {
                Some(open) => {
                    quote = Some(open).filter(|open| *open != c);
                    false
                }
                None if c == '"' || c == '\'' => {
                    quote = Some(c);
                    false
                }
                None => c == '>',
            })
            .map_or(rest.len(), |(at, _)| at);
        let tag = rest[..end].to_owned();
        rest = &rest[end..];
        if ["script", "style"].contains(&name.as_str()) {
            rest = rest.find(&format!("</{name}")).map_or("", |at| &rest[at..]);
        }
        if ["script", "style", "iframe", "object", "embed", "svg", "img", "base", "form"]
            .contains(&name.as_str())
        {
            tags.push(name);
        }
        let attributes = without_values(&tag).to_lowercase();
        assert!(!attributes.contains(" on"), "a handler in <{tag}>");
        assert!(!tag.to_lowercase().contains("=\"javascript:"), "a script's address in <{tag}>");
    }
    tags.sort();
    tags
}

/// A tag less what its attributes say.
fn without_values(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

#[test]
fn script_in_any_text_stays_text() {
    let mild = live(&harmless(&with("mild text")));
    for evil in EVIL {
        let sandbox = with(evil);
        let page = harmless(&sandbox);
        // Raw HTML between words may go away, so less is well; more never is.
        let found = live(&page);
        for tag in ["script", "style", "iframe", "object", "embed", "base", "form"] {
            let count = |tags: &[String]| tags.iter().filter(|name| *name == tag).count();
            assert_eq!(count(&found), count(&mild), "`<{tag}>` with `{evil}`");
        }
        live(&sandbox.read("public/index.html"));
        assert!(page.contains("</html>"), "the page is whole with `{evil}`");
        let json: serde_json::Value = serde_json::from_str(&sandbox.read("public/guides.json")).unwrap();
        assert!(
            json.to_string().contains(&serde_json::to_string(evil).unwrap()),
            "data says what was written"
        );
    }
}

#[test]
fn raw_html_and_links_lose_what_could_run() {
    let sandbox = project();
    let text = "---\ntitle: Bad\ndescription: Raw HTML.\n---\n\n\
                <img src=x onerror=alert(1)> <a href=\"javascript:alert(1)\">a</a> <b onclick=alert(1)>b</b>\n\n\
                [c](javascript:alert(1)) [d](JaVaScRiPt:alert(1)) [e](data:text/html,<script>alert(1)</script>) \
                [f](vbscript:x)\n\n<script>alert(1)</script>\n\n<iframe src=\"https://example.com\"></iframe>\n\n1. Do it.\n";
    sandbox.write("guides/bad.md", text);
    let ran = super::build(&sandbox, &[]);
    if ran.status == Some(0) {
        let page = sandbox.read("public/bad/index.html");
        live(&page);
        for gone in ["onerror", "onclick=alert", "alert(1)</script>", "src=\"https://example.com\""] {
            assert!(!page.contains(gone), "{gone}");
        }
    } else {
        assert_eq!(ran.status, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains("guides/bad.md:8:"), "{}", ran.stderr);
        assert!(!sandbox.has("public/bad"));
    }
}

#[test]
fn colours_fonts_and_addresses_are_no_way_in() {
    for (line, place) in [
        ("[brand]\ncolor = \"red;}</style><script>alert(1)</script>\"\n", "guidemark.toml:2:9"),
        ("[brand]\nfont = \"a;}</style><script>alert(1)</script>\"\n", "guidemark.toml:2:8"),
        ("base_url = \"javascript:alert(1)\"\n", "guidemark.toml:1:12"),
        ("[cta]\nlabel = \"x\"\nurl = \"javascript:alert(1)\"\n", "guidemark.toml:3:7"),
        ("[apps.x]\nname = \"x\"\nwebsite = \"javascript:alert(1)\"\n", "guidemark.toml:3:11"),
        ("[brand]\nlogo = \"../../etc/passwd\"\n", "guidemark.toml:2:8"),
        ("lang = \"\\\"><script>\"\n", "guidemark.toml:1:8"),
        ("theme = \"../../etc\"\n", "guidemark.toml:1:9"),
    ] {
        let sandbox = project();
        sandbox.write("guidemark.toml", line);
        let ran = super::build(&sandbox, &[]);
        assert_eq!(ran.status, Some(1), "{line}\n{}", ran.stderr);
        assert!(ran.stderr.contains(place), "{line}\n{}", ran.stderr);
        assert!(!sandbox.has("public/index.html"));
    }
}
