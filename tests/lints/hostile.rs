//! Any text: lints find what they find without panic, and every place lies in its text.

use super::project::{check, path, png};
use guidemark::source::MemoryWorld;
use proptest::prelude::*;

/// Pieces that make lints look.
const PIECES: [&str; 32] = [
    "1. Open the the menu.\n\n",
    "   ![](shots/01.png)\n",
    "   ![Screenshot](shots/02.png)\n",
    "   <!-- @click 1,1 4x4 -->\n",
    "   <!-- @type 1,1 4x40% \"a\" -->\n",
    "   <!-- @crop 0,0 50%x50% -->\n",
    "<!-- @allow long-step nothing -->\n",
    "<!-- @allow",
    "   <!--\n   @wait 2s\n   @drag 1,1 to 3,3 1x1\n   -->\n",
    "[a](b.md#c) [d](#e) [f](../../g) [h](guide.md?i#%zz)\n",
    "![x.png](shots/icon.png) **a** a &amp; &amp; \\* *\n",
    "# Title\n",
    "## Kapitel Kapitel\n",
    "---\n",
    "title: T\n",
    "slug: t\n",
    "draft: true\n",
    "> [!TIP]\n> a a\n",
    "| a | a |\n| - | - |\n| b b | c |\n",
    "```\na a\n",
    "日本 日本 🎉🎉 é e\u{301} e\u{301}\n",
    "שלום שלום \u{202e}abc\n",
    "\t",
    "\r\n",
    "\u{feff}",
    "\0",
    "- [ ] a\n",
    "a  \nb b\n",
    "<b>a</b> <img src=x onerror=a> a a\n",
    "2. ",
    "\n\n",
    " ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_place_lies_in_its_text(
        first in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..40),
        second in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..20),
        project in prop::sample::select(vec!["", "# @allow x\u{a0}y low-contrast\n", "[brand]\ncolor = \"#ff0\"\n", "\u{feff}brand.color = '#aaa'"]),
        noise in ".{0,20}",
    ) {
        let texts = [
            ("guidemark.toml", project.to_owned()),
            ("guides/a.md", format!("# T\n\n{}{noise}", first.concat())),
            ("guides/t.md", second.concat() + &noise),
        ];
        let mut world = MemoryWorld::new();
        for (name, width) in [("01", 1280), ("02", 900), ("icon", 16)] {
            world = world.with(path(&format!("guides/shots/{name}.png")), png(width, 80, 1));
        }
        for (name, text) in &texts {
            world = world.with(path(name), text.clone());
        }
        let found = check(&world, 2_000_000);
        for diagnostic in &found.diagnostics {
            let text = texts.iter().find(|(name, _)| *name == diagnostic.path.as_str()).map(|(_, text)| text);
            if let Some((span, text)) = diagnostic.span.zip(text) {
                prop_assert!(text.get(span.start..span.end).is_some(), "{diagnostic:?}");
            }
            prop_assert!(diagnostic.message.starts_with(|c: char| !c.is_uppercase()), "{diagnostic:?}");
            prop_assert!(!diagnostic.message.ends_with('.'), "{diagnostic:?}");
        }
        let shown = found.human();
        prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    }
}
