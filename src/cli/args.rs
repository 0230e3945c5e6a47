//! What may be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Step-by-step guides from one Markdown file: an interactive walkthrough, a readable article and an embed in
/// one self-contained HTML file.
#[derive(Debug, Parser)]
#[command(name = "guidemark", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
}

/// What holds for every command.
#[derive(Debug, Default, Args)]
pub struct Global {
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// When to do something that depends on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a project with one small working guide
    New(New),
    /// Make a guide from screenshots, or from a guide of another tool
    Import(Import),
    /// Write the site, or the page of one guide
    Build(Build),
    /// Show the site in the browser, and follow every change
    Serve(Serve),
    /// Make a guide of what is done in a browser
    Record(Record),
    /// Do guides again in their application, and renew the screenshots that have changed
    Refresh(Refresh),
    /// Say all that is wrong or weak, without writing
    Check(Check),
    /// Print the code that embeds a guide in another page
    Embed(Embed),
    /// Make a PDF, pictures, Markdown, an animation or a course of a guide
    Export(Export),
    /// Start a theme, or see what a theme may override
    #[command(subcommand)]
    Theme(Theme),
    /// Print the schema of a file that is written for Guidemark
    Schema(Schema),
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

/// `guidemark new`.
#[derive(Debug, Args)]
pub struct New {
    /// Folder of the project; made if there is none
    pub dir: PathBuf,
}

/// `guidemark import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Screenshots, a folder of them, a guide exported as Markdown (Scribe, Tango), a Playwright trace (`trace.zip`), or a recording of Chrome's DevTools (JSON)
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Folder of the new guide [default: named after its title, in `guides` of the project around here]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Title of the guide [default: what the files say]
    #[arg(long)]
    pub title: Option<String>,
    /// The application it is about, as a key of `[apps]` in `guidemark.toml`
    #[arg(long, value_name = "KEY")]
    pub app: Option<String>,
    /// Language of the sentences made of a trace: en, fr, de, es, ja, ar [default: en]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Fetch no pictures from other servers
    #[arg(long)]
    pub offline: bool,
    /// Pixels a point of the pictures that are drawn of a trace, 1 or 2 [default: as it was recorded]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub scale: Option<u8>,
}

/// `guidemark export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Guides: their Markdown files
    #[arg(required = true, value_name = "GUIDE")]
    pub guides: Vec<PathBuf>,
    /// What to make
    #[arg(long, value_name = "FORM")]
    pub to: ExportForm,
    /// File, or folder for several [default: named after the guide, in the current folder]
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Width and height of a film or an animation in pixels [default: 1280x800 and 800x560]
    #[arg(long, value_name = "WxH", value_parser = super::values::size)]
    pub size: Option<(u32, u32)>,
    /// Light or dark [default: light]
    #[arg(long, value_name = "SCHEME")]
    pub scheme: Option<ExportScheme>,
    /// The language of the guide, a tag as `pt-BR`, whatever it says itself: what the page and documents add to its text
    #[arg(long, value_name = "TAG", value_parser = super::values::lang)]
    pub lang: Option<String>,
    /// The steps that a film or an animation shows: `3-8`
    #[arg(long, value_name = "N-M", value_parser = super::values::steps)]
    pub steps: Option<std::ops::RangeInclusive<usize>>,
    /// The one chapter that a film or an animation shows, by number
    #[arg(long, value_name = "N", conflicts_with = "steps")]
    pub chapter: Option<usize>,
    /// How much moves [default: `full` in films, `steps` in other animations]
    #[arg(long, value_name = "HOW")]
    pub motion: Option<ExportMotion>,
    /// Pictures a second [default: 30 for films, 12 for other animations]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=60))]
    pub fps: Option<u32>,
    /// Words a minute that people read [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(50..=1000))]
    pub pace: Option<u32>,
    /// The longest that a film or an animation may be: pauses are made shorter
    #[arg(long, value_name = "TIME", value_parser = super::values::length)]
    pub max: Option<std::time::Duration>,
    /// What Markdown is for [default: github]
    #[arg(long, value_name = "WIKI")]
    pub flavour: Option<ExportFlavour>,
    /// What it takes to work.
    #[command(flatten)]
    pub work: Work,
}

