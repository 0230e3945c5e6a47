//! A walkthrough as a film: what is shown when, and the pictures of it.
//!
//! ```text
//! page + film script ──cut──▶ Film (parts on a clock) ──pictures──▶ Picture (PNG, from, to) ──▶ a writer
//! ```
//!
//! The clock is the page's: `player.film(options)` gives the parts, `player.seekFilm(ms)` shows a moment and says when the
//! next change is. A picture is taken when something has changed, so still stretches cost one.

mod captions;
mod codec;
mod gif;
mod language;
mod mp4;
mod stills;
mod video;
mod webm;
mod webp;
mod window;

pub use video::Codec;
pub use window::small_letters;

use super::shown::Shown;
use super::{ExportError, ExportOptions, Exported, Exporting, Form};
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::time::Duration;

/// How much moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// Cursor, camera and letters as in the walkthrough.
    Full,
    /// A still a step, and the click.
    Steps,
}

/// How a film is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilmOptions {
    /// How much moves; films move, other animations stand still if it isn't said.
    pub motion: Option<Motion>,
    /// Pictures a second; 30 for films, 12 for other animations if it isn't said.
    pub fps: Option<u32>,
    /// Words a minute that people read.
    pub pace: u32,
    /// The longest that it may be.
    pub max: Option<Duration>,
    /// The one chapter that is shown.
    pub chapter: Option<usize>,
}

impl Default for FilmOptions {
    fn default() -> Self {
        Self { motion: None, fps: None, pace: 200, max: None, chapter: None }
    }
}

/// What is shown when.
#[derive(Debug, Clone, Deserialize)]
pub struct Film {
    parts: Vec<Part>,
    /// In milliseconds.
    total: f64,
}

/// A stretch of a film, in its milliseconds.
#[derive(Debug, Clone, Deserialize)]
struct Part {
    kind: Kind,
    /// From 1.
    step: usize,
    title: String,
    start: f64,
    card: f64,
    stop: f64,
    resume: f64,
    end: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Cover,
    Chapter,
    Step,
    End,
}

/// A picture and the frames it stands for.
struct Picture {
    png: Vec<u8>,
    from: u64,
    to: u64,
    /// Whether another part begins with it.
    cut: bool,
}

/// Takes pictures in order.
type Take<'a> = &'a mut dyn FnMut(&mut Shown, Picture) -> Result<(), ExportError>;

const PLAYER: &str = "document.querySelector('guidemark-player')";

/// The files of a film or of another animation.
pub fn export(
    exporting: Exporting<'_>,
    shown: &mut Shown,
    options: &ExportOptions,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Exported, ExportError> {
    let is_video = matches!(options.form, Form::Mp4 | Form::Webm);
    let size = size(options);
    let fps = options.film.fps.unwrap_or(if is_video { 30 } else { 12 });
    let motion = options.film.motion.unwrap_or(if is_video { Motion::Full } else { Motion::Steps });
    if is_video && !(size.0.is_multiple_of(2) && size.1.is_multiple_of(2)) {
        return Err(ExportError::Failed("the sides of a film are even numbers of pixels".to_owned()));
    }
    shown.film(window::window(size), size, exporting.film)?;
    let film = Film::cut(shown, options, motion)?;
    let stills = match motion {
        Motion::Full => None,
        Motion::Steps => Some(stills::find(&film, shown)?),
    };
    // Stills have a clock of their own: nothing is on its way between them.
    let clock = stills.as_deref().map_or_else(|| film.clone(), |stills| stills::clock(&film, stills));
    let mut frames = |shown: &mut Shown, take: Take<'_>| match &stills {
        None => film.moving(shown, fps, progress, take),
        Some(stills) => stills::pictures(stills, is_video, shown, fps, progress, take),
    };
    let slug = exporting.slug;
    let end = frame(clock.total, fps);
    match options.form {
        Form::Mp4 | Form::Webm => {
            let asked = if options.form == Form::Mp4 { Codec::H264 } else { Codec::Vp9 };
            let track = video::encode(shown, asked, size, fps, &mut frames)?;
            let words = clock.captions();
            let (bytes, ending) = match options.form {
                Form::Mp4 => (mp4::file(&track, &words, exporting.lang, end), "mp4"),
                _ => (webm::file(&track, &words, exporting.lang, end), "webm"),
            };
            let captions = captions::vtt(&words).into_bytes();
            Ok(vec![(format!("{slug}.{ending}"), bytes), (format!("{slug}.vtt"), captions)])
        }
        Form::Webp => Ok(vec![(format!("{slug}.webp"), webp::file(shown, size, fps, &mut frames)?)]),
        _ => Ok(vec![(format!("{slug}.gif"), gif::file(shown, size, fps, &mut frames)?)]),
    }
}

