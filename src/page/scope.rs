//! What a page has beside it.

/// What a page has beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The site it is a page of: a library, other guides, files.
    #[default]
    Site,
    /// Nothing: the page is a single file that can be sent or published anywhere.
    Alone,
}

impl Scope {
    /// Whether the page is one of a site.
    pub fn is_site(self) -> bool {
        match self {
            Self::Site => true,
            Self::Alone => false,
        }
    }

    /// What a page of a site has and one that stands alone has not.
    pub fn in_site<T>(self, value: T) -> Option<T> {
        self.is_site().then_some(value)
    }
}