/// What `export` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportForm {
    /// A document
    Pdf,
    /// The screenshots with their marks
    Png,
    /// Markdown with pictures
    Md,
    /// A document of word processors
    Docx,
    /// A film in H.264, with captions
    Mp4,
    /// A film in VP9, with captions
    Webm,
    /// An animation
    Gif,
    /// An animation, far smaller
    Webp,
    /// A course in SCORM 1.2
    Scorm,
    /// A course in SCORM 2004
    #[value(name = "scorm2004")]
    Scorm2004,
}

/// How much moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportMotion {
    /// Cursor, camera and letters
    Full,
    /// A still a step
    Steps,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportScheme {
    /// Light
    Light,
    /// Dark
    Dark,
}

/// What Markdown is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFlavour {
    /// GitHub, GitLab and most others
    Github,
    /// Confluence
    Confluence,
    /// Notion
    Notion,
}

/// `guidemark build`.
#[derive(Debug, Args)]
pub struct Build {
    /// A project, or one guide's Markdown file [default: the project around here]
    pub path: Option<PathBuf>,
    /// Folder for the site [default: `public` in the project]
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub out: Option<PathBuf>,
    /// File for the page of one guide [default: beside the Markdown file]
    #[arg(short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Drafts too
    #[arg(long)]
    pub drafts: bool,
    /// What it takes to work.
    #[command(flatten)]
    pub work: Work,
}

/// What it takes to work on screenshots.
#[derive(Debug, Args)]
pub struct Work {
    /// How many guides at once [default: one a processor]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Folder for encoded screenshots [default: the user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub cache: Option<PathBuf>,
    /// Make every page and screenshot anew
    #[arg(long)]
    pub no_cache: bool,
}

/// `guidemark serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// A project, or one guide's Markdown file [default: the project around here]
    pub path: Option<PathBuf>,
    /// The port; 0 for any [default: 4747, or a free one after it]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Address to listen on, for others to see the guides [default: this machine alone]
    #[arg(long, value_name = "ADDR")]
    pub host: Option<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes instead of waiting to be told: for network drives
    #[arg(long)]
    pub poll: bool,
    /// What it takes to work.
    #[command(flatten)]
    pub work: Work,
}

/// `guidemark record`.
#[derive(Debug, Args)]
pub struct Record {
    /// The address to begin with
    #[arg(value_name = "URL")]
    pub url: Option<String>,
    /// Folder of the guide; new, or empty [default: `guides/recording` in a project, else `recording`]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Do what a file of steps says, instead of a person; `guidemark schema steps` prints its form
    #[arg(long, value_name = "FILE")]
    pub steps: Option<PathBuf>,
    /// Keep a browser profile of this name, for applications that one signs in to
    #[arg(long, value_name = "NAME", conflicts_with_all = ["attach", "browser"])]
    pub login: Option<String>,
    /// Join the browser that listens on this port: start it with `--remote-debugging-port=PORT`
    #[arg(long, value_name = "PORT", conflicts_with = "browser")]
    pub attach: Option<u16>,
    /// Join the browser at this address, `ws://…`
    #[arg(long, value_name = "WS")]
    pub browser: Option<String>,
    /// Without a window, for servers and tests; other programs drive the browser by the address that is printed
    #[arg(long, conflicts_with_all = ["attach", "browser"])]
    pub headless: bool,
    /// Width and height of the page, in points
    #[arg(long, value_name = "WxH", default_value = "1280x800")]
    pub viewport: String,
    /// Pixels a point: 1 or 2
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=2))]
    pub scale: u32,
    /// Title of the guide [default: that of the first page]
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Language of the sentences: en, fr, de, es, ja or ar [default: the project's]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Do not open the editor afterwards
    #[arg(long)]
    pub no_open: bool,
}

