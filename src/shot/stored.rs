//! What the cache keeps of a guide, and under which key.

use super::choose::Part;
use super::sheet::MIME;
use super::{Area, Canvas, Composed, Field, Layer, Piece, Sheet, encode, fields};
use crate::cache::{Keep, Key, PICTURES_BUILT_FROM, Reader, Writer};
use crate::guide::{Picture, Rect, RedactStyle, Redaction, Resolved, Shot};
use crate::project::Quality;

/// The key of a guide's sheet; without a quality, of one that was made in the least time.
pub fn sheet_key(resolved: &Resolved, quality: Option<Quality>) -> Key {
    let mut key = start(if quality.is_some() { "sheet" } else { "quick-sheet" });
    key.number(quality.map(quality_number).unwrap_or_default());
    for shots in [&resolved.shots, &resolved.inline] {
        key.size(shots.len());
        shots.iter().for_each(|shot| describe(&mut key, shot));
    }
    // What is found in one scheme is looked for in the other.
    resolved.dark.iter().for_each(|(light, dark)| _ = key.size(*light).size(*dark));
    for (shot, at) in fields::named(resolved) {
        rect(key.size(shot), &at);
    }
    Key::new(key)
}

/// The key of something made of one shot and these words.
pub fn shot_key(kind: &str, shot: Option<&Shot>, words: &[&str]) -> Key {
    let mut key = start(kind);
    key.size(words.len());
    words.iter().for_each(|word| _ = key.bytes(word.as_bytes()));
    if let Some(shot) = shot {
        describe(&mut key, shot);
    }
    Key::new(key)
}

/// The key of something made of several shots, each with a word.
pub fn shots_key<'a>(kind: &str, shots: impl Iterator<Item = (&'a Shot, &'a str)>) -> Key {
    let mut key = start(kind);
    for (shot, word) in shots {
        key.bytes(word.as_bytes());
        describe(&mut key, shot);
    }
    Key::new(key)
}

/// The key of one piece.
pub fn piece_key(canvas: &Canvas, quality: Quality) -> Key {
    let mut key = start("piece");
    let (width, height) = (canvas.width().into(), canvas.height().into());
    key.number(quality_number(quality)).number(width).number(height);
    key.bytes(blake3::hash(canvas.pixels()).as_bytes());
    Key::new(key)
}

fn start(kind: &str) -> Writer {
    let mut key = Writer::default();
    key.bytes(kind.as_bytes()).bytes(PICTURES_BUILT_FROM.as_bytes()).number(encode::version().into());
    key
}

fn quality_number(quality: Quality) -> u64 {
    match quality {
        Quality::Lossless => 0,
        Quality::Auto => 1,
        Quality::Small => 2,
    }
}

fn describe(key: &mut Writer, shot: &Shot) {
    // The path and the place in the guide decide no pixel.
    let Shot { picture, redactions, crop, span: _ } = shot;
    let Picture { path: _, width, height, density, bytes, hash } = picture;
    key.number((*width).into()).number((*height).into()).number((*density).into()).number(*bytes).bytes(hash);
    key.size(redactions.len());
    for Redaction { at, style } in redactions {
        rect(key, at);
        key.number(match style {
            RedactStyle::Solid => 0,
            RedactStyle::Blur => 1,
            RedactStyle::Pixelate => 2,
        });
    }
    key.number(u64::from(crop.is_some()));
    if let Some(crop) = crop {
        rect(key, crop);
    }
}

fn rect(key: &mut Writer, rect: &Rect) {
    let Rect { x, y, w, h } = rect;
    key.fraction(*x).fraction(*y).fraction(*w).fraction(*h);
}

fn read_rect(from: &mut Reader) -> Option<Rect> {
    Some(Rect { x: from.fraction()?, y: from.fraction()?, w: from.fraction()?, h: from.fraction()? })
}

