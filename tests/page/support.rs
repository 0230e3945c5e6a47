//! Guides made by hand, without the language's parser.

use guidemark::guide::*;
use guidemark::page::GuideInput;
use guidemark::project::{App, Backdrop, Brand, Cta, Quality, Settings};
use guidemark::shot::{Composed, Layer, Piece, Sheet};
use guidemark::source::{ProjectPath, Span, World};
use guidemark::theme::Theme;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;

pub fn path(text: &str) -> ProjectPath {
    ProjectPath::new(text).unwrap()
}

pub fn prose(markdown: &str) -> Prose {
    let events: Vec<(Event<'static>, Span)> = Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES,
    )
    .into_offset_iter()
    .map(|(event, range)| (event.into_static(), Span::from(range)))
    .collect();
    let headings = events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })));
    let heading_ids = headings.enumerate().map(|(at, _)| format!("heading-{}", at + 1)).collect();
    Prose { events, heading_ids }
}

pub fn rect(x: f64, y: f64, w: f64, h: f64) -> Rect {
    Rect { x, y, w, h }
}

pub fn action(kind: ActionKind) -> Action {
    Action { kind, side: Side::Auto, span: Span::default() }
}

pub fn click(at: Rect) -> Action {
    action(ActionKind::Point { gesture: Gesture::Click, at, label: None })
}

pub fn mark(kind: MarkKind, at: Rect) -> Mark {
    Mark { kind, at, span: Span::default() }
}

pub fn scene(shot: Option<usize>) -> Scene {
    Scene {
        shot,
        inherited: false,
        alt: String::new(),
        caption: None,
        url: None,
        actions: Vec::new(),
        marks: Vec::new(),
        side: Side::Auto,
        zoom: Zoom::Auto,
        span: Span::default(),
    }
}

pub fn picture(name: &str) -> Picture {
    Picture { path: path(name), width: 1280, height: 800, density: 1, bytes: 10, hash: [0; 32] }
}

pub fn shot(name: &str) -> Shot {
    Shot { picture: picture(name), redactions: Vec::new(), crop: None, span: Span::default() }
}

/// A guide of steps, each a text and its scenes, with the shots they name.
pub struct Draft {
    pub resolved: Resolved,
    pub sheet: Sheet,
}

impl Draft {
    pub fn new(title: &str) -> Self {
        let slug = title.to_lowercase().replace(' ', "-");
        let resolved = Resolved {
            path: path(&format!("guides/{slug}.md")),
            slug,
            title: title.to_owned(),
            description: String::new(),
            app: None,
            tags: Vec::new(),
            authors: Vec::new(),
            created: None,
            updated: None,
            lang: "en".to_owned(),
            draft: false,
            cursor: Cursor::default(),
            frame: Frame::Browser,
            backdrop: Backdrop::Brand,
            auto_zoom: true,
            order: None,
            chapter_opening: Default::default(),
            cta: None,
            theme: "default".to_owned(),
            stage: Size { width: 1280.0, height: 800.0 },
            chapters: Vec::new(),
            sections: Vec::new(),
            steps: Vec::new(),
            shots: Vec::new(),
            dark: std::collections::BTreeMap::new(),
            firsts: std::collections::BTreeMap::new(),
            cover: Some(0),
            inline: Vec::new(),
            attachments: Vec::new(),
            footnotes: std::collections::BTreeMap::new(),
            words: 0,
            seen: Seen::default(),
        };
        Self { resolved, sheet: Sheet::default() }
    }

