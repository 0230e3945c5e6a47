//! A guide is done again, and compared on the way.

mod picture;
mod place;
mod propose;

use super::lock::Lock;
use super::plan::{Act, ActKind, Before, Mark, Plan, PlanScene, PlanStep};
use super::run::{AGAIN, FoundMark, Run, SceneRun, StepRun};
use super::setting::Setting;
use super::verdict::{Reason, Verdict};
use crate::capture::{Deed, Located, RecordError, Recorder, Zone, address, variable};
use crate::guide::anchor::{Anchor, Role, Target as Means};
use crate::shot;
use crate::source::World;
use place::{clipped, placed, placed_in_set};
use std::time::Duration;

/// How long is looked for what something is done to, and for what only stands on a picture.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(1_500);
/// How long is looked for what is pressed if it is there.
const MAYBE: Duration = Duration::from_millis(800);

/// What a replay needs.
pub struct Replay<'a> {
    /// The browser.
    pub recorder: &'a mut Recorder,
    /// What is done.
    pub plan: &'a Plan,
    /// How.
    pub setting: &'a Setting,
    /// What is known.
    pub lock: &'a Lock,
    /// Pixels a point.
    pub scale: u32,
    /// The files.
    pub world: &'a dyn World,
    /// The values of variables of the environment.
    pub lookup: &'a dyn Fn(&str) -> Option<String>,
    /// Whether pictures are compared; a login's are not.
    pub is_compared: bool,
    /// Gets the number of each step before it is done, and says whether to go on.
    pub goes_on: &'a dyn Fn(usize) -> bool,
}

/// Why a replay goes no further.
enum Stop {
    /// The step can't be done.
    Step(Reason, Option<String>),
    /// Nothing can be said of the guide.
    Run(String, String),
    /// The browser broke off, and another one may not.
    Lost(String),
}

impl From<RecordError> for Stop {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Browser(error) if error.is_lost() => Self::Lost(error.to_string()),
            RecordError::Browser(error) => Self::Run(error.to_string(), AGAIN.to_owned()),
            RecordError::NotFound(anchor, seen) => {
                Self::Step(Reason::new(Verdict::Broken, format!("`{anchor}` is not on the page")), Some(seen))
            }
            RecordError::Step(message, help) => Self::Step(Reason::new(Verdict::Broken, message), Some(help)),
        }
    }
}