/// Width and height in pixels.
pub fn size(options: &ExportOptions) -> (u32, u32) {
    let usual = if matches!(options.form, Form::Mp4 | Form::Webm) { (1280, 800) } else { (800, 560) };
    options.size.unwrap_or(usual)
}

/// The frame that a time is nearest to.
fn frame(ms: f64, fps: u32) -> u64 {
    whole((ms * f64::from(fps) / 1000.0).round())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // times of films, far below what would not fit
fn whole(value: f64) -> u64 {
    value.max(0.0) as u64
}

impl Film {
    /// The film of what is asked for.
    fn cut(shown: &mut Shown, options: &ExportOptions, motion: Motion) -> Result<Self, ExportError> {
        let all = Self::ask(shown, "{}")?;
        let total = all.parts.iter().map(|part| part.step).max().unwrap_or(0);
        let steps = match options.film.chapter {
            Some(number) => all.chapter(number, total)?,
            None => options.steps.clone().unwrap_or(1..=total),
        };
        if !(1..=total).any(|step| steps.contains(&step)) {
            return Err(ExportError::Nothing(format!(
                "the guide has {total} steps, and none of those asked for"
            )));
        }
        let max = options.film.max.map_or(0, |max| max.as_millis());
        let film = Self::ask(
            shown,
            &format!(
                "{{ pace: {}, max: {max}, first: {}, last: {}, still: {} }}",
                options.film.pace,
                steps.start(),
                steps.end(),
                motion == Motion::Steps
            ),
        )?;
        if max > 0 && film.total > max as f64 + 50.0 {
            let least = (film.total / 100.0).ceil() / 10.0;
            return Err(ExportError::Nothing(format!("the film takes {least} s at the least")));
        }
        Ok(film)
    }

    fn ask(shown: &mut Shown, options: &str) -> Result<Self, ExportError> {
        let answer = shown.page.evaluate(&format!("{PLAYER}.film({options})"))?;
        serde_json::from_value(answer)
            .map_err(|error| ExportError::Failed(format!("the film of the theme is not understood: {error}")))
    }

    /// The steps of a chapter.
    fn chapter(&self, number: usize, total: usize) -> Result<RangeInclusive<usize>, ExportError> {
        let chapters: Vec<usize> =
            self.parts.iter().filter(|part| part.kind == Kind::Chapter).map(|part| part.step).collect();
        let first = number.checked_sub(1).and_then(|at| chapters.get(at));
        let first = first.ok_or_else(|| {
            ExportError::Nothing(format!(
                "the guide has {} chapters, and no chapter {number}",
                chapters.len()
            ))
        })?;
        let last = chapters.get(number).map_or(total, |next| next - 1);
        Ok(*first..=last)
    }

    /// What is said when: the sentences of the steps.
    fn captions(&self) -> Vec<captions::Caption> {
        let has_caption = |part: &&Part| part.kind != Kind::Cover && part.kind != Kind::End;
        let caption = |part: &Part| captions::Caption {
            from: whole(if part.kind == Kind::Step { part.card } else { part.start }),
            to: whole(part.end),
            text: part.title.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        self.parts
            .iter()
            .filter(has_caption)
            .map(caption)
            .filter(|caption| caption.from < caption.to)
            .collect()
    }

    /// A picture at each frame that differs from the one before.
    fn moving(
        &self,
        shown: &mut Shown,
        fps: u32,
        progress: &mut dyn FnMut(usize, usize),
        take: Take<'_>,
    ) -> Result<(), ExportError> {
        let end = frame(self.total, fps);
        let rate = f64::from(fps);
        let mut at = 0;
        let mut part = usize::MAX;
        while at < end {
            let time = at as f64 * 1000.0 / rate;
            let next = seek(shown, time)?;
            let png = shown.picture()?;
            // The first frame that shows the change.
            let to = whole((next * rate / 1000.0 - 1e-6).ceil()).clamp(at + 1, end);
            let here = self.parts.iter().rposition(|part| part.start <= time + 1e-6).unwrap_or(0);
            take(shown, Picture { png, from: at, to, cut: here != part })?;
            part = here;
            at = to;
            progress(usize::try_from(at).unwrap_or(0), usize::try_from(end).unwrap_or(0));
        }
        Ok(())
    }
}

/// Shows a moment, and says when the next change is.
fn seek(shown: &mut Shown, ms: f64) -> Result<f64, ExportError> {
    let next = shown.page.evaluate(&format!("{PLAYER}.seekFilm({ms})"))?;
    next.as_f64().ok_or_else(|| {
        ExportError::Failed("the film of the theme doesn't say when the next change is".to_owned())
    })
}