/// `guidemark refresh`.
#[derive(Debug, Args)]
pub struct Refresh {
    /// Guides: their Markdown files, or a project [default: the project around here]
    #[arg(value_name = "GUIDE")]
    pub guides: Vec<PathBuf>,
    /// Only say what has changed, and write nothing
    #[arg(long)]
    pub check: bool,
    /// Small changes make the exit status 1 too
    #[arg(long)]
    pub strict: bool,
    /// Write anchors and sentences anew where something is called otherwise, and take all pictures anew where a replay differs from how they were taken
    #[arg(long, conflicts_with = "check")]
    pub accept: bool,
    /// Propose anchors for actions that have a place alone, as a patch; with `--accept`, write them
    #[arg(long, conflicts_with = "check")]
    pub propose: bool,
    /// First run the commands that `setup` in `guidemark.toml` names
    #[arg(long)]
    pub setup: bool,
    /// Where the application is, instead of what the guides and the project say
    #[arg(long, value_name = "BASE")]
    pub url: Option<String>,
    /// Another origin that a replay may go to, as in `https://login.example.com`
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<String>,
    /// Take a set of pictures in light or dark beside the first, as in `shots/dark`
    #[arg(long, value_name = "SCHEME", conflicts_with = "propose")]
    pub scheme: Option<ExportScheme>,
    /// Take a set of pictures in this language beside the first, as in `shots/de`
    #[arg(long, value_name = "TAG", conflicts_with = "propose", value_parser = super::values::locale)]
    pub locale: Option<String>,
    /// Take a set of pictures in a window of this size beside the first, as in `shots/375x812`
    #[arg(long, value_name = "WxH", conflicts_with = "propose", value_parser = super::values::viewport)]
    pub viewport: Option<(u32, u32)>,
    /// Take a set of pictures of so many pixels a point beside the first, as in `shots/2x`
    #[arg(long, value_name = "N", conflicts_with = "propose", value_parser = clap::value_parser!(u32).range(1..=2))]
    pub scale: Option<u32>,
    /// Write a page with all pictures before and after into this folder, and a summary in Markdown
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// How it is told
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub format: RefreshFormat,
    /// How many guides at once
    #[arg(long, short, value_name = "N", default_value = "1")]
    pub jobs: NonZeroUsize,
    /// Replay a part of the guides: the first of four is `1/4`
    #[arg(long, value_name = "I/N", value_parser = super::values::shard)]
    pub shard: Option<(usize, usize)>,
    /// Use the browser at this address, `ws://…`, instead of starting one; several are taken in turn
    #[arg(long, value_name = "WS")]
    pub browser: Vec<String>,
}

/// How the verdicts are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RefreshFormat {
    /// For people: a line for each step that is not the same
    Human,
    /// For programs: one object a line
    Json,
    /// For test tools: JUnit's XML
    Junit,
    /// For GitHub: workflow commands that mark the lines of a pull request
    Github,
}

/// `guidemark schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// Of which file
    pub file: SchemaOf,
}

/// Files with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The steps of `record --steps`
    Steps,
}

/// `guidemark check`.
#[derive(Debug, Args)]
#[command(after_long_help = super::codes::help())]
pub struct Check {
    /// A project, or one guide's Markdown file [default: the project around here]
    pub path: Option<PathBuf>,
    /// For whom the findings are
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub format: Format,
    /// Warnings make the exit status 1 too
    #[arg(long)]
    pub strict: bool,
    /// Write what has one right answer into the guides: indentation, images, notes, numbers, the case of names
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: show what would be written, and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// What it takes to work.
    #[command(flatten)]
    pub work: Work,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: the line, and what to type instead
    Human,
    /// For programs: one object a line
    Json,
    /// For GitHub: workflow commands that mark the lines of a pull request
    Github,
}

/// `guidemark embed`.
#[derive(Debug, Args)]
pub struct Embed {
    /// Last part of the guide's address
    pub slug: String,
    /// The project [default: the one around here]
    pub path: Option<PathBuf>,
}

/// `guidemark theme`.
#[derive(Debug, Subcommand)]
pub enum Theme {
    /// Start a theme that changes the built-in one
    New {
        /// Its name; the theme lies in `themes/NAME`
        name: String,
        /// The project [default: the one around here]
        path: Option<PathBuf>,
    },
    /// List the files a theme may override, or print one of them
    Show {
        /// One of the files listed
        file: Option<String>,
    },
}

/// `guidemark completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `guidemark man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Of this command instead of the program
    pub command: Option<String>,
}
