//! What the address of a picture says that Scribe or Tango made: the part that is shown, and where the click was.
//!
//! Scribe cuts and marks by `tl_px`, `br_px`, `width`, `wat_pad` and `wat_scale`; Tango by `fp-x`, `fp-y`, `fp-z`, `w`,
//! `mark-x`, `mark-y` and a mark whose own address is in `m64`. Read off public guides of both.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;

/// Half the width of Scribe's mark at its full size, in pixels: its place is that of its corner.
const SCRIBE_RADIUS: f64 = 36.0;
/// The width that Tango makes its pictures in unless the address says another.
const TANGO_WIDTH: f64 = 1200.0;

/// A box in pixels; width and height are 0 for a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

/// A picture's address, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    /// Where to fetch it: the same part of the picture, at its full size and without the mark.
    pub url: String,
    shown: Shown,
    mark: Option<Place>,
}

/// Which part of the picture is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shown {
    /// Nothing is said of it.
    All,
    /// A box of the picture, shown in `width` pixels.
    Cut { cut: Place, width: f64 },
    /// Around a point (0 to 1), enlarged, shown in `width` pixels. `aspect`: width by height.
    Around { x: f64, y: f64, zoom: f64, width: f64, aspect: Option<f64> },
}

/// Where a mark lies in the picture that was fetched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The mark.
    pub mark: Option<Place>,
    /// The part that the document showed, where the picture is more than that.
    pub cut: Option<Place>,
}

/// Takes an address apart.
pub fn read(url: &str) -> Address {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let values: BTreeMap<&str, String> = pairs
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key, percent_decode_str(value).decode_utf8_lossy().into_owned()))
        .collect();
    let (shown, mark, dropped): (_, _, &[&str]) = if values.contains_key("tl_px") {
        (scribe_cut(&values), scribe_mark(&values), &["wat", "width"])
    } else if values.contains_key("fp-x") {
        (tango_part(&values), tango_mark(&values), &["mark", "m64", "blend", "border"])
    } else {
        (Shown::All, None, &[])
    };
    let rest = pairs.into_iter().filter(|pair| !dropped.iter().any(|start| pair.starts_with(start)));
    let query = rest.collect::<Vec<_>>().join("&");
    let url = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    Address { url, shown, mark }
}

impl Address {
    /// Where the mark lies in a picture of this size in pixels: servers may send the part that was asked for, or all.
    pub fn find(&self, width: f64, height: f64) -> Found {
        let found = match self.shown {
            Shown::All => Found { mark: self.mark, cut: None },
            Shown::Cut { cut, width: shown } => {
                // What is larger than the part, and holds it, is all of the picture.
                let is_part = (width - cut.w).abs() <= 2.0;
                let holds = width + 2.0 >= cut.x + cut.w && height + 2.0 >= cut.y + cut.h;
                if holds && !is_part {
                    Found { mark: self.scaled(cut.x, cut.y, cut.w / shown), cut: Some(cut) }
                } else {
                    Found { mark: self.scaled(0.0, 0.0, width / shown), cut: None }
                }
            }
            Shown::Around { x, y, zoom, width: shown, aspect } => {
                let (w, h) = (width / zoom, width / zoom / aspect.unwrap_or(width / height));
                let corner =
                    |at: f64, all: f64, part: f64| (at * all - part / 2.0).clamp(0.0, (all - part).max(0.0));
                let whole = (width - shown).abs() > 2.0;
                let (left, top, scale) = match whole {
                    true => (corner(x, width, w), corner(y, height, h), w / shown),
                    false => (0.0, 0.0, 1.0),
                };
                Found { mark: self.scaled(left, top, scale), cut: None }
            }
        };
        let inside = |place: &Place| {
            place.x >= 0.0
                && place.y >= 0.0
                && place.x + place.w <= width + 2.0
                && place.y + place.h <= height + 2.0
        };
        Found { mark: found.mark.filter(inside), cut: found.cut.filter(inside) }
    }

    fn scaled(&self, x: f64, y: f64, scale: f64) -> Option<Place> {
        let Place { x: left, y: top, w, h } = self.mark?;
        Some(Place { x: x + left * scale, y: y + top * scale, w: w * scale, h: h * scale })
    }
}

fn scribe_cut(values: &BTreeMap<&str, String>) -> Shown {
    let corners = pair(values, "tl_px").zip(pair(values, "br_px"));
    let Some(((left, top), (right, bottom))) = corners.filter(|((x, y), (r, b))| r > x && b > y) else {
        return Shown::All;
    };
    let cut = Place { x: left, y: top, w: right - left, h: bottom - top };
    let width = number(values, "width").unwrap_or(cut.w);
    Shown::Cut { cut, width }
}

fn scribe_mark(values: &BTreeMap<&str, String>) -> Option<Place> {
    let (x, y) = pair(values, "wat_pad")?;
    let radius = SCRIBE_RADIUS * number(values, "wat_scale").unwrap_or(100.0) / 100.0;
    Some(Place { x: x + radius, y: y + radius, w: 0.0, h: 0.0 })
}

