//! What a replay found is written: all of a guide together, or nothing of it.

use super::secrets::Secrets;
use super::{Read, Refreshing};
use crate::author::{self, Change, Unsaved};
use crate::refresh::report::GuideReport;
use crate::refresh::{Renewal, Renewing, Setting, lock_of_set};
use crate::shot;
use crate::source::{ProjectPath, World};
use similar::TextDiff;
use std::sync::PoisonError;
use std::time::{SystemTime, UNIX_EPOCH};

impl Refreshing<'_> {
    /// Renews a guide, and tells what was written.
    pub(super) fn renew(&self, read: &Read, setting: &Setting, report: &mut GuideReport) {
        let today = today();
        let renewing = Renewing {
            source: &read.source,
            guide: &read.guide,
            resolved: read.resolved.as_ref(),
            plan: &read.plan,
            run: &report.run,
            setting,
            lock: &read.lock,
            is_accepted: self.run.args.accept,
            is_proposing: self.run.args.propose,
            today: &today,
        };
        let done = match renewing.renewal() {
            Ok(renewal) => self.write(read, renewal, &self.run.known(), report),
            Err(refusal) => Err((refusal.message, "change the guide by hand".to_owned())),
        };
        if let Err(failure) = done {
            report.run.failure = Some(failure);
        }
    }

    fn write(
        &self,
        read: &Read,
        renewal: Renewal,
        secrets: &Secrets,
        report: &mut GuideReport,
    ) -> Result<(), (String, String)> {
        let Renewal { text, pictures, lock, proposed, left, redacted: _ } = renewal;
        let path = read.source.path();
        let mut files: Vec<(ProjectPath, Vec<u8>)> = Vec::new();
        files.extend(pictures);
        files.extend(lock.map(|text| (lock_of_set(path, &self.asked.variant), text.into_bytes())));
        files.extend(text.clone().map(|text| (path.clone(), text.into_bytes())));
        let world = &self.target.world;
        let mut changes = Vec::new();
        for (file, after) in files {
            // The guide is what was read, whoever has written it since.
            let is_guide = file == *path;
            let before = if is_guide {
                Some(read.source.text().as_bytes().to_vec())
            } else {
                world.read(&file, shot::MAX_FILE).ok()
            };
            leaks(secrets, &self.target.shown(file.as_str()), &after, before.as_deref().unwrap_or_default())?;
            if before.as_ref() != Some(&after) {
                changes.push(Change { path: file, before, after });
            }
        }
        if !changes.is_empty() {
            let _turn = self.run.writing.lock().unwrap_or_else(PoisonError::into_inner);
            author::together(world, &changes).map_err(unsaved)?;
        }
        report.written = changes.iter().map(|change| self.target.shown(change.path.as_str())).collect();
        report.left = left;
        report.patch = proposed.map(|proposed| {
            let name = self.target.shown(path.as_str());
            let before = text.as_deref().unwrap_or(read.source.text());
            TextDiff::from_lines(before, &proposed).unified_diff().header(&name, &name).to_string()
        });
        Ok(())
    }
}

fn leaks(secrets: &Secrets, file: &str, bytes: &[u8], before: &[u8]) -> Result<(), (String, String)> {
    match secrets.leak(bytes, before) {
        None => Ok(()),
        Some(name) => Err((
            format!("`{file}` would hold the value of `{name}`"),
            "nothing was written of this guide; type the variable where it does not come into addresses, titles or texts"
                .to_owned(),
        )),
    }
}

fn unsaved(error: Unsaved) -> (String, String) {
    match error {
        Unsaved::Changed => (
            "a file of the guide was changed meanwhile".to_owned(),
            "nothing was written; run the command again".to_owned(),
        ),
        Unsaved::Failed(message) => {
            (message, "nothing of the guide is lost; run the command again".to_owned())
        }
    }
}

/// The day, as files write it.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (year, month, day) = civil(seconds / 86_400);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of the Gregorian calendar, so many days after the first of 1970 (Howard Hinnant's `civil_from_days`).
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_784), (2026, 11, 27));
    }
}
