//! A script in few bytes: parsed, simplified and printed again by oxc.

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_diagnostics::OxcDiagnostic;
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use std::ops::Range;

/// How a browser reads a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `<script type="module">`: what it declares is its own.
    Module,
    /// `<script>`: what it declares outside of a block, all scripts of the page see.
    Classic,
}

/// Why a text is no script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the text.
    pub at: Range<usize>,
}

/// The same script, shorter: without comments, needless white space, what is never used and long names
/// of its own.
///
/// # Errors
/// The first [`SyntaxError`].
pub fn js(text: &str, kind: Kind) -> Result<String, SyntaxError> {
    on_a_large_stack(text, || squeezed(text, kind))
}

fn squeezed(text: &str, kind: Kind) -> Result<String, SyntaxError> {
    let allocator = Allocator::default();
    let mut program = parse(&allocator, text, kind)?;
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    let printer = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings);
    Ok(printer.build(&program).code)
}

/// The first thing that makes a text no script.
pub fn syntax_error(text: &str, kind: Kind) -> Option<SyntaxError> {
    on_a_large_stack(text, || parse(&Allocator::default(), text, kind).map(drop)).err()
}

/// Most brackets within each other, and most words and signs in one expression.
const DEEPEST: (usize, usize) = (500, 4_000);
/// What the parser may take for what is nested, in bytes.
const STACK: usize = 128 << 20;

/// What is done with a script needs room for what is nested in it; scripts that would need more are refused.
fn on_a_large_stack<T: Send>(
    text: &str,
    work: impl FnOnce() -> Result<T, SyntaxError> + Send,
) -> Result<T, SyntaxError> {
    let failed = |message: &str, at: usize| Err(SyntaxError { message: message.to_owned(), at: at..at });
    if let Some(at) = too_deep(text) {
        return failed("what stands here is nested too deeply", at);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(_)) | Err(_) => failed("there is no room to read it", text.len()),
        }
    })
}

/// Where a script is nested too deeply. Comments and texts are read like the rest of it: a theme is code that its project
/// trusts, and this keeps accidents away, not whoever wants to hide something.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut run) = (0_usize, 0_usize);
    let mut in_word = false;
    for (at, letter) in text.char_indices() {
        let word = letter.is_alphanumeric() || matches!(letter, '_' | '$');
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match letter {
            ';' | '{' | '}' | ',' => run = 0,
            letter if letter.is_whitespace() || word && in_word => {}
            _ => run += 1,
        }
        in_word = word;
        if depth > DEEPEST.0 || run > DEEPEST.1 {
            return Some(at);
        }
    }
    None
}

fn parse<'a>(allocator: &'a Allocator, text: &'a str, kind: Kind) -> Result<Program<'a>, SyntaxError> {
    let source_type = match kind {
        Kind::Module => SourceType::mjs(),
        Kind::Classic => SourceType::script(),
    };
    let parsed = Parser::new(allocator, text, source_type).parse();
    if let Some(error) = parsed.diagnostics.errors().next() {
        return Err(located(error, text));
    }
    // What can be read and is wrong all the same: a name declared twice, a `break` out of nowhere.
    let understood = SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
    match understood.diagnostics.errors().next() {
        Some(error) => Err(located(error, text)),
        None => Ok(parsed.program),
    }
}

fn located(error: &OxcDiagnostic, text: &str) -> SyntaxError {
    // A script of the program's limits has far fewer bytes than `u32` counts; a place beyond is its end.
    let place = |at: u32| usize::try_from(at).unwrap_or(text.len()).min(text.len());
    let at = error.labels.first().map_or(text.len()..text.len(), |label| {
        place(label.offset())..place(label.offset().saturating_add(label.len()))
    });
    SyntaxError { message: error.message.to_string(), at }
}