fn tango_part(values: &BTreeMap<&str, String>) -> Shown {
    let aspect = values.get("ar").and_then(|text| text.split_once(':'));
    let aspect = aspect.and_then(|(w, h)| Some(positive(w)? / positive(h)?));
    Shown::Around {
        x: number_from_zero(values, "fp-x").unwrap_or(0.5).min(1.0),
        y: number_from_zero(values, "fp-y").unwrap_or(0.5).min(1.0),
        zoom: number(values, "fp-z").unwrap_or(1.0).max(1.0),
        width: number(values, "w").unwrap_or(TANGO_WIDTH),
        aspect,
    }
}

fn tango_mark(values: &BTreeMap<&str, String>) -> Option<Place> {
    let (x, y) = (number_from_zero(values, "mark-x")?, number_from_zero(values, "mark-y")?);
    let written = values.get("m64").or_else(|| values.get("mark64"))?;
    let decoded = STANDARD.decode(written).or_else(|_| URL_SAFE.decode(written)).ok()?;
    let own = String::from_utf8(decoded).ok()?;
    let (_, query) = own.split_once('?')?;
    let side = |key: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        value.and_then(positive)
    };
    Some(Place { x, y, w: side("w")?, h: side("h")? })
}

fn pair(values: &BTreeMap<&str, String>, key: &str) -> Option<(f64, f64)> {
    let (x, y) = values.get(key)?.split_once(',')?;
    Some((from_zero(x)?, from_zero(y)?))
}

fn number(values: &BTreeMap<&str, String>, key: &str) -> Option<f64> {
    positive(values.get(key)?)
}

fn number_from_zero(values: &BTreeMap<&str, String>, key: &str) -> Option<f64> {
    from_zero(values.get(key)?)
}

fn positive(text: &str) -> Option<f64> {
    from_zero(text).filter(|number| *number > 0.0)
}

/// A number that a picture can have: `NaN` and what is beyond all screens is none.
fn from_zero(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| (0.0..1e6).contains(number))
}

#[cfg(test)]
mod tests {
    use super::{Place, read};

    const SCRIBE: &str = "https://img.example/https://shots.example/files/1/ascreenshot.jpeg?tl_px=577,0&br_px=1437,480\
        &force_format=png&width=860&wat_scale=76&wat=1&wat_gravity=northwest&wat_url=https://a.example/w.png&wat_pad=402,203";
    const TANGO: &str = "https://img.example/steps/1.png?crop=focalpoint&fit=crop&fp-x=0.6400&fp-y=0.2884&fp-z=2.8104&w=1200\
        &border=2%2CF4F2F7&blend-align=bottom&mark-x=506&mark-y=325&m64=aHR0cHM6Ly9pbWFnZXMudGFuZ28udXMvc3RhdGljL2JsYW5rLn\
        BuZz9tYXNrPWNvcm5lcnMmYm9yZGVyPTYlMkNGRjc0NDImdz0xODgmaD02MyZmaXQ9Y3JvcCZjb3JuZXItcmFkaXVzPTEw";

    fn near(found: Option<Place>, x: f64, y: f64) -> bool {
        found.is_some_and(|place| (place.x - x).abs() < 1.0 && (place.y - y).abs() < 1.0)
    }

    #[test]
    fn scribes_cut_and_mark() {
        let address = read(SCRIBE);
        let part = "https://img.example/https://shots.example/files/1/ascreenshot.jpeg";
        assert_eq!(address.url, format!("{part}?tl_px=577,0&br_px=1437,480&force_format=png"));
        let cut = address.find(860.0, 480.0);
        assert!(near(cut.mark, 429.4, 230.4) && cut.cut.is_none(), "{cut:?}");
        // A server that knows nothing of cutting.
        let whole = address.find(1920.0, 1080.0);
        assert!(near(whole.mark, 1006.4, 230.4), "{whole:?}");
        assert_eq!(whole.cut, Some(Place { x: 577.0, y: 0.0, w: 860.0, h: 480.0 }));
    }

    #[test]
    fn tangos_part_and_mark() {
        let address = read(TANGO);
        let part = "https://img.example/steps/1.png?crop=focalpoint&fit=crop&fp-x=0.6400&fp-y=0.2884&fp-z=2.8104&w=1200";
        assert_eq!(address.url, part);
        assert_eq!(address.find(1200.0, 700.0).mark, Some(Place { x: 506.0, y: 325.0, w: 188.0, h: 63.0 }));
        let whole = address.find(1920.0, 1080.0).mark.unwrap();
        assert!((whole.w - 188.0 * 1920.0 / 2.8104 / 1200.0).abs() < 0.1, "{whole:?}");
        assert!(near(Some(whole), 887.2 + 288.1, 119.3 + 185.0), "{whole:?}");
    }

    #[test]
    fn nonsense_says_nothing() {
        for url in [
            "https://a.example/a.png",
            "https://a.example/a.png?tl_px=9,9&br_px=1,1&wat_pad=1,NaN",
            "https://a.example/a.png?tl_px=x&wat_pad=1e99,1",
            "https://a.example/a.png?fp-x=&mark-x=1&mark-y=1&m64=%00",
            "?&=&&",
        ] {
            let found = read(url).find(100.0, 100.0);
            assert_eq!((found.mark, found.cut), (None, None), "{url}");
        }
    }
}
