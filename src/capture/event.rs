//! What the script in a page tells. A page may be hostile: texts are data, numbers may be anything.

use crate::guide::anchor::{self, Anchor, Named, Role, Way};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A place on the page as shown, in CSS pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Zone {
    /// Moved by the place of its frame.
    pub fn moved(self, (x, y): (f64, f64)) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// Its middle.
    pub fn middle(self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

/// Width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct View {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// Where something happened.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Place {
    /// The document's address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What of it is shown.
    pub view: View,
    /// How far it is scrolled: to the right, and down.
    #[serde(default)]
    pub scroll: (f64, f64),
}

/// What is written on a page.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Words {
    /// Texts with their boxes.
    pub texts: Vec<Text>,
    /// Where keys, card numbers and the like stand.
    pub secrets: Vec<Zone>,
    /// What secrets of the page itself stand in.
    #[serde(default)]
    pub holders: Vec<Holder>,
    /// Where e-mail addresses and random strings stand, which the author must decide on.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
}

/// What a secret stands in.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Holder {
    /// Where the secret is.
    #[serde(rename = "box")]
    pub zone: Zone,
    /// How the element is found.
    pub anchor: Find,
}

/// What may have to be redacted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// `email` or `random`.
    pub why: String,
    /// Where.
    #[serde(rename = "box")]
    pub zone: Zone,
    /// How the element is found that it stands in, if that does not say it.
    #[serde(default)]
    pub anchor: Option<Find>,
}

/// A text on a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// On one line.
    pub text: String,
    /// Where.
    #[serde(rename = "box")]
    pub zone: Zone,
}

/// An anchor as the script builds it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Find {
    /// Its role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it lies in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<FindNamed>,
    /// The heading before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// `text`, `label` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<String>,
    /// The text of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Which of several, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// Another way to find it, of the lock: what it is called, and its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<(String, String)>,
}

/// A role and perhaps a name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FindNamed {
    /// Its role.
    pub role: String,
    /// Its name; may be empty.
    #[serde(default)]
    pub name: String,
}

impl Find {
    /// The anchor, if its role is one that can be written.
    pub fn anchor(&self) -> Option<Anchor> {
        let mut anchor = match (&self.way, &self.role) {
            (Some(way), _) => {
                let way = Way::ALL.into_iter().find(|known| known.word() == way)?;
                Anchor::by(way, self.text.clone()?)
            }
            (None, Some(role)) => {
                let element = Named {
                    role: Role::find(role)?,
                    name: self.name.clone().filter(|name| !name.is_empty()),
                };
                let scopes = self.scopes.iter().map(FindNamed::named).collect::<Option<_>>()?;
                anchor::Target::Role { element, scopes, under: self.under.clone() }.into()
            }
            (None, None) => return None,
        };
        anchor.nth = self.nth;
        // What is written is read again: the two must be the same.
        (Anchor::parse(&anchor.to_string()).as_ref() == Ok(&anchor)).then_some(anchor)
    }

    /// What the script looks for; frame and page are for others to choose.
    pub fn new(anchor: &Anchor) -> Self {
        let mut find = Self { nth: anchor.nth, ..Self::default() };
        match &anchor.target {
            anchor::Target::Role { element, scopes, under } => {
                find.role = Some(element.role.name().to_owned());
                find.name.clone_from(&element.name);
                find.under.clone_from(under);
                let scope = |named: &Named| FindNamed {
                    role: named.role.name().to_owned(),
                    name: named.name.clone().unwrap_or_default(),
                };
                find.scopes = scopes.iter().map(scope).collect();
            }
            anchor::Target::By(way, text) => {
                find.way = Some(way.word().to_owned());
                find.text = Some(text.clone());
            }
        }
        find
    }
}

impl FindNamed {
    fn named(&self) -> Option<Named> {
        let name = Some(self.name.clone()).filter(|name| !name.is_empty());
        Some(Named { role: Role::find(&self.role)?, name })
    }
}

/// An element that the user acted on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Where it is.
    #[serde(rename = "box")]
    pub zone: Zone,
    /// `button`, `input` …
    pub tag: String,
    /// The type of an input.
    pub kind: String,
    /// Its role as an anchor writes it.
    pub role: String,
    /// Its accessible name.
    pub name: String,
    /// What a sentence calls it; may be empty.
    pub called: String,
    /// What its group is called.
    pub group: String,
    /// How to find it.
    pub anchor: Option<Find>,
    /// Whether what it holds is secret.
    pub secret: bool,
    /// Whether text is typed into it.
    pub typed: bool,
    /// Whether Enter makes a line in it.
    pub multiline: bool,
    /// Whether it is on.
    pub checked: bool,
    /// Whether what it opens is open.
    pub open: bool,
    /// Of a field, the size of its letters in points and their faces.
    pub font: Option<(f64, String)>,
    /// Other ways to find it.
    pub ways: BTreeMap<String, String>,
}

impl Target {
    /// What `capture.json` says of it, `place` being its box in points.
    pub fn evidence(&self, place: [f64; 4]) -> Value {
        let ways: BTreeMap<_, _> = self.ways.iter().filter(|(_, way)| way.len() <= 400).collect();
        let mut found = json!({
            "ways": ways, "tag": self.tag, "role": self.role, "name": self.name,
            "box": place, "checked": self.checked,
        });
        if let (Some(font), Some(found)) = (&self.font, found.as_object_mut()) {
            found.insert("font".to_owned(), json!(font));
        }
        found
    }
}

