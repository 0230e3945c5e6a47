//! Picture files: found in the project, known by their content, measured without being decoded.

use super::Context;
use super::files::Files;
use crate::diagnostic::Diagnostic;
use crate::guide::paths::{path_of, without_prefix};
use crate::guide::{Fix, Image, Picture, Size, reading};
use crate::project::{near, url};
use crate::source::{BadPath, Measured, ProjectPath, ReadError, Span, Spanned, World};
use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Largest picture file, in bytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 32_767;
/// Most pixels of a picture: a screen of 8,192 × 4,096.
pub const MAX_PIXELS: u64 = 32 << 20;

/// Folders whose files generators publish at the root of a site: Docusaurus, Hugo, VitePress and others; and the folder
/// itself, as with Mintlify and Jekyll.
const PUBLISHED: [&str; 4] = ["", "static", "public", "source"];

/// What is wrong with a picture.
#[derive(Debug, Clone)]
struct Fault {
    code: &'static str,
    message: String,
    help: String,
}

fn fault<T>(code: &'static str, message: String, help: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { code, message, help: help.into() })
}

/// The pictures read so far, each once.
#[derive(Debug, Default)]
pub struct Pictures {
    measured: BTreeMap<ProjectPath, Result<Picture, Fault>>,
    files: Files,
}

impl Pictures {
    /// The picture an image names; `None` after telling what is wrong with it. `embed`: where it is written `![[name]]`,
    /// which names a file wherever it lies.
    pub fn get(
        &mut self,
        target: &Spanned<String>,
        embed: Option<Span>,
        context: &mut Context<'_>,
    ) -> Option<Picture> {
        match self.find(target, embed, context) {
            Ok(picture) => Some(picture),
            Err(Fault { code, message, help }) => {
                context.error(code, target.span, message, help);
                None
            }
        }
    }

    /// Where the picture lies that an image names, also below a folder that is published as the root of a site, and no
    /// setting says so; else what is wrong with it.
    pub fn located(
        &mut self,
        target: &Spanned<String>,
        embed: Option<Span>,
        context: &mut Context<'_>,
    ) -> Result<ProjectPath, String> {
        let fault = match self.find(target, embed, context) {
            Ok(picture) => return Ok(picture.path),
            Err(fault) => fault,
        };
        let written = without_prefix(&target.value);
        let is_rooted = written.starts_with('/') && !written.starts_with("//");
        let site = is_rooted.then(|| self.site_of(written, context)).flatten();
        let path = site.and_then(|site| path_of(written.trim_start_matches('/'), &site).ok());
        path.ok_or(fault.message)
    }

    /// The size of a picture in points, if it can be measured; nothing is reported.
    pub fn size(&mut self, image: &Image, context: &mut Context<'_>) -> Option<Size> {
        let folder = context.guide.path.parent();
        let path = path_of(&image.target.value, &folder).ok()?;
        self.measure(&path, context.world).ok().map(|picture| picture.size())
    }

    /// A picture of the project, if it can be measured; a fault is not reported.
    pub fn known(&mut self, path: &ProjectPath, context: &Context<'_>) -> Option<Picture> {
        self.measure(path, context.world).ok()
    }

    /// The picture of a set that lies at a path, if there is one. `is_reported`: what is wrong with it is reported.
    pub fn of_set(
        &mut self,
        path: &ProjectPath,
        span: Span,
        is_reported: bool,
        context: &mut Context<'_>,
    ) -> Option<Picture> {
        match self.measure(path, context.world) {
            Ok(picture) => Some(picture),
            Err(Fault { code, message, help }) => {
                if is_reported && code != "missing-image" {
                    context.error(code, span, message, help);
                }
                None
            }
        }
    }

    fn find(
        &mut self,
        target: &Spanned<String>,
        embed: Option<Span>,
        context: &mut Context<'_>,
    ) -> Result<Picture, Fault> {
        let folder = context.guide.path.parent();
        let world = context.world;
        let written = without_prefix(&target.value);
        let located = match rooted(written, &context.settings.statics) {
            Some(candidates) if candidates.is_empty() => {
                return absolute(written, self.site_of(written, context).as_ref());
            }
            Some(candidates) => return self.first(candidates, written, context),
            None => locate(written, &folder)?,
        };
        let missing = match self.measure(&located, world) {
            Err(fault) if fault.code == "missing-image" => fault,
            other => return other,
        };
        if let Some(picture) = self.below_page(target, context) {
            return Ok(picture);
        }
        let found = self.files.like(&located, &folder, embed.is_some(), world);
        let Some(path) = found else {
            let help = near_file(&located, &folder, world)
                .map_or(missing.help, |near| format!("did you mean `{near}`?"));
            return Err(Fault { help, ..missing });
        };
        let picture = self.measure(&path, world)?;
        let meant = path.relative_to(&folder);
        if let Some(span) = embed {
            let text = reading::embed_of(context.source.slice(span), &meant);
            context.fixes.extend(text.map(|text| Fix { span, text }));
        } else {
            let message = format!("`{written}` is read as `{meant}`: other systems would not find it");
            let help = format!("write `{meant}`");
            let warning = Diagnostic::warning("guessed-path", context.source.path(), target.span, message);
            context.found.push(warning.help(help));
            let plain = !meant.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
            if plain && context.source.slice(target.span) == target.value {
                context.fixes.push(Fix { span: target.span, text: meant });
            }
        }
        Ok(picture)
    }

