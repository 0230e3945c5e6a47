//! A guide is done again, and compared on the way.

use super::compare::{Part, compare};
use super::lock::{Known, Lock};
use super::plan::{Act, ActKind, Before, Mark, Plan, PlanPicture, PlanScene, PlanStep};
use super::renew::wider;
use super::run::{FoundMark, PictureRun, Run, SceneRun, StepRun};
use super::setting::Setting;
use super::verdict::{Facts, Reason, Verdict, of_box, of_picture};
use crate::capture::{Deed, Located, RecordError, Recorder, Shot, Zone, address, variable};
use crate::guide::Rect;
use crate::guide::anchor::{Anchor, Role, Target as Means};
use crate::shot::{self, Canvas};
use crate::source::World;
use std::time::Duration;

/// How long is looked for what something is done to, and for what only stands on a picture.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(1_500);
/// How long is looked for what is pressed if it is there.
const MAYBE: Duration = Duration::from_millis(800);
/// Points that a region may be off what it stands on.
const NEAR: f64 = 4.0;

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
    /// Is told the number of each step before it is done, and says whether to go on.
    pub goes_on: &'a dyn Fn(usize) -> bool,
}

/// Why a replay goes no further.
enum Stop {
    /// The step can't be done.
    Step(Reason, Option<String>),
    /// Nothing can be said of the guide.
    Run(String, String),
}