    /// A shot over another, as one piece.
    pub fn shot(&mut self, bytes: &[u8], base: Option<usize>, at: Rect) -> usize {
        let known = self.sheet.pieces.iter().position(|piece| piece.bytes == bytes);
        let piece = known.unwrap_or(self.sheet.pieces.len());
        let mime = if bytes.starts_with(b"RIFF") { "image/webp" } else { "image/png" };
        if known.is_none() {
            self.sheet.pieces.push(Piece { bytes: bytes.to_vec(), mime, width: 1280, height: 800 });
        }
        let layer = Layer { piece, x: at.x, y: at.y, width: at.w, height: at.h, part: None };
        self.sheet.shots.push(Composed {
            base,
            layers: vec![layer],
            x: 0.0,
            y: 0.0,
            width: 1280.0,
            height: 800.0,
        });
        self.resolved.shots.push(shot("guides/shots/1.png"));
        self.sheet.shots.len() - 1
    }

    pub fn prose(&mut self, markdown: &str) {
        self.resolved.words += markdown.split_whitespace().count();
        self.resolved.sections.push(Section::Prose(prose(markdown)));
    }

    pub fn chapter(&mut self, title: &str) {
        let start = self.resolved.steps.len();
        let id = title.to_lowercase().replace(' ', "-");
        self.resolved.chapters.push(Chapter { title: title.to_owned(), id, steps: start..start });
        let chapter = self.resolved.chapters.len() - 1;
        self.resolved.sections.push(Section::Chapter { chapter, level: 2, content: prose(title) });
    }

    pub fn step(&mut self, markdown: &str, scenes: Vec<Scene>) {
        let number = self.resolved.steps.len() + 1;
        let body = std::iter::once(Body::Prose(prose(markdown)));
        let placed = scenes.iter().enumerate().filter(|(_, scene)| scene.shot.is_some() && !scene.inherited);
        let body = body.chain(placed.map(|(at, _)| Body::Scene(at))).collect();
        let words = markdown.split_whitespace().count();
        let chapter = self.resolved.chapters.len().checked_sub(1);
        self.resolved.words += words;
        let title = markdown.split('.').next().unwrap().replace(['*', '`'], "");
        self.resolved.steps.push(Step {
            number,
            id: format!("step-{number}"),
            title,
            chapter,
            body,
            scenes,
            words,
            span: Span::default(),
        });
        if let Some(chapter) = self.resolved.chapters.last_mut() {
            chapter.steps.end = number;
        }
        match self.resolved.sections.last_mut() {
            Some(Section::Steps(range)) => range.end = number,
            _ => self.resolved.sections.push(Section::Steps(number - 1..number)),
        }
    }

    pub fn entry(&self) -> Entry {
        self.resolved.entry()
    }
}

pub fn settings() -> Settings {
    Settings {
        title: "Guides".to_owned(),
        description: String::new(),
        base_url: None,
        beacon: None,
        lang: "en".to_owned(),
        guides: path("guides"),
        include: Vec::new(),
        exclude: Vec::new(),
        statics: Vec::new(),
        theme: "default".to_owned(),
        brand: Brand::default(),
        cursor_name: None,
        cursor_color: None,
        cta: None,
        apps: BTreeMap::new(),
        captures: BTreeMap::new(),
        backdrop: Backdrop::Brand,
        quality: Quality::Auto,
        downloads: Vec::new(),
    }
}

pub fn datasette() -> App {
    App {
        key: "datasette".to_owned(),
        name: "Datasette".to_owned(),
        description: Some("Explore and publish data".to_owned()),
        website: Some("https://datasette.io/".to_owned()),
        industry: Some("Data".to_owned()),
        logo: None,
    }
}

pub fn cta() -> Cta {
    Cta {
        label: "Read the API docs".to_owned(),
        url: "https://docs.datasette.io/en/stable/".to_owned(),
        from: ProjectPath::new("guides/create-token.md").unwrap(),
        at: Span::default(),
    }
}

/// What the page of a guide is made from.
pub fn input<'a>(
    draft: &'a Draft,
    theme: &'a Theme,
    settings: &'a Settings,
    index: &'a Index,
    world: &'a dyn World,
) -> GuideInput<'a> {
    GuideInput {
        resolved: &draft.resolved,
        sheet: &draft.sheet,
        theme,
        settings,
        index,
        world,
        scope: guidemark::page::Scope::Site,
        downloads: &[],
    }
}