impl Keep for Sheet {
    fn write(&self, to: &mut Writer) {
        let Self { pieces, shots, inline, maps, fields } = self;
        to.size(pieces.len());
        for Piece { bytes, mime: _, width, height } in pieces {
            to.number((*width).into()).number((*height).into()).bytes(bytes);
        }
        to.size(shots.len());
        for Composed { base, layers, x, y, width, height } in shots {
            to.maybe(*base).fraction(*x).fraction(*y).fraction(*width).fraction(*height);
            to.size(layers.len());
            for Layer { piece, x, y, width, height, part } in layers {
                to.size(*piece).fraction(*x).fraction(*y).fraction(*width).fraction(*height);
                to.size(part.iter().len());
                part.iter().for_each(|part| rect(to, part));
            }
        }
        to.size(inline.len());
        inline.iter().for_each(|piece| _ = to.size(*piece));
        to.size(maps.len());
        maps.iter().for_each(|map| _ = to.bytes(map.as_bytes()));
        to.size(fields.len());
        for Field { shot, at, ground } in fields {
            rect(to.size(*shot), at);
            to.bytes(ground);
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let pieces = from.list(|from| {
            let (width, height) = (from.small()?, from.small()?);
            Some(Piece { bytes: from.bytes()?.to_vec(), mime: MIME, width, height })
        })?;
        let shots = from.list(|from| {
            let base = from.maybe()?;
            let (x, y, width, height) =
                (from.fraction()?, from.fraction()?, from.fraction()?, from.fraction()?);
            let layers = from.list(|from| {
                let piece = from.size()?;
                let (x, y, width, height) =
                    (from.fraction()?, from.fraction()?, from.fraction()?, from.fraction()?);
                let part = from.list(read_rect)?.into_iter().next();
                Some(Layer { piece, x, y, width, height, part })
            })?;
            Some(Composed { base, layers, x, y, width, height })
        })?;
        let inline = from.list(Reader::size)?;
        let maps = from.list(map)?;
        let fields = from.list(|from| {
            let shot = from.size()?;
            let at = read_rect(from)?;
            let ground = from.bytes()?.try_into().ok()?;
            Some(Field { shot, at, ground })
        })?;
        Some(Self { pieces, shots, inline, maps, fields }).filter(Self::is_whole)
    }
}

fn map(from: &mut Reader) -> Option<String> {
    String::from_utf8(from.bytes()?.to_vec()).ok()
}

impl Sheet {
    /// Whether every index leads somewhere.
    fn is_whole(&self) -> bool {
        let piece = |index: usize| index < self.pieces.len();
        let shots = self.shots.iter().enumerate();
        let mut shots = shots.map(|(index, shot)| {
            shot.base.is_none_or(|base| base < index) && shot.layers.iter().all(|layer| piece(layer.piece))
        });
        shots.all(|whole| whole) && self.inline.iter().all(|index| piece(*index))
    }
}

/// The parts of an area.
impl Keep for Vec<Part> {
    fn write(&self, to: &mut Writer) {
        to.size(self.len());
        for (Area { x, y, width, height }, bytes) in self {
            to.number((*x).into()).number((*y).into()).number((*width).into()).number((*height).into());
            to.bytes(bytes);
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.list(|from| {
            let area =
                Area { x: from.small()?, y: from.small()?, width: from.small()?, height: from.small()? };
            Some((area, from.bytes()?.to_vec()))
        })
    }
}

/// The parts of an area, and the map of what there is to see in it.
impl Keep for (Vec<Part>, String) {
    fn write(&self, to: &mut Writer) {
        let (parts, map) = self;
        parts.write(to);
        to.bytes(map.as_bytes());
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some((Keep::read(from)?, map(from)?))
    }
}

/// The colours behind fields; `None` for one that has none.
pub type Grounds = Vec<Option<[u8; 3]>>;

impl Keep for Grounds {
    fn write(&self, to: &mut Writer) {
        to.size(self.len());
        self.iter().for_each(|ground| _ = to.bytes(ground.as_ref().map_or(&[], |ground| ground.as_slice())));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.list(|from| Some(from.bytes()?.try_into().ok()))
    }
}

/// The bytes of a file.
impl Keep for Vec<u8> {
    fn write(&self, to: &mut Writer) {
        to.bytes(self);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.bytes().map(<[u8]>::to_vec)
    }
}
