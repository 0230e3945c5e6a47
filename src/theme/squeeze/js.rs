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
    parse(&Allocator::default(), text, kind).err()
}

fn parse<'a>(allocator: &'a Allocator, text: &'a str, kind: Kind) -> Result<Program<'a>, SyntaxError> {
    let source_type = match kind {
        Kind::Module => SourceType::mjs(),
        Kind::Classic => SourceType::script(),
    };
    let parsed = Parser::new(allocator, text, source_type).parse();
    if let Some(error) = parsed.diagnostics.errors().next() {
        return Err(told(error, text));
    }
    // What can be read and is wrong all the same: a name declared twice, a `break` out of nowhere.
    let understood = SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
    match understood.diagnostics.errors().next() {
        Some(error) => Err(told(error, text)),
        None => Ok(parsed.program),
    }
}

fn told(error: &OxcDiagnostic, text: &str) -> SyntaxError {
    // A script of the program's limits has far fewer bytes than `u32` counts; a place beyond is its end.
    let place = |at: u32| usize::try_from(at).unwrap_or(text.len()).min(text.len());
    let at = error.labels.first().map_or(text.len()..text.len(), |label| {
        place(label.offset())..place(label.offset().saturating_add(label.len()))
    });
    SyntaxError { message: error.message.to_string(), at }
}
