//! Reads what is known of screenshots. The file is untrusted: whatever it holds, a guide is built without it, too.

use super::{Screen, Screens, Word, capture_path};
use crate::guide::Rect;
use crate::guide::paths::picture_path;
use crate::guide::seen::Lettering;
use crate::source::{ProjectPath, ReadError, World};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Largest file that a build reads. A recording of 100 steps has about 3 MB.
const LARGEST: u64 = 16 << 20;
/// Most texts of a picture, as recordings write them.
const MOST_WORDS: usize = 400;
/// Most letters of a text, as recordings write them.
const LONGEST: usize = 200;
/// Numbers beyond it are no places on a picture.
const FAR: f64 = 1e6;

#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    pictures: BTreeMap<String, Known>,
    /// By the page and the anchor.
    #[serde(default)]
    targets: BTreeMap<String, BTreeMap<String, Target>>,
}

#[derive(Deserialize)]
struct Target {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "box")]
    at: Option<[f64; 4]>,
    /// Size of its letters in points, and their faces.
    #[serde(default)]
    font: Option<(f64, String)>,
}

#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    hash: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    words: Vec<(String, [f64; 4])>,
    #[serde(default)]
    proposals: Vec<Value>,
}

impl Screens {
    /// What the file beside a guide knows of its pictures; nothing if there is none.
    ///
    /// # Errors
    /// Why it can't be read, as a message.
    pub fn read(world: &dyn World, guide: &ProjectPath) -> Result<Self, String> {
        let path = capture_path(guide);
        let bytes = match world.read(&path, LARGEST) {
            Ok(bytes) => bytes,
            Err(ReadError::Missing) => return Ok(Self::default()),
            Err(error) => return Err(error.about(&path)),
        };
        let recorded: Recorded =
            serde_json::from_slice(&bytes).map_err(|error| format!("`{path}` can't be read: {error}"))?;
        let folder = guide.parent();
        let place =
            |(written, known): (String, Known)| Some((picture_path(&written, &folder)?, known.screen()));
        let targets: Vec<Target> = recorded.targets.into_values().flat_map(BTreeMap::into_values).collect();
        let fields = targets.iter().filter_map(|target| {
            let (size, faces) = target.font.as_ref()?;
            Lettering::new(rect(target.at?)?, *size, faces)
        });
        let fields = fields.collect();
        let targets = targets
            .into_iter()
            .filter_map(|target| Some(Word { at: rect(target.at?)?, text: cut(&target.name) }));
        Ok(Self {
            fields,
            targets: targets.filter(|target| !target.text.is_empty()).collect(),
            pictures: recorded.pictures.into_iter().filter_map(place).collect(),
        })
    }
}

impl Known {
    fn screen(self) -> Screen {
        let words = self.words.into_iter().take(MOST_WORDS);
        let words = words.filter_map(|(text, at)| Some(Word { text: cut(&text), at: rect(at)? }));
        let doubts = self.proposals.iter().filter_map(|doubt| {
            let sides = doubt.get(1)?.as_array()?;
            let side = |at: usize| sides.get(at)?.as_f64();
            rect([side(0)?, side(1)?, side(2)?, side(3)?])
        });
        // A hash that is none fits no picture.
        let hash = self.hash.map(|hash| hash_of(&hash).unwrap_or_default());
        Screen { hash, title: cut(&self.title), words: words.collect(), doubts: doubts.collect() }
    }
}

fn cut(text: &str) -> String {
    crate::project::fields::one_line(text).chars().take(LONGEST).collect()
}

fn rect([x, y, w, h]: [f64; 4]) -> Option<Rect> {
    let near = [x, y, w, h].iter().all(|side| side.is_finite() && side.abs() < FAR);
    (near && w >= 0.0 && h >= 0.0).then_some(Rect { x, y, w, h })
}

fn hash_of(hex: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(hex).ok().map(Into::into)
}