impl From<RecordError> for Stop {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Browser(error) => Self::Run(error.to_string(), "run the command again".to_owned()),
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
        if let Err(failure) = self.begin(&mut run) {
            run.failure = Some(failure);
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
                    done.help = help;
                    stopped = Some(step.number);
                }
                Err(Stop::Run(message, help)) => {
                    done.reasons.push(Reason::new(Verdict::CouldNotRun, message.clone()));
                    run.steps.push(done);
                    run.failure = Some((message, help));
                    return run;
                }
            }
            run.steps.push(done);
        }
        run
    }

    /// Opens the first page, unless the first step does.
    fn begin(&mut self, run: &mut Run) -> Result<(), (String, String)> {
        let first = self.plan.steps.first().and_then(|step| step.scenes.first());
        let opens = first.is_some_and(|scene| scene.before.iter().any(|one| matches!(one, Before::Goto(_))));
        if !opens {
            self.open(&self.setting.start.clone()).map_err(failure)?;
        }
        run.fonts = self.recorder.fonts();
        let other = self
            .lock
            .fonts()
            .filter(|fonts| self.is_compared && *fonts != run.fonts && !run.fonts.is_empty());
        match other {
            None => Ok(()),
            Some(_) => Err((
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
        let located = self.located(&act.mark, scene)?;
        match &act.mark.anchor {
            Some(_) => self.tell(&act.mark, &located, scene, done),
            None => {
                done.reasons.push(Reason::new(
                    Verdict::NotChecked,
                    format!("`@{}` has a point and no anchor", act.mark.verb),
                ));
                let meant = located.target.anchor.as_ref().and_then(crate::capture::Find::anchor);
                if let Some(anchor) = meant {
                    done.help = Some(format!("`on {anchor}` would find what lies there"));
                    done.proposals.push((act.mark.at, anchor));
                }
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

    /// A picture, compared with its file.
    fn picture(
        &mut self,
        planned: &PlanPicture,
        scene: &PlanScene,
        known: Option<&Known>,
    ) -> Result<PictureRun, Stop> {
        let Shot { picture: after, place, words } = self.recorder.shot()?;
        let masks = self.masks(scene, known);
        let before = self.world.read(&planned.path, shot::MAX_FILE).ok();
        let mut run = PictureRun {
            planned: planned.clone(),
            after,
            before,
            place,
            words,
            difference: None,
            masks,
            covered: Vec::new(),
            reason: Reason::new(Verdict::Stale, "the picture is not there yet"),
            is_kept: scene.is_kept,
        };
        run.covered = self.covered(planned, &run.words.secrets);
        let Some(bytes) = &run.before else {
            // One that is kept has been made by hand, and so would be one of the set.
            if scene.is_kept && !self.setting.variant.is_first() {
                run.reason = Reason::new(Verdict::NotChecked, "the picture is kept: `@keep`");
            }
            return Ok(run);
        };
        let (before, now) = match (shot::decode(bytes), shot::decode(&run.after.png)) {
            (Ok(before), Ok(now)) => (before, now),
            (Err(broken), _) | (_, Err(broken)) => {
                let why = format!("the picture {}", broken.message);
                run.reason = Reason::new(Verdict::CouldNotRun, why);
                return Ok(run);
            }
        };
        let mut left_out = run.masks.clone();
        left_out.extend(run.covered.iter().copied());
        left_out.extend(outside(scene, (before.width(), before.height()), planned.density));
        run.difference = compare(&before, &now, planned.density, &left_out);
        run.reason = self.judged(&run, known, (&before, &now));
        if self.shows_redacted(&run, &before, scene) {
            let why = format!("`{}` shows what is redacted", planned.path);
            run.reason = Reason::new(Verdict::Stale, why);
        }
        if scene.is_kept {
            run.reason = Reason::new(Verdict::NotChecked, "the picture is kept: `@keep`");
        }
        Ok(run)
    }

    /// Whether a picture of a set shows what is redacted: it must be painted over in the file.
    fn shows_redacted(&mut self, run: &PictureRun, before: &Canvas, scene: &PlanScene) -> bool {
        if self.setting.variant.is_first() || run.difference.is_none() {
            return false;
        }
        let redactions = scene.marks.iter().filter(|mark| mark.verb == "redact");
        let anchors: Vec<Anchor> = redactions.filter_map(|mark| mark.anchor.clone()).collect();
        let view = self.view();
        let zones = self.recorder.zones(&anchors).into_iter().chain(run.words.secrets.iter().copied());
        let parts = zones.map(|zone| clipped(zone, view)).filter(|part| part.w > 0.0 && part.h > 0.0);
        let rects: Vec<Rect> = parts.map(|Part { x, y, w, h }| Rect { x, y, w, h }).collect();
        !shot::is_painted(before, &rects, run.planned.density)
    }

    fn judged(&self, run: &PictureRun, known: Option<&Known>, (before, now): (&Canvas, &Canvas)) -> Reason {
        if run.difference.is_none() {
            let size = |canvas: &Canvas| format!("{}x{}", canvas.width(), canvas.height());
            let off = before.width().abs_diff(now.width()).max(before.height().abs_diff(now.height()));
            let verdict = if off <= 24 * run.planned.density { Verdict::Changed } else { Verdict::Stale };
            let why = format!("the picture has {} pixels instead of {}", size(now), size(before));
            return Reason::new(verdict, why);
        }
        let now_path = self.setting.path(&run.place.url);
        let paths = known.and_then(|known| known.address.as_ref());
        let paths = paths.map(|before| (address::pattern(before), now_path));
        let titles = known.and_then(|known| known.title.as_ref());
        let titles = titles.map(|before| (before.clone(), run.place.title.clone()));
        // Numbers in a title count something.
        let titles = titles.filter(|(before, after)| without_numbers(before) != without_numbers(after));
        of_picture(&Facts { difference: run.difference.clone(), paths, titles })
    }

    /// What of a picture is not compared.
    fn masks(&mut self, scene: &PlanScene, known: Option<&Known>) -> Vec<Part> {
        let mut anchors = self.setting.masks.clone();
        anchors.extend(scene.masks.iter().filter_map(|mask| mask.anchor.clone()));
        let zones = self.recorder.zones(&anchors).into_iter().map(part_of);
        let size = self.size_on(scene);
        let drawn = scene.masks.iter().filter_map(|mask| mask.part(size));
        zones.chain(drawn).chain(known.into_iter().flat_map(|known| known.masks.clone())).collect()
    }

    /// What of a picture is redacted, before and now.
    fn covered(&mut self, planned: &PlanPicture, secrets: &[Zone]) -> Vec<Part> {
        let on = |scene: &&PlanScene| scene.on.as_ref().is_some_and(|on| on.path == planned.path);
        let scenes: Vec<&PlanScene> = self.plan.scenes().map(|(_, scene)| scene).filter(on).collect();
        let size = scenes.first().map_or_else(|| self.view(), |scene| self.size_on(scene));
        let redactions: Vec<&Mark> =
            scenes.iter().flat_map(|scene| &scene.marks).filter(|mark| mark.verb == "redact").collect();
        let anchors: Vec<Anchor> = redactions.iter().filter_map(|mark| mark.anchor.clone()).collect();
        let zones = self.recorder.zones(&anchors).into_iter().chain(secrets.iter().copied()).map(part_of);
        let drawn = redactions.iter().filter_map(|mark| mark.part(size));
        if self.setting.variant.is_first() {
            return drawn.chain(zones).collect();
        }
        // Painted over in the file, and so not compared: the same whole points.
        let view = self.view();
        let parts = drawn.filter(|_| self.setting.keeps_places()).chain(zones).map(|part| wider(part, view));
        parts.filter(|part| part.w > 0.0 && part.h > 0.0).collect()
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

fn failure(stop: Stop) -> (String, String) {
    match stop {
        Stop::Step(reason, help) => (reason.why, help.unwrap_or_default()),
        Stop::Run(message, help) => (message, help),
    }
}

fn note_lost(mark: &Mark, done: &mut StepRun) {
    if let Some(last) = done.scenes.last_mut() {
        last.lost.push(mark.clone());
    }
}

/// What is said of the place of something, and where its region lies from now on.
fn placed(called: &str, region: Option<Part>, known: Option<Part>, now: Part) -> (Reason, Option<Part>) {
    let Some(region) = region else {
        return (Reason::new(Verdict::Same, format!("{called} has no region yet")), Some(now));
    };
    if region.w <= 0.0 && region.h <= 0.0 {
        return point(called, region, now);
    }
    let nearest = match known {
        Some(known) if known.off(now) < region.off(now) => known,
        _ => region,
    };
    let reason = of_box(called, nearest, now);
    if reason.verdict == Verdict::Same {
        return (reason, None);
    }
    // A region that was drawn around more than the element stays as much larger.
    let moved = match known.filter(|known| known.off(region) > NEAR) {
        Some(known) => {
            let (left, top) = (now.x - known.x, now.y - known.y);
            let (w, h) = (region.w + now.w - known.w, region.h + now.h - known.h);
            Part { x: region.x + left, y: region.y + top, w: w.max(1.0), h: h.max(1.0) }
        }
        None => now,
    };
    (reason, Some(moved))
}

/// What is said of the place of something on a picture of a set, whose places the guide does not say, and where it is if it
/// has moved.
fn placed_in_set(called: &str, known: Option<Part>, now: Part) -> (Reason, Option<Part>) {
    let Some(known) = known else {
        return (Reason::new(Verdict::Same, format!("{called} is not known in this set yet")), None);
    };
    let reason = of_box(called, known, now);
    let moved = (reason.verdict != Verdict::Same).then_some(now);
    (reason, moved)
}

/// A point stays as long as it lies on what it stands on.
fn point(called: &str, at: Part, now: Part) -> (Reason, Option<Part>) {
    let lies = (now.x - NEAR..=now.x + now.w + NEAR).contains(&at.x)
        && (now.y - NEAR..=now.y + now.h + NEAR).contains(&at.y);
    if lies {
        return (Reason::new(Verdict::Same, format!("{called} is where it was")), None);
    }
    let middle = Part { x: now.x + now.w / 2.0, y: now.y + now.h / 2.0, w: 0.0, h: 0.0 };
    (of_box(called, at, middle), Some(middle))
}

fn part_of(zone: Zone) -> Part {
    Part { x: zone.x, y: zone.y, w: zone.w, h: zone.h }
}

/// What of a zone lies on the picture, in whole points.
fn clipped(zone: Zone, (width, height): (f64, f64)) -> Part {
    let (left, top) = (zone.x.round().clamp(0.0, width), zone.y.round().clamp(0.0, height));
    let right = (zone.x + zone.w).round().clamp(left, width);
    let low = (zone.y + zone.h).round().clamp(top, height);
    Part { x: left, y: top, w: right - left, h: low - top }
}

/// What of a picture its scene does not show.
fn outside(scene: &PlanScene, (width, height): (u32, u32), density: u32) -> Vec<Part> {
    let density = f64::from(density);
    let (width, height) = (f64::from(width) / density, f64::from(height) / density);
    let crop = scene.marks.iter().find(|mark| mark.verb == "crop");
    let Some(Part { x, y, w, h }) = crop.and_then(|crop| crop.part((width, height))) else {
        return Vec::new();
    };
    let part = |x: f64, y: f64, w: f64, h: f64| Part { x, y, w, h };
    vec![
        part(0.0, 0.0, width, y - 2.0),
        part(0.0, y + h + 2.0, width, height - y - h),
        part(0.0, 0.0, x - 2.0, height),
        part(x + w + 2.0, 0.0, width - x - w, height),
    ]
}

fn without_numbers(title: &str) -> String {
    title.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// The anchor of something that is called otherwise now.
fn renamed(anchor: Option<&Anchor>, located: &Located) -> Option<Anchor> {
    let name = &located.target.name;
    let mut anchor = anchor?.clone();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn part(x: f64, y: f64, w: f64, h: f64) -> Part {
        Part { x, y, w, h }
    }

    #[test]
    fn a_region_goes_with_what_it_stands_on() {
        let (region, now) = (part(10.0, 10.0, 80.0, 30.0), part(10.0, 110.0, 90.0, 30.0));
        let (reason, moved) = placed("it", Some(region), Some(region), now);
        assert_eq!((reason.verdict, moved), (Verdict::Stale, Some(now)));
        // Drawn with room around it.
        let wide = part(0.0, 0.0, 100.0, 50.0);
        let (_, moved) = placed("it", Some(wide), Some(region), now);
        assert_eq!(moved, Some(part(0.0, 100.0, 110.0, 50.0)));
        // It never moved; the room around it is the author's.
        let (reason, moved) = placed("it", Some(wide), Some(region), region);
        assert_eq!((reason.verdict, moved), (Verdict::Same, None));
        assert_eq!(placed("it", None, None, now).1, Some(now));
    }

    #[test]
    fn a_point_stays_on_what_it_stands_on() {
        let at = part(20.0, 20.0, 0.0, 0.0);
        assert_eq!(placed("it", Some(at), None, part(10.0, 10.0, 80.0, 30.0)).1, None);
        let (reason, moved) = placed("it", Some(at), None, part(10.0, 110.0, 80.0, 30.0));
        assert_eq!((reason.verdict, moved), (Verdict::Stale, Some(part(50.0, 125.0, 0.0, 0.0))));
    }

    #[test]
    fn what_is_off_the_page_is_cut() {
        let zone = Zone { x: -10.0, y: 90.4, w: 50.0, h: 40.0 };
        assert_eq!(clipped(zone, (100.0, 100.0)), part(0.0, 90.0, 40.0, 10.0));
    }
}
