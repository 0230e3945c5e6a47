//! One guide in one browser: from its text to what came of its replay.

use super::lock::Lock;
use super::plan::Plan;
use super::replay::Replay;
use super::run::{AGAIN, Run};
use super::setting::Setting;
use crate::browser::Devtools;
use crate::capture::{Options, RecordError, Recorder, State, Watch, Window};
use crate::shot;
use crate::source::{Source, World};

/// A guide that is replayed.
pub struct Job<'a> {
    /// Its text.
    pub source: &'a Source,
    /// What is done.
    pub plan: Plan,
    /// How.
    pub setting: Setting,
    /// What is known.
    pub lock: Lock,
    /// The files.
    pub world: &'a dyn World,
    /// Whether pictures are compared; a login's are not.
    pub is_compared: bool,
}

impl Job<'_> {
    /// Pixels a point: as is said, else as the pictures are.
    pub fn scale(&self) -> u32 {
        let first = self.plan.scenes().find_map(|(_, scene)| scene.picture.as_ref());
        let known = self.setting.scale.or_else(|| self.lock.scale());
        known.or(first.map(|picture| picture.density)).unwrap_or(2).clamp(1, 2)
    }

    /// Width and height of the page: as is said, else as the pictures are.
    pub fn viewport(&self) -> (u32, u32) {
        if self.setting.has_viewport {
            return self.setting.viewport;
        }
        let first = self.pictures().into_iter().next().map(|(_, size)| size);
        self.lock
            .viewport()
            .or(first)
            .filter(|(w, h)| *w >= 200 && *h >= 200)
            .unwrap_or(self.setting.viewport)
    }

    /// The pictures that are there, with their size in points.
    fn pictures(&self) -> Vec<(String, (u32, u32))> {
        let planned = self.plan.scenes().filter_map(|(_, scene)| scene.picture.as_ref());
        let size = |picture: &super::plan::PlanPicture| {
            let bytes = self.world.read(&picture.path, shot::MAX_FILE).ok()?;
            let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
            let (width, height) = reader.into_dimensions().ok()?;
            Some((picture.written.clone(), (width / picture.density, height / picture.density)))
        };
        planned.filter_map(size).collect()
    }

    /// Why its pictures can't be compared with what would be taken.
    fn otherwise(&self) -> Option<(String, String)> {
        let pictures = self.pictures();
        let viewport = self.viewport();
        let other = pictures.iter().map(|(_, size)| *size).next().filter(|_| {
            self.is_compared && !pictures.is_empty() && pictures.iter().all(|(_, size)| *size != viewport)
        })?;
        let written = |(width, height): (u32, u32)| format!("{width}x{height}");
        let what =
            format!("the pictures are {}, and a replay would be {}", written(other), written(viewport));
        if !self.setting.variant.is_first() {
            return Some((what, "take all of the set anew with `--accept`".to_owned()));
        }
        Some((
            what,
            format!(
                "write `viewport: {}`, or take all anew with `guidemark refresh --accept`",
                written(other)
            ),
        ))
    }

    /// Replays it in a browser. `is_forced`: pictures that were taken otherwise are no reason to end.
    pub fn run(
        mut self,
        tools: Devtools,
        state: Option<&State>,
        lookup: &dyn Fn(&str) -> Option<String>,
        is_forced: bool,
    ) -> (Run, Option<State>) {
        let mut run = Run::default();
        if let Some(other) = self.otherwise().filter(|_| !is_forced) {
            run.failure = Some(other);
            return (run, None);
        }
        self.setting.viewport = self.viewport();
        let scale = self.scale();
        match self.started(tools, state, scale) {
            Ok(mut recorder) => {
                if is_forced {
                    self.lock = self.lock.clone().without_fonts();
                }
                let replay = Replay {
                    recorder: &mut recorder,
                    plan: &self.plan,
                    setting: &self.setting,
                    lock: &self.lock,
                    scale,
                    world: self.world,
                    lookup,
                    is_compared: self.is_compared,
                    goes_on: &|_| true,
                };
                let run = replay.run();
                let state = (!self.is_compared).then(|| recorder.state().ok()).flatten();
                (run, state)
            }
            Err(error) => {
                run.is_lost = matches!(&error, RecordError::Browser(error) if error.is_lost());
                let message = match error {
                    RecordError::Browser(error) => error.to_string(),
                    RecordError::NotFound(message, _) | RecordError::Step(message, _) => message,
                };
                run.failure = Some((message, AGAIN.to_owned()));
                (run, None)
            }
        }
    }

    /// Does it in a browser that is open, without looking at pictures. `goes_on` gets the number of each step before it is
    /// done, and says whether to go on.
    pub fn replay(
        &self,
        recorder: &mut Recorder,
        lookup: &dyn Fn(&str) -> Option<String>,
        goes_on: &dyn Fn(usize) -> bool,
    ) -> Run {
        let replay = Replay {
            recorder,
            plan: &self.plan,
            setting: &self.setting,
            lock: &self.lock,
            scale: self.scale(),
            world: self.world,
            lookup,
            is_compared: false,
            goes_on,
        };
        replay.run()
    }

    fn started(&self, tools: Devtools, state: Option<&State>, scale: u32) -> Result<Recorder, RecordError> {
        let mut conditions = self.setting.conditions.clone();
        if let Some(state) = state {
            conditions.storage.clone_from(&state.storage);
        }
        let options = Options {
            url: None,
            asks: false,
            viewport: self.setting.viewport,
            scale,
            window: Window::None,
            watch: Watch::OnRequest,
            conditions,
            app: None,
            is_apart: tools.is_shared(),
        };
        let mut recorder = Recorder::start(tools, options)?;
        if let Some(state) = state {
            recorder.give(&state.cookies)?;
        }
        Ok(recorder)
    }
}
