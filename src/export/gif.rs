//! An animation in the player: a still a step, its text typed and its target marked.

use super::shown::Shown;
use super::{ExportError, ExportOptions};
use crate::shot::{Area, Canvas, decode};
use gif::{DisposalMethod, Encoder, Frame, Repeat};

/// The least time for the words of a step, in hundredths of a second.
const LEAST: u16 = 180;
/// How long a word takes to read, in hundredths of a second: 200 words a minute.
const WORD: u16 = 30;
/// The longest that a step stands.
const MOST: u16 = 700;

/// The animation as a GIF file that repeats.
pub fn animation(
    shown: &mut Shown,
    options: &ExportOptions,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<u8>, ExportError> {
    shown.player(options.size)?;
    let total = shown.page.evaluate("document.querySelector('guidemark-player').total")?;
    let total = total.as_u64().and_then(|total| usize::try_from(total).ok()).unwrap_or(0);
    let asked = options.steps.clone().unwrap_or(1..=total);
    let steps: Vec<usize> = (1..=total).filter(|step| asked.contains(step)).collect();
    if steps.is_empty() {
        return Err(ExportError::Nothing(format!(
            "the guide has {total} steps, and none of those asked for"
        )));
    }
    let (width, height) = options.size;
    let mut film = Film::new(width, height)?;
    for (at, step) in steps.iter().enumerate() {
        let player = "document.querySelector('guidemark-player')";
        let still = picture(shown, *step, &format!("{player}.duration({step})"))?;
        let words = shown.page.evaluate(&format!(
            "{player}.querySelector('[class*=card]')?.innerText.split(/\\s+/).length ?? 0"
        ))?;
        let words = words.as_u64().and_then(|words| u16::try_from(words).ok()).unwrap_or(0);
        film.show(still, words.saturating_mul(WORD).clamp(LEAST, MOST))?;
        progress(at + 1, steps.len());
    }
    film.finish()
}

/// The player at a moment of a step.
fn picture(shown: &mut Shown, step: usize, time: &str) -> Result<Canvas, ExportError> {
    let seek = format!("(document.querySelector('guidemark-player').seek({step}, {time}), true)");
    shown.page.evaluate(&seek)?;
    shown.paint()?;
    let png = shown.page.screenshot()?;
    decode(&png).map_err(|broken| ExportError::Failed(format!("a picture of the browser {}", broken.message)))
}

/// What is written frame by frame: of each only what differs from the one before.
struct Film {
    encoder: Encoder<Vec<u8>>,
    last: Option<Canvas>,
    /// A frame that still waits for its time.
    waiting: Option<(Frame<'static>, u16)>,
}

impl Film {
    fn new(width: u32, height: u32) -> Result<Self, ExportError> {
        let side = |side: u32| {
            u16::try_from(side).map_err(|_| ExportError::Failed("the size is too large for a GIF".to_owned()))
        };
        let mut encoder = Encoder::new(Vec::new(), side(width)?, side(height)?, &[]).map_err(failed)?;
        encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
        Ok(Self { encoder, last: None, waiting: None })
    }

    fn show(&mut self, canvas: Canvas, time: u16) -> Result<(), ExportError> {
        let area = match &self.last {
            Some(last) => changed(last, &canvas),
            None => Some(canvas.whole()),
        };
        let Some(area) = area else {
            // Nothing moved: the frame before stands longer.
            if let Some((_, stands)) = &mut self.waiting {
                *stands = stands.saturating_add(time);
            }
            return Ok(());
        };
        self.write()?;
        let part = canvas.cut(area);
        let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
        let mut pixels = part.over([255, 255, 255]).pixels().to_vec();
        let mut frame = Frame::from_rgba_speed(side(area.width), side(area.height), &mut pixels, 10);
        (frame.left, frame.top) = (side(area.x), side(area.y));
        frame.dispose = DisposalMethod::Keep;
        self.waiting = Some((frame, time));
        self.last = Some(canvas);
        Ok(())
    }

    fn write(&mut self) -> Result<(), ExportError> {
        let Some((mut frame, time)) = self.waiting.take() else { return Ok(()) };
        frame.delay = time;
        self.encoder.write_frame(&frame).map_err(failed)
    }

    fn finish(mut self) -> Result<Vec<u8>, ExportError> {
        self.write()?;
        self.encoder.into_inner().map_err(|error| ExportError::Failed(error.to_string()))
    }
}

/// The smallest box of what differs.
fn changed(one: &Canvas, other: &Canvas) -> Option<Area> {
    let whole = other.whole();
    let rows: Vec<u32> = (0..whole.height).filter(|y| one.row(whole, *y) != other.row(whole, *y)).collect();
    let (top, bottom) = (*rows.first()?, *rows.last()?);
    let differs = |x: u32| rows.iter().any(|y| one.pixel(x, *y) != other.pixel(x, *y));
    let left = (0..whole.width).find(|x| differs(*x))?;
    let right = (0..whole.width).rev().find(|x| differs(*x))?;
    Some(Area { x: left, y: top, width: right - left + 1, height: bottom - top + 1 })
}

fn failed(error: gif::EncodingError) -> ExportError {
    ExportError::Failed(format!("cannot write the GIF: {error}"))
}