impl Replay<'_> {
    /// Does all of it.
    pub fn run(mut self) -> Run {
        let mut run = Run { viewport: self.setting.viewport, scale: self.scale, ..Run::default() };
        run.browser = self.recorder.browser().unwrap_or_default();
        if let Err(stop) = self.begin(&mut run) {
            run.fail(stop);
            return run;
        }
        let mut stopped: Option<usize> = None;
        for step in &self.plan.steps {
            if !(self.goes_on)(step.number) {
                break;
            }
            let mut done = StepRun {
                number: step.number,
                line: step.line,
                title: step.title.clone(),
                ..StepRun::default()
            };
            if let Some(number) = stopped {
                let why = format!("not reached: step {number} is broken");
                done.reasons.push(Reason::new(Verdict::NotChecked, why));
                run.steps.push(done);
                continue;
            }
            match self.step(step, &mut done) {
                Ok(()) => {}
                Err(Stop::Step(reason, help)) => {
                    done.reasons.push(reason);
                    // What is proposed says more than that there should be an anchor.
                    done.help = done.help.take().filter(|_| !done.proposals.is_empty()).or(help);
                    stopped = Some(step.number);
                }
                Err(stop) => {
                    let why = run.fail(stop);
                    done.reasons.push(Reason::new(Verdict::CouldNotRun, why));
                    run.steps.push(done);
                    return run;
                }
            }
            run.steps.push(done);
        }
        run.pass_on(self.plan);
        run
    }

    /// Opens the first page, unless the first step does.
    fn begin(&mut self, run: &mut Run) -> Result<(), Stop> {
        let first = self.plan.steps.first().and_then(|step| step.scenes.first());
        let opens = first.is_some_and(|scene| scene.before.iter().any(|one| matches!(one, Before::Goto(_))));
        if !opens {
            self.open(&self.setting.start.clone())?;
        }
        run.fonts = self.recorder.fonts();
        let other = self
            .lock
            .fonts()
            .filter(|fonts| self.is_compared && *fonts != run.fonts && !run.fonts.is_empty());
        match other {
            None => Ok(()),
            Some(_) => Err(Stop::Run(
                "letters are drawn otherwise here than when the pictures were taken".to_owned(),
                "run it where the same fonts are, or take all pictures anew with `guidemark refresh --accept`"
                    .to_owned(),
            )),
        }
    }

    fn open(&mut self, url: &str) -> Result<(), Stop> {
        let opened = self.recorder.go(url);
        self.stay()?;
        match opened {
            Ok(()) => Ok(()),
            Err(RecordError::Browser(error)) => {
                let message = format!("`{}` can't be opened: {error}", address::shown(url));
                Err(Stop::Run(message, "start the application, or write `--url BASE`".to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Ends where a page leads elsewhere.
    fn stay(&mut self) -> Result<(), Stop> {
        let Some(url) = self.recorder.refused().into_iter().next() else { return Ok(()) };
        let origin = address::origin(&address::shown(&url)).to_owned();
        let message = format!("the page leads to `{origin}`, where a replay does not go");
        Err(Stop::Run(message, format!("write `--allow-origin {origin}` if it may")))
    }

    fn step(&mut self, step: &PlanStep, done: &mut StepRun) -> Result<(), Stop> {
        for scene in &step.scenes {
            done.scenes.push(SceneRun::default());
            self.scene(scene, done)?;
        }
        Ok(())
    }

    fn scene(&mut self, scene: &PlanScene, done: &mut StepRun) -> Result<(), Stop> {
        for before in &scene.before {
            self.before(before)?;
        }
        let known = scene.picture.as_ref().and_then(|picture| self.lock.picture(&picture.written));
        if let Some(scroll) = known.as_ref().and_then(|known| known.scroll) {
            self.recorder.rest()?;
            self.recorder.scroll_to(scroll)?;
        }
        let first = scene.acts.iter().position(|act| matches!(act.kind, ActKind::On(_) | ActKind::Drag(_)));
        let first = first.and_then(|at| scene.acts.get(at));
        let target = first.map(|act| self.target(act, scene, done)).transpose()?;
        if let (Some(target), Some(act)) = (&target, first)
            && act.kind != ActKind::On(Deed::Hover)
            && self.is_compared
        {
            self.recorder.point_at(target)?;
        }
        if let Some(anchor) =
            scene.next.as_ref().and_then(|next| next.anchor.as_ref()).filter(|_| self.is_compared)
            && let Ok(next) = self.anchored(anchor, false, GLANCE)?
        {
            self.recorder.point_at(&next)?;
        }
        if let Some(picture) = scene.picture.as_ref().filter(|_| self.is_compared) {
            let shown = self.picture(picture, scene, known.as_ref())?;
            done.reasons.push(shown.reason.clone());
            if let Some(last) = done.scenes.last_mut() {
                last.picture = Some(shown);
            }
        }
        if self.is_compared {
            self.marks(scene, done)?;
        }
        self.acts(scene, done, first)
    }

    fn before(&mut self, before: &Before) -> Result<(), Stop> {
        match before {
            Before::Goto(written) => {
                let url =
                    self.setting.address(written).map_err(|(message, help)| Stop::Run(message, help))?;
                self.open(&url)
            }
            Before::Await(text, there) => Ok(self.recorder.wait_text(text, *there)?),
            Before::Dismiss(anchor) => {
                self.recorder.rest()?;
                if let Ok(found) = self.recorder.locate(anchor, None, true, MAYBE)? {
                    let click = Deed::Click { second: false, count: 1 };
                    self.recorder.perform(&found, &click, &anchor.to_string(), self.lookup)?;
                    self.stay()?;
                }
                Ok(())
            }
        }
    }

    /// What the first action of a scene acts on, and what is to be said of it.
    fn target(&mut self, act: &Act, scene: &PlanScene, done: &mut StepRun) -> Result<Located, Stop> {
        if act.mark.anchor.is_none() && act.mark.region.is_none() {
            self.propose(act, None, scene, done);
        }
        let located = self.located(&act.mark, scene)?;
        match &act.mark.anchor {
            Some(_) => self.tell(&act.mark, &located, scene, done),
            None => {
                let why = format!("`@{}` has a point and no anchor", act.mark.verb);
                done.reasons.push(Reason::new(Verdict::NotChecked, why));
                self.propose(act, Some(&located.target), scene, done);
                note_lost(&act.mark, done);
            }
        }
        if let ActKind::Drag(to) = &act.kind {
            if to.anchor.is_some() {
                let located = self.located(to, scene)?;
                self.tell(to, &located, scene, done);
            } else {
                note_lost(to, done);
            }
        }
        Ok(located)
    }

    fn located(&mut self, mark: &Mark, scene: &PlanScene) -> Result<Located, Stop> {
        match &mark.anchor {
            Some(anchor) => self.anchored(anchor, true, PATIENCE)?.map_err(|likely| {
                let help = likely.anchor.map(|anchor| format!("probably `{anchor}`"));
                let why = format!("`{anchor}`: {}", likely.seen);
                Stop::Step(Reason::new(Verdict::Broken, why), help)
            }),
            None => {
                let size = self.size_on(scene);
                if !self.setting.keeps_places() {
                    let set = self.setting.variant.folder();
                    let why = format!(
                        "`@{}` has a point and no anchor, and may lie elsewhere in `{set}`",
                        mark.verb
                    );
                    let help = "give it an anchor: `on button \"Save\"`".to_owned();
                    return Err(Stop::Step(Reason::new(Verdict::Broken, why), Some(help)));
                }
                let Some(part) = mark.part(size) else {
                    let why = format!("`@{}` says not where", mark.verb);
                    let help = "give it an anchor: `on button \"Save\"`".to_owned();
                    return Err(Stop::Step(Reason::new(Verdict::Broken, why), Some(help)));
                };
                Ok(self.recorder.spot(Zone { x: part.x, y: part.y, w: part.w, h: part.h })?)
            }
        }
    }

    fn anchored(
        &mut self,
        anchor: &Anchor,
        is_moved: bool,
        patience: Duration,
    ) -> Result<Result<Located, crate::capture::Likely>, RecordError> {
        let page = self.setting.path(&self.recorder.url());
        let evidence = self.lock.evidence(&page, &anchor.to_string());
        self.recorder.locate(anchor, evidence.as_ref(), is_moved, patience)
    }

    /// What is to be said of something that was found.
    fn tell(&mut self, mark: &Mark, located: &Located, scene: &PlanScene, done: &mut StepRun) {
        if !self.is_compared {
            return;
        }
        let page = self.setting.path(&self.recorder.url());
        let (width, height) = self.view();
        let part = clipped(located.zone, (width, height));
        let size = self.size_on(scene);
        let region = mark.part(size);
        let anchor = mark.anchor.as_ref().map(ToString::to_string).unwrap_or_default();
        let known = self.lock.evidence(&page, &anchor).and_then(|evidence| evidence.zone);
        let known = known.map(|zone| clipped(zone, (width, height)));
        let is_first = self.setting.variant.is_first();
        let (reason, moved) = match is_first {
            true => placed(&mark.called(), region, known, part),
            false => placed_in_set(&mark.called(), known, part),
        };
        // In another language, all is called otherwise.
        let is_renamed = located.is_renamed && is_first;
        let renamed = is_renamed.then(|| renamed(mark.anchor.as_ref(), located)).flatten();
        if is_renamed {
            let called = renamed.as_ref().map_or("something else".to_owned(), |anchor| format!("`{anchor}`"));
            done.reasons.push(Reason::new(Verdict::Renamed, format!("`{anchor}` is {called} now")));
            done.help = renamed.as_ref().map(|anchor| format!("write `on {anchor}`"));
        }
        if scene.on.is_some() {
            done.reasons.push(reason);
        }
        if let Some(last) = done.scenes.last_mut() {
            let target = located.target.clone();
            last.found.push(FoundMark { mark: mark.clone(), target, part, region: moved, page, renamed });
        }
    }

    /// What stands on the picture besides.
    fn marks(&mut self, scene: &PlanScene, done: &mut StepRun) -> Result<(), Stop> {
        for mark in &scene.marks {
            let Some(anchor) = &mark.anchor else {
                note_lost(mark, done);
                continue;
            };
            match self.anchored(anchor, false, GLANCE)? {
                Ok(located) => self.tell(mark, &located, scene, done),
                Err(likely) => {
                    let why = format!("`{anchor}`: {}", likely.seen);
                    // A narrow window or another language may lack what a note stands on.
                    let is_missed = self.setting.keeps_places() || mark.verb == "redact";
                    let verdict = if is_missed { Verdict::Broken } else { Verdict::NotChecked };
                    done.reasons.push(Reason::new(verdict, why));
                    done.help = likely.anchor.map(|anchor| format!("probably `{anchor}`"));
                    note_lost(mark, done);
                }
            }
        }
        Ok(())
    }

    fn acts(&mut self, scene: &PlanScene, done: &mut StepRun, first: Option<&Act>) -> Result<(), Stop> {
        let differs = done
            .pictures()
            .any(|picture| picture.reason.verdict >= Verdict::Stale && picture.before.is_some());
        for act in &scene.acts {
            match &act.kind {
                ActKind::Press(keys) => self.recorder.keys(keys)?,
                ActKind::Scroll(Some(way)) => self.recorder.wheel(*way)?,
                ActKind::Scroll(None) => {}
                ActKind::Wait(ms) => self.recorder.pass(Duration::from_millis(*ms))?,
                ActKind::On(_) | ActKind::Drag(_) => {
                    if act.mark.anchor.is_none() && differs {
                        let why = format!(
                            "`@{}` has a point and no anchor, and its picture shows something else",
                            act.mark.verb
                        );
                        let help = "give it an anchor: `on button \"Save\"`".to_owned();
                        return Err(Stop::Step(Reason::new(Verdict::Broken, why), Some(help)));
                    }
                    // GuideReport already.
                    let is_first = first.is_some_and(|first| std::ptr::eq(first, act));
                    let located = if is_first {
                        self.located(&act.mark, scene)?
                    } else {
                        self.target(act, scene, done)?
                    };
                    self.act(act, &located, scene)?;
                }
            }
            self.stay()?;
        }
        Ok(())
    }

    fn act(&mut self, act: &Act, on: &Located, scene: &PlanScene) -> Result<(), Stop> {
        match &act.kind {
            ActKind::On(deed) => {
                if let Deed::Type(text) = deed
                    && let Some(name) = variable(text)
                {
                    self.may_type(name, &act.mark)?;
                }
                Ok(self.recorder.perform(on, deed, &act.mark.called(), self.lookup)?)
            }
            ActKind::Drag(to) => {
                let to = self.located(to, scene)?;
                Ok(self.recorder.carry(on, to.zone)?)
            }
            ActKind::Press(_) | ActKind::Scroll(_) | ActKind::Wait(_) => Ok(()),
        }
    }

    /// Whether a variable of the environment may be typed here.
    fn may_type(&mut self, name: &str, mark: &Mark) -> Result<(), Stop> {
        let url = self.recorder.url();
        let stop = |message: String, help: &str| Err(Stop::Run(message, help.to_owned()));
        if (self.lookup)(name).is_none() {
            return stop(
                format!("the variable `{name}` of the environment is not set"),
                &format!("set it and start again: `{name}=… guidemark …`"),
            );
        }
        if mark.anchor.is_none() {
            return stop(
                format!("`${name}` is typed only into a field that an anchor names"),
                "write `on field \"Password\"` behind it",
            );
        }
        if self.setting.trusts(&url) {
            return Ok(());
        }
        let origin = address::origin(&address::shown(&url)).to_owned();
        stop(
            format!("`${name}` is not typed at `{origin}`, which the guide alone names"),
            &format!("write `--url {origin}` if it may be"),
        )
    }

    fn view(&self) -> (f64, f64) {
        (f64::from(self.setting.viewport.0), f64::from(self.setting.viewport.1))
    }

    /// The size in points of the picture that regions of a scene lie on.
    fn size_on(&self, scene: &PlanScene) -> (f64, f64) {
        let size = scene.on.as_ref().and_then(|picture| {
            let bytes = self.world.read(&picture.path, shot::MAX_FILE).ok()?;
            let (width, height) = image::ImageReader::new(std::io::Cursor::new(bytes))
                .with_guessed_format()
                .ok()?
                .into_dimensions()
                .ok()?;
            let density = f64::from(picture.density);
            Some((f64::from(width) / density, f64::from(height) / density))
        });
        size.unwrap_or_else(|| self.view())
    }
}

impl Run {
    /// Ends with why nothing can be said of the guide: its first words.
    fn fail(&mut self, stop: Stop) -> String {
        self.is_lost = matches!(stop, Stop::Lost(_));
        let (why, help) = match stop {
            Stop::Step(reason, help) => (reason.why, help.unwrap_or_default()),
            Stop::Run(message, help) => (message, help),
            Stop::Lost(message) => (message, AGAIN.to_owned()),
        };
        self.failure = Some((why.clone(), help));
        why
    }
}

fn note_lost(mark: &Mark, done: &mut StepRun) {
    if let Some(last) = done.scenes.last_mut() {
        last.lost.push(mark.clone());
    }
}

/// The anchor of something that is called otherwise now.
fn renamed(anchor: Option<&Anchor>, located: &Located) -> Option<Anchor> {
    let name = &located.target.name;
    let mut anchor = anchor?.clone();
    if anchor.nth.is_some() {
        return located.target.anchor.as_ref()?.anchor();
    }
    match &mut anchor.target {
        Means::Role { element, .. } => {
            if let Some(role) = Role::find(&located.target.role) {
                element.role = role;
            }
            element.name = Some(name.clone()).filter(|name| !name.is_empty());
        }
        Means::By(..) => anchor = located.target.anchor.as_ref()?.anchor()?,
    }
    (Anchor::parse(&anchor.to_string()).as_ref() == Ok(&anchor)).then_some(anchor)
}
