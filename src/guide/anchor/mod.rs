//! What an annotation stands on, so that it can be found again in the application: `button "Save" in dialog "Share"`.

mod name;
mod read;
mod role;

pub use name::{clean, matches, shortened};
pub use read::{Stop, read};
pub use role::Role;

use super::problem::Problem;
use super::tokens::tokens;
use std::fmt::{self, Display, Formatter};

/// An element of a page in readable words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Anchor {
    /// What is looked for.
    pub target: Target,
    /// Part of the address of the frame it lies in; `None`: the page itself.
    pub frame: Option<String>,
    /// Which of the pages that the steps opened, from 1; `None`: the one of the step before.
    pub page: Option<u32>,
    /// Which of several that fit, from 1.
    pub nth: Option<u32>,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// By role and name.
    Role {
        /// The element itself.
        element: Named,
        /// `in`: what it lies in, the nearest first.
        scopes: Vec<Named>,
        /// `under`: the nearest heading, legend or summary before it.
        under: Option<String>,
    },
    /// By one text.
    By(Way, String),
}

/// A role, and perhaps a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Named {
    /// Its role.
    pub role: Role,
    /// Its accessible name; a `…` at the end means that it begins so.
    pub name: Option<String>,
}

/// Ways to find an element that has no telling role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// Its visible text.
    Text,
    /// The label beside it.
    Label,
    /// Its placeholder.
    Placeholder,
    /// Its tooltip.
    Title,
    /// Its test id.
    TestId,
    /// A CSS selector.
    Css,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 6] =
        [Self::Text, Self::Label, Self::Placeholder, Self::Title, Self::TestId, Self::Css];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Label => "label",
            Self::Placeholder => "placeholder",
            Self::Title => "title",
            Self::TestId => "testid",
            Self::Css => "css",
        }
    }
}

impl From<Target> for Anchor {
    fn from(target: Target) -> Self {
        Self { target, frame: None, page: None, nth: None }
    }
}

impl Anchor {
    /// An element by role and name; the name is cleaned.
    pub fn role(role: Role, name: &str) -> Self {
        let name = Some(shortened(&clean(name))).filter(|name| !name.is_empty());
        Target::Role { element: Named { role, name }, scopes: Vec::new(), under: None }.into()
    }

    /// An element by one text.
    pub fn by(way: Way, text: impl Into<String>) -> Self {
        Target::By(way, text.into()).into()
    }

    /// The anchor that a text is, as behind `on`; places count from its first byte.
    ///
    /// # Errors
    /// [`Problem`] if it is none.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let tokens = tokens(text, 0)?;
        let (anchor, rest) = read(&tokens, crate::source::Span::at(0), Stop::Never)?;
        match rest.first() {
            None => Ok(anchor),
            Some(token) => Err(read::stray(token)),
        }
    }
}

/// The one form in which an anchor is written. It holds no `-->`, which would end its comment.
impl Display for Anchor {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.target {
            Target::Role { element, scopes, under } => {
                write!(f, "{element}")?;
                scopes.iter().try_for_each(|scope| write!(f, " in {scope}"))?;
                if let Some(heading) = under {
                    write!(f, " under {}", quoted(heading))?;
                }
            }
            Target::By(way, text) => write!(f, "{} {}", way.word(), quoted(text))?,
        }
        if let Some(frame) = &self.frame {
            write!(f, " frame={}", quoted(frame))?;
        }
        let numbers = [("page", self.page), ("nth", self.nth)];
        let mut numbers = numbers.iter().filter_map(|(key, number)| Some((key, (*number)?)));
        numbers.try_for_each(|(key, number)| write!(f, " {key}={number}"))
    }
}

impl Display for Named {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.role.name())?;
        self.name.as_ref().map_or(Ok(()), |name| write!(f, " {}", quoted(name)))
    }
}

/// A text in quotes that can stand in a comment: on one line, without what would end the comment.
fn quoted(text: &str) -> String {
    let line = text.replace(|c: char| c.is_control(), " ");
    let line = match line.split_once("-->") {
        Some((before, _)) => format!("{}…", before.trim_end()),
        None => line,
    };
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