    /// The picture of an address that is written for a site which gives each page a folder of its own: there,
    /// `../shots/a.png` in `how/sign-in.md` leads to `how/shots/a.png`.
    fn below_page(&mut self, target: &Spanned<String>, context: &mut Context<'_>) -> Option<Picture> {
        let guide = &context.guide.path;
        let (folder, page) = (guide.parent(), guide.stem());
        let is_folder = matches!(page.to_lowercase().as_str(), "index" | "_index" | "readme");
        let is_up = target.value.starts_with("../");
        let page = folder.join(page).ok().filter(|_| is_up && !is_folder)?;
        let picture = self.measure(&path_of(&target.value, &page).ok()?, context.world).ok()?;
        let (written, meant) = (&target.value, picture.path.relative_to(&folder));
        let message = format!("`{written}` is read as `{meant}`, as on a site where each page is a folder");
        let help = format!("write `{meant}`, unless that site is built from this file too");
        let warning = Diagnostic::warning("guessed-path", context.source.path(), target.span, message);
        context.found.push(warning.help(help));
        Some(picture)
    }

    /// The folder that an address means which starts at the root of a site, where none is named for that: the nearest
    /// upwards that holds the picture, or one in it where generators keep what is published as it is.
    fn site_of(&mut self, written: &str, context: &Context<'_>) -> Option<ProjectPath> {
        let folder = context.guide.path.parent();
        let mut sites =
            folder.upwards().flat_map(|at| PUBLISHED.iter().filter_map(move |name| at.join(name).ok()));
        sites.find(|site| {
            let path = path_of(written.trim_start_matches('/'), site);
            path.is_ok_and(|path| self.measure(&path, context.world).is_ok())
        })
    }

    /// The first of several paths at which there is a picture.
    fn first(
        &mut self,
        candidates: Vec<ProjectPath>,
        written: &str,
        context: &Context<'_>,
    ) -> Result<Picture, Fault> {
        let mut missing = None;
        for path in candidates {
            match self.measure(&path, context.world) {
                Err(fault) if fault.code == "missing-image" => missing = Some(fault),
                other => return other,
            }
        }
        missing.map_or_else(|| absolute(written, None), Err)
    }

    fn measure(&mut self, path: &ProjectPath, world: &dyn World) -> Result<Picture, Fault> {
        self.measured.entry(path.clone()).or_insert_with(|| measure(path, world)).clone()
    }
}

/// Where a picture may lie whose address starts at the site's root.
fn rooted(target: &str, statics: &[ProjectPath]) -> Option<Vec<ProjectPath>> {
    if let Some(path) = target.strip_prefix("@site/") {
        return Some(path_of(path, &ProjectPath::root()).into_iter().collect());
    }
    let path = target.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?;
    Some(statics.iter().filter_map(|folder| path_of(path, folder).ok()).collect())
}

/// `site`: the folder that holds the picture.
fn absolute<T>(target: &str, site: Option<&ProjectPath>) -> Result<T, Fault> {
    let message = format!("`{target}` starts at the root of a site, and no folder is named for that");
    let help = site.map(|site| if site.as_str().is_empty() { "." } else { site.as_str() }).map_or_else(
        || "name the folder in `guidemark.toml`: `static = [\"static\"]`; or write the path relative to the guide".to_owned(),
        |site| format!("write `static = [\"{site}\"]` in `guidemark.toml`: the picture lies there"),
    );
    fault("path-outside", message, help)
}

/// The file that an image names in a guide of `folder`.
fn locate(target: &str, folder: &ProjectPath) -> Result<ProjectPath, Fault> {
    let remote = target.starts_with("//") || target.starts_with("\\\\");
    match url::scheme(target).as_deref() {
        Some("http" | "https" | "data") => return remote_image(target),
        _ if remote => return remote_image(target),
        // One letter is a drive, and reported as an absolute path.
        Some(scheme) if scheme.len() > 1 => {
            let message = format!("`{target}` is not a path of the project");
            let help = "copy it into the project, and name it relative to the guide";
            return fault("path-outside", message, help);
        }
        _ => {}
    }
    if target.is_empty() {
        return fault(
            "missing-image",
            "the image names no file".to_owned(),
            "write its path: `![…](shots/01.png)`",
        );
    }
    path_of(target, folder).or_else(|bad| {
        let help = "copy it into the project, and name it relative to the guide";
        match bad {
            BadPath::Absolute => fault("path-outside", format!("`{target}` is an absolute path"), help),
            BadPath::Outside => fault("path-outside", format!("`{target}` leads out of the project"), help),
            BadPath::Invalid => fault("path-outside", "the path holds a NUL character".to_owned(), help),
        }
    })
}

