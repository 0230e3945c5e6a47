//! Cases: a project and what is found in it, in one text file.
//!
//! ```text
//! What the case shows.
//! -- guides/a.md --                      a file and its text
//! -- guides/shots/01.png 1280x800 --     a picture of that size; with a number behind it, of that many bytes
//! -- page 1200000 --                     the size every page is taken to have
//! -- found --                            what is found, as people read it
//! ```

use super::project::{self, path, png};
use guidemark::source::{MemoryWorld, ProjectPath, World};

pub struct Case {
    pub world: MemoryWorld,
    pub page_bytes: usize,
    /// All up to the findings.
    pub head: String,
    pub found: String,
}

const FOUND: &str = "-- found --\n";

impl Case {
    pub fn read(text: &str) -> Self {
        let (head, found) = text.split_once(FOUND).unwrap_or((text, ""));
        let mut case = Case {
            world: MemoryWorld::new(),
            page_bytes: 0,
            head: head.to_owned() + FOUND,
            found: found.to_owned(),
        };
        let mut shade = 0;
        for (name, body) in sections(head) {
            match *name.split(' ').collect::<Vec<_>>() {
                ["page", bytes] => case.page_bytes = bytes.parse().unwrap(),
                [file] => case.world = case.world.with(path(file), body),
                [file, size, ref bytes @ ..] => {
                    let (width, height) = size.split_once('x').unwrap();
                    shade += 1;
                    let mut png = png(width.parse().unwrap(), height.parse().unwrap(), shade);
                    // What follows the end of a PNG is no part of the picture.
                    png.resize(bytes.first().map_or(png.len(), |bytes| bytes.parse().unwrap()), 0);
                    case.world = case.world.with(path(file), png);
                }
                [] => unreachable!(),
            }
        }
        case
    }

    /// The guides of the case.
    pub fn guides(&self) -> Vec<ProjectPath> {
        guidemark::project::load(&self.world, None).project.guides
    }

    /// The text of a file.
    pub fn text(&self, path: &ProjectPath) -> String {
        String::from_utf8(self.world.read(path, u64::MAX).unwrap()).unwrap()
    }

    pub fn actual(&self) -> String {
        project::check(&self.world, self.page_bytes).human()
    }
}

/// The name between the dashes and the text below.
fn sections(text: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
            sections.push((name, String::new()));
        } else if let Some((_, body)) = sections.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    sections
}
