//! What a recording needs to know before a browser is started.

use super::problem::Problem;
use super::request::{Begin, RecordRequest};
use crate::capture::{Conditions, address};
use crate::guide::front::AppValue;
use crate::guide::{self, Understood};
use crate::project::{self, Capture, Settings};
use crate::refresh::{self, Job, Lock, MAX_LOCK, Plan, ReplayOptions, Setting, lock_path};
use crate::serve::edit::Desk;
use crate::source::{DiskWorld, ProjectPath, Source, World};

/// A window without any that is said.
const VIEWPORT: (u32, u32) = (1280, 800);
const SCALE: u32 = 2;

/// All of it.
pub struct Prepared {
    pub viewport: (u32, u32),
    pub scale: u32,
    pub conditions: Conditions,
    pub app: Option<String>,
    pub lang: String,
    /// The address to begin with.
    pub start: String,
    /// What is done first: the guide that logs in, and the steps before.
    pub replays: Vec<Replayed>,
}

/// A guide that is done, or a part of it.
pub struct Replayed {
    source: Source,
    pub plan: Plan,
    setting: Setting,
    lock: Lock,
}

impl Replayed {
    /// It in a browser.
    pub fn job<'a>(&'a self, world: &'a DiskWorld) -> Job<'a> {
        Job {
            source: &self.source,
            plan: self.plan.clone(),
            setting: self.setting.clone(),
            lock: self.lock.clone(),
            world,
            is_compared: false,
        }
    }
}

type Lookup = fn(&str) -> Option<String>;

/// What is needed for something that is asked for.
///
/// # Errors
/// [`Problem`] if it can't be known.
pub fn prepare(desk: &Desk, asked: &RecordRequest, lookup: Lookup) -> Result<Prepared, Problem> {
    match asked {
        RecordRequest::Guide { url, title: _ } => new_guide(desk, url, lookup),
        RecordRequest::Steps { slug, after, begin } => {
            let steps = after.map_or(0, |after| after + 1);
            of_guide(desk, slug, begin, lookup, |plan| first(plan, steps))
        }
        RecordRequest::Pick { slug, step, scene, at, begin } => {
            of_guide(desk, slug, begin, lookup, |plan| plan.until(*step, *scene, *at))
        }
    }
}

fn first(mut plan: Plan, steps: usize) -> Plan {
    plan.steps.truncate(steps);
    plan
}

fn typed(url: &str) -> Result<String, Problem> {
    address::typed(url).ok_or_else(|| {
        Problem::new(format!("`{url}` is not a web address"), "type one such as `https://example.com/`")
    })
}

fn new_guide(desk: &Desk, url: &str, lookup: Lookup) -> Result<Prepared, Problem> {
    let start = typed(url)?;
    let settings = project::load(desk.world(), None).project.settings;
    let (app, conditions) = application(&settings, &start, lookup)?;
    let lang = settings.lang;
    Ok(Prepared { viewport: VIEWPORT, scale: SCALE, conditions, app, lang, start, replays: Vec::new() })
}

/// The application at an address, and what its pages are to be like.
fn application(
    settings: &Settings,
    url: &str,
    lookup: Lookup,
) -> Result<(Option<String>, Conditions), Problem> {
    match refresh::app_at(settings, url, &lookup) {
        Some((key, app)) => Ok((Some(key.to_owned()), refresh::conditions(app, &Capture::default())?)),
        None => Ok((None, Conditions::default())),
    }
}

fn of_guide(
    desk: &Desk,
    slug: &str,
    begin: &Begin,
    lookup: Lookup,
    part: impl FnOnce(Plan) -> Plan,
) -> Result<Prepared, Problem> {
    let source = desk.source(slug)?;
    let path = source.path().clone();
    let settings = project::load(desk.world(), Some(&path)).project.settings;
    let url = Some(begin.url.trim()).filter(|url| !url.is_empty()).map(typed).transpose()?;
    let front = guide::parse(&source).guide.front;
    let app = match &front.app {
        Some(AppValue::Key(key)) => Some(key.value.clone()),
        Some(AppValue::Table(..)) | None => None,
    };
    let lang = front.lang.as_ref().map_or_else(|| settings.lang.clone(), Clone::clone);
    let known = replayed(desk.world(), &settings, source, &ReplayOptions::default(), lookup);
    let whole = match (known, &url) {
        (Ok(whole), _) => whole,
        (Err(_), Some(url)) => {
            let wanted = ReplayOptions { url: Some(url.clone()), ..ReplayOptions::default() };
            replayed(desk.world(), &settings, desk.source(slug)?, &wanted, lookup)?
        }
        (Err(problem), None) => {
            return Err(Problem { help: "type the address of the page to begin with".to_owned(), ..problem });
        }
    };
    let mut conditions = whole.setting.conditions.clone();
    let (start, size) = (whole.setting.start.clone(), whole.job(desk.world()));
    let (viewport, scale) = (size.viewport(), size.scale());
    let mut replays = Vec::new();
    if begin.replay {
        if let Some((_, login)) = &whole.setting.login {
            replays.push(login_guide(desk.world(), &settings, login, &whole.setting, lookup)?);
        }
        let plan = part(whole.plan.clone());
        replays.push(Replayed { plan, ..whole });
    } else {
        // The author goes where the author likes.
        conditions.origins = None;
    }
    let start = url.filter(|_| !begin.replay).unwrap_or(start);
    Ok(Prepared { viewport, scale, conditions, app, lang, start, replays })
}

fn replayed(
    world: &DiskWorld,
    settings: &Settings,
    source: Source,
    wanted: &ReplayOptions,
    lookup: Lookup,
) -> Result<Replayed, Problem> {
    let Understood { guide, resolved, .. } = guide::understand(&source, settings, world);
    let plan = Plan::new(&guide, &source, resolved.as_ref());
    let lock = known(world, source.path());
    let setting = Setting::new(&guide, settings, wanted, &lookup)?;
    Ok(Replayed { source, plan, setting, lock })
}

fn login_guide(
    world: &DiskWorld,
    settings: &Settings,
    path: &ProjectPath,
    around: &Setting,
    lookup: Lookup,
) -> Result<Replayed, Problem> {
    let source = guide::read(world, path).map_err(|wrong| Problem::new(wrong.message, ""))?;
    let wanted = ReplayOptions { url: around.origins.first().cloned(), ..ReplayOptions::default() };
    let mut login = replayed(world, settings, source, &wanted, lookup)?;
    login.setting.login = None;
    Ok(login)
}

/// What `capture.json` knows of a guide.
fn known(world: &DiskWorld, guide: &ProjectPath) -> Lock {
    lock_text(world, &lock_path(guide)).map(|text| Lock::read(&text)).unwrap_or_default()
}

/// The text of a lock, if there is one that can be read.
pub fn lock_text(world: &DiskWorld, path: &ProjectPath) -> Option<String> {
    world.read(path, MAX_LOCK).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}
