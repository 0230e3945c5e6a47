//! Screenshots for a user who waits: each by itself, every pixel as it is, encoded in the least time. Of those that were
//! made before, not even the pixels are looked at.

use super::checked::checked;
use super::choose::{self, Part};
use super::layers::{Stack, bands, overlap};
use super::leak::Watch;
use super::loaded::{Loaded, unwritable, visible};
use super::stored::{Grounds, shot_key};
use super::{Area, Field, Sheet, ShotOptions, detail, fields};
use crate::cache::{Keep, Key, keep};
use crate::diagnostic::Diagnostic;
use crate::guide::{Rect, Resolved, Shot};
use crate::source::World;
use std::collections::HashMap;

/// The sheet of a guide, if nothing is wrong.
pub fn make(
    resolved: &Resolved,
    options: &ShotOptions,
    world: &dyn World,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Sheet> {
    let mut stack = Stack::new(options, resolved.shots.len());
    let watch = Watch::new(resolved, world, diagnostics);
    let mut work = Work { resolved, options, world, watch, diagnostics };
    let (mut inline, mut found) = (Vec::new(), Vec::new());
    let mut shown: HashMap<Key, usize> = HashMap::new();
    let mut maps: Vec<String> = Vec::new();
    for (index, shot) in resolved.shots.iter().enumerate() {
        let Ok((loaded, fields)) = work.look(shot, Some(index)) else { continue };
        found.extend(fields);
        let key = shot_key("quick", Some(shot), &[]);
        let earlier = shown.get(&key).copied();
        let made = match earlier {
            Some(earlier) => Ok((Vec::new(), maps.get(earlier).cloned().unwrap_or_default())),
            None => work.keep(shot, key, loaded, parts),
        };
        let Ok((parts, map)) = made else { continue };
        maps.push(map);
        stack.show(earlier, parts, visible(shot), shot.picture.density);
        // Only a shot that is there can be drawn upon.
        shown.entry(key).or_insert(index);
    }
    for shot in &resolved.inline {
        let Ok((loaded, _)) = work.look(shot, None) else { continue };
        let single = |loaded: &Loaded| choose::quick(&loaded.canvas.cut(loaded.visible));
        let key = shot_key("quick-inline", Some(shot), &[]);
        let Ok(bytes) = work.keep(shot, key, loaded, single) else { continue };
        let Area { width, height, .. } = visible(shot);
        inline.push(stack.piece(width, height, bytes));
    }
    let (pieces, shots) = stack.finish();
    diagnostics.is_empty().then_some(Sheet { pieces, shots, inline, maps, fields: found })
}

/// The part that is shown, in pieces that an encoder can take, and its map.
fn parts(loaded: &Loaded) -> Option<(Vec<Part>, String)> {
    let Loaded { canvas, visible, lossy: _ } = loaded;
    let bands = bands(*visible, overlap(canvas, &[*visible]));
    let parts = bands.into_iter().map(|area| Some((area, choose::quick(&canvas.cut(area))?)));
    Some((parts.collect::<Option<_>>()?, detail::map(canvas, *visible)))
}

/// What is wrong has been reported.
struct Reported;

/// What is done to the shots of one guide.
struct Work<'a, 'b> {
    resolved: &'a Resolved,
    options: &'b ShotOptions,
    world: &'b dyn World,
    watch: Watch<'a>,
    diagnostics: &'b mut Vec<Diagnostic>,
}

impl<'a> Work<'a, '_> {
    /// What must be seen in the pixels of a shot before it is shown: that they hold nothing that is covered elsewhere, and
    /// its fields, if it is the shot of that index. The pixels too, if they had to be looked at.
    fn look(
        &mut self,
        shot: &'a Shot,
        index: Option<usize>,
    ) -> Result<(Option<Loaded>, Vec<Field>), Reported> {
        let named: Vec<(usize, Rect)> =
            fields::named(self.resolved).filter(|(shot, _)| Some(*shot) == index).collect();
        if named.is_empty() && self.watch.is_idle() && self.diagnostics.is_empty() {
            return Ok((None, Vec::new()));
        }
        let places: Vec<Rect> = named.iter().map(|(_, at)| *at).collect();
        let key = || shot_key("seen", Some(shot), &[&self.watch.fingerprint(), &format!("{places:?}")]);
        let (cache, key) = (self.options.cache.as_ref(), key());
        let mut loaded = None;
        let look = || {
            let Loaded { canvas, .. } = loaded.insert(self.load(shot).ok()?);
            let grounds = places.iter().map(|at| fields::ground(canvas, *at, shot.picture.density));
            Some(grounds.collect::<Grounds>())
        };
        let (grounds, _) = keep(cache, || key, look).ok_or(Reported)?;
        let fields = named.into_iter().zip(grounds);
        let fields = fields.filter_map(|((shot, at), ground)| Some(Field { shot, at, ground: ground? }));
        Ok((loaded, fields.collect()))
    }

    fn load(&mut self, shot: &'a Shot) -> Result<Loaded, Reported> {
        checked(self.resolved, shot, &mut self.watch, self.world, self.diagnostics).ok_or(Reported)
    }

    /// What the cache holds under `key`, else what `encode` makes of the shot.
    fn keep<T: Keep>(
        &mut self,
        shot: &'a Shot,
        key: Key,
        loaded: Option<Loaded>,
        encode: impl FnOnce(&Loaded) -> Option<T>,
    ) -> Result<T, Reported> {
        let cache = self.options.cache.as_ref();
        let make = || {
            let loaded = match loaded {
                Some(loaded) => loaded,
                None => self.load(shot).ok()?,
            };
            let made = encode(&loaded);
            if made.is_none() {
                self.diagnostics.push(unwritable(self.resolved, shot));
            }
            made
        };
        keep(cache, || key, make).map(|(made, _)| made).ok_or(Reported)
    }
}