/// Something that happened in a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum PageEvent {
    /// A button of the mouse, a finger or a pen went down.
    Down {
        /// When, in milliseconds since 1970.
        t: f64,
        /// Where.
        x: f64,
        /// Where.
        y: f64,
        /// 0 the first, 1 the middle one, 2 the second.
        button: i64,
        /// 1 Alt, 2 Ctrl, 4 Meta, 8 Shift.
        mods: u32,
        /// On what.
        target: Target,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What is written there.
        words: Words,
    },
    /// It went up.
    Up {
        /// When.
        t: f64,
        /// Where.
        x: f64,
        /// Where.
        y: f64,
        /// What lies there.
        target: Target,
    },
    /// What was dragged was dropped.
    Drop {
        /// When.
        t: f64,
        /// Where.
        x: f64,
        /// Where.
        y: f64,
        /// On what.
        target: Target,
    },
    /// The page took what is pressed for something to drag.
    Dragging {
        /// When.
        t: f64,
    },
    /// The last two clicks are one.
    Double {
        /// When.
        t: f64,
    },
    /// A context menu was asked for.
    Menu {
        /// When.
        t: f64,
    },
    /// The pointer rests on something.
    Rest {
        /// Since when.
        t: f64,
        /// On what.
        target: Target,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What is written there.
        words: Words,
    },
    /// A key that is a step.
    Key {
        /// When.
        t: f64,
        /// Its name.
        key: String,
        /// What is held with it.
        mods: u32,
        /// What has the focus.
        target: Option<Target>,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What is written there.
        words: Words,
    },
    /// Something was typed into a field.
    Typed {
        /// Since when.
        t: f64,
        /// Which.
        target: Target,
        /// What it holds now.
        value: String,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What was written there before.
        words: Words,
    },
    /// Something was chosen from a list.
    Chosen {
        /// When.
        t: f64,
        /// Which.
        target: Target,
        /// The label.
        value: String,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What is written there.
        words: Words,
    },
    /// Files were chosen.
    Files {
        /// When.
        t: f64,
        /// For what.
        target: Target,
        /// Their names.
        value: String,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What is written there.
        words: Words,
    },
    /// Something was scrolled.
    Scrolled {
        /// Since when.
        t: f64,
        /// How far to the right.
        dx: f64,
        /// How far down.
        dy: f64,
        /// In what document.
        #[serde(flatten)]
        place: Place,
    },
    /// The person asks for a step without an action.
    Mark {
        /// When.
        t: f64,
        /// In what document.
        #[serde(flatten)]
        place: Place,
        /// What is written there.
        words: Words,
    },
    /// The person takes the last step back.
    Undo {
        /// When.
        t: f64,
    },
    /// The person points at an element, and does not act on it.
    Picked {
        /// When.
        t: f64,
        /// At what.
        target: Target,
    },
    /// The script failed.
    Failed {
        /// When.
        t: f64,
        /// Why.
        message: String,
    },
}

impl PageEvent {
    /// When it happened.
    pub fn time(&self) -> f64 {
        match self {
            Self::Down { t, .. }
            | Self::Up { t, .. }
            | Self::Drop { t, .. }
            | Self::Dragging { t }
            | Self::Double { t }
            | Self::Menu { t }
            | Self::Rest { t, .. }
            | Self::Key { t, .. }
            | Self::Typed { t, .. }
            | Self::Chosen { t, .. }
            | Self::Files { t, .. }
            | Self::Scrolled { t, .. }
            | Self::Mark { t, .. }
            | Self::Undo { t }
            | Self::Picked { t, .. }
            | Self::Failed { t, .. } => *t,
        }
    }

    /// What is written on the page, as far as this tells of it.
    pub fn words_mut(&mut self) -> Option<&mut Words> {
        self.places().1
    }

    /// Everything in points of the page, for what a frame at `offset` reported.
    pub fn moved(mut self, offset: (f64, f64)) -> Self {
        let (targets, words, point) = self.places();
        for target in targets {
            target.zone = target.zone.moved(offset);
        }
        if let Some(words) = words {
            words.texts.iter_mut().for_each(|text| text.zone = text.zone.moved(offset));
            words.secrets.iter_mut().for_each(|zone| *zone = zone.moved(offset));
            // Their anchors do not name the frame.
            words.holders.clear();
            for doubt in &mut words.doubts {
                *doubt = Doubt { zone: doubt.zone.moved(offset), anchor: None, ..std::mem::take(doubt) };
            }
        }
        if let Some((x, y)) = point {
            *x += offset.0;
            *y += offset.1;
        }
        self
    }

    fn places(&mut self) -> (Vec<&mut Target>, Option<&mut Words>, Option<(&mut f64, &mut f64)>) {
        match self {
            Self::Down { x, y, target, words, .. } => (vec![target], Some(words), Some((x, y))),
            Self::Up { x, y, target, .. } | Self::Drop { x, y, target, .. } => {
                (vec![target], None, Some((x, y)))
            }
            Self::Picked { target, .. } => (vec![target], None, None),
            Self::Rest { target, words, .. }
            | Self::Typed { target, words, .. }
            | Self::Chosen { target, words, .. }
            | Self::Files { target, words, .. } => (vec![target], Some(words), None),
            Self::Key { target, words, .. } => (target.iter_mut().collect(), Some(words), None),
            Self::Mark { words, .. } => (Vec::new(), Some(words), None),
            Self::Dragging { .. }
            | Self::Double { .. }
            | Self::Menu { .. }
            | Self::Scrolled { .. }
            | Self::Undo { .. }
            | Self::Failed { .. } => (Vec::new(), None, None),
        }
    }
}