fn remote_image<T>(target: &str) -> Result<T, Fault> {
    let short = crate::guide::text::cut(target, 60);
    let message = format!("the image `{short}` is not a file of the project");
    let help = "a page makes no request: save the picture beside the guide and name that file";
    if url::scheme(target).is_some_and(|scheme| scheme == "data") {
        return fault("remote-image", message, help);
    }
    let help = format!("{help}; or run `guidemark import`, which fetches the pictures of a guide's text");
    fault("remote-image", message, help)
}

fn measure(path: &ProjectPath, world: &dyn World) -> Result<Picture, Fault> {
    if path.extension() == "svg" {
        return svg(path);
    }
    let mut wrong = None;
    let mut look = |bytes: &[u8]| look(path, bytes).map_err(|fault| wrong = Some(fault)).ok();
    let found = world.measure(path, MAX_FILE, &mut look).or_else(|error| unread(path, error))?;
    let Some(Measured { width, height, bytes, hash }) = found else {
        return wrong.map_or_else(|| unreadable(path, "it is not a picture"), Err);
    };
    let density = if path.stem().ends_with("@2x") { 2 } else { 1 };
    Ok(Picture { path: path.clone(), width, height, density, bytes, hash })
}

/// What a picture file holds. `path` is only for messages.
fn look(path: &ProjectPath, bytes: &[u8]) -> Result<Measured, Fault> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.or_else(|error| unreadable(path, &error.to_string()))?;
    match reader.format() {
        Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif) => {}
        Some(other) => return unreadable(path, &format!("it is {}", other.to_mime_type())),
        None if is_svg(bytes) => return svg(path),
        None => return unreadable(path, "it is not a picture"),
    }
    let mut decoder = reader.into_decoder().or_else(|error| unreadable(path, &error.to_string()))?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        let message = format!("`{path}` has {width}×{height} pixels");
        let help =
            format!("a side may have {MAX_SIDE} pixels, and a picture {} megapixels", MAX_PIXELS >> 20);
        return fault("image-too-large", message, help);
    }
    let (width, height) = match decoder.orientation().unwrap_or(Orientation::NoTransforms) {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
    };
    if width == 0 || height == 0 {
        return unreadable(path, "it has no pixels");
    }
    Ok(Measured { width, height, bytes: bytes.len() as u64, hash: *blake3::hash(bytes).as_bytes() })
}

fn svg<T>(path: &ProjectPath) -> Result<T, Fault> {
    let message = format!("`{path}` is an SVG, which may hold scripts");
    fault("svg-image", message, "save it as PNG, JPEG, WebP or GIF")
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    String::from_utf8_lossy(head).contains("<svg")
}

fn unreadable<T>(path: &ProjectPath, why: &str) -> Result<T, Fault> {
    let why = why.lines().next().unwrap_or_default().trim_end_matches('.');
    let message = format!("`{path}` can't be read as a picture: {why}");
    fault("unreadable-image", message, "save it again as PNG, JPEG, WebP or GIF")
}

fn unread<T>(path: &ProjectPath, error: ReadError) -> Result<T, Fault> {
    let (code, help) = match error {
        ReadError::Missing => ("missing-image", "paths are relative to the guide's file"),
        ReadError::Outside => ("path-outside", "copy the picture itself into the project"),
        ReadError::NotAFile => ("missing-image", "name a picture in it"),
        ReadError::TooLarge(_) => ("image-too-large", "save it smaller"),
        ReadError::Failed(_) => ("unreadable-image", "look at the file's permissions"),
    };
    fault(code, error.about(path), help)
}

/// A file that may have been meant, as written in a guide of `folder`: one beside the missing file with a
/// near name, else one below the guide's folder with the same name.
fn near_file(missing: &ProjectPath, folder: &ProjectPath, world: &dyn World) -> Option<String> {
    let beside = world.list(&missing.parent()).unwrap_or_default();
    let names = beside.iter().filter(|file| file.parent() == missing.parent()).map(ProjectPath::name);
    let below = || world.list(folder).unwrap_or_default();
    let near = match near::nearest(missing.name(), names) {
        Some(name) => missing.parent().join(name).ok()?,
        None => below().into_iter().find(|file| file.name() == missing.name())?,
    };
    relative(&near, folder)
}

/// A path as written in a guide of `folder`, if it lies below it.
fn relative(path: &ProjectPath, folder: &ProjectPath) -> Option<String> {
    let rest = path.as_str().strip_prefix(folder.as_str())?;
    Some(rest.trim_start_matches('/').to_owned())
}
