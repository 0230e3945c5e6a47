//! What happens to the files of a project, as it is reported to the builder.

use crate::source::ProjectPath;

/// What the builder hears.
#[derive(Debug)]
pub enum Signal {
    /// Files have changed.
    Changed {
        /// Which.
        change: Change,
        /// Whether whoever changed them has finished with them.
        done: bool,
    },
    /// The server ends.
    Stop,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// To what stands in these files; none has come or gone.
    Written(Vec<ProjectPath>),
    /// To these files or folders.
    Paths(Vec<ProjectPath>),
    /// To nobody knows what.
    Anything,
}

impl Change {
    /// Both.
    pub fn and(&mut self, other: Change) {
        use Change::{Anything, Paths, Written};
        let together = |mut all: Vec<ProjectPath>, more| {
            all.extend(more);
            all.sort();
            all.dedup();
            all
        };
        *self = match (std::mem::replace(self, Anything), other) {
            (Written(all), Written(more)) => Written(together(all, more)),
            (Written(all) | Paths(all), Written(more) | Paths(more)) => Paths(together(all, more)),
            (Anything, _) | (_, Anything) => Anything,
        };
    }

    /// What has changed; `None`: anything may have.
    pub fn paths(&self) -> Option<&[ProjectPath]> {
        match self {
            Change::Written(paths) | Change::Paths(paths) => Some(paths),
            Change::Anything => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::source::ProjectPath;

    #[test]
    fn changes_add_up() {
        let path = |path| ProjectPath::new(path).unwrap();
        let mut change = Change::Paths(vec![path("b")]);
        change.and(Change::Written(vec![path("a"), path("b")]));
        assert_eq!(change, Change::Paths(vec![path("a"), path("b")]));
        let mut written = Change::Written(vec![path("b")]);
        written.and(Change::Written(vec![path("a")]));
        assert_eq!(written, Change::Written(vec![path("a"), path("b")]));
        change.and(Change::Anything);
        assert_eq!(change, Change::Anything);
    }
}
