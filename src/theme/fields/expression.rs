//! The fields that an expression of a template asks for: `guide.app.name`, `sections[0].html`.

use super::shape::Shape;
use super::tags::{Kind, Word};
use super::{Reader, suggest};
use crate::source::Source;

/// Names of the language.
const KEYWORDS: [&str; 13] =
    ["and", "or", "not", "is", "in", "if", "else", "for", "true", "false", "True", "False", "none"];

impl Reader<'_> {
    /// Tells of what an expression asks for in vain, and returns what it is.
    pub(super) fn expression(&mut self, source: &Source, words: &[Word<'_>]) -> Shape {
        let made = made_here(words);
        let mut whole = Shape::Any;
        let mut at = component(words);
        while let Some(word) = words.get(at) {
            if word.kind != Kind::Name || !is_asked(words, at) {
                at += 1;
            } else if made.contains(&word.text) {
                (at, _) = self.rest(source, words, at + 1, Shape::Any);
            } else {
                let (end, shape) = self.chain(source, words, at);
                if at == 0 && end == words.len() {
                    whole = shape;
                }
                at = end;
            }
        }
        whole
    }

    /// A name and what is asked of it, from `at`; where it ends and what it is.
    fn chain(&mut self, source: &Source, words: &[Word<'_>], at: usize) -> (usize, Shape) {
        let Some(name) = words.get(at) else { return (at + 1, Shape::Any) };
        let shape = self.meaning(name.text).unwrap_or_else(|| {
            let help = suggest(name.text, &self.names());
            self.problem(source, name.span, format!("variable `{}` is not defined", name.text), help);
            Shape::Any
        });
        self.rest(source, words, at + 1, shape)
    }

    /// What is asked of something, from the first `.` or `[` on.
    fn rest(
        &mut self,
        source: &Source,
        words: &[Word<'_>],
        mut at: usize,
        mut shape: Shape,
    ) -> (usize, Shape) {
        loop {
            let (sign, asked, close) = (words.get(at), words.get(at + 1), words.get(at + 2));
            let (Some(sign), Some(asked)) = (sign, asked) else { return (at, shape) };
            if sign.is_sign(".") || sign.is_sign("?.") {
                shape = self.step(source, asked, shape);
                at += 2;
            } else if sign.is_sign("[") || sign.is_sign("?[") {
                if !close.is_some_and(|close| close.is_sign("]")) || asked.kind == Kind::Name {
                    // What is looked up is worked out: the words in the brackets speak for themselves.
                    return (at + 1, Shape::Any);
                }
                shape = self.step(source, asked, shape);
                at += 3;
            } else {
                return (at, shape);
            }
        }
    }

    /// One field, or one item, of something.
    fn step(&mut self, source: &Source, asked: &Word<'_>, shape: Shape) -> Shape {
        let help = match shape {
            Shape::Any => return Shape::Any,
            Shape::List(item) if asked.kind == Kind::Number => return *item,
            Shape::List(_) => "this is a list: go through it with `{% for … in … %}`".to_owned(),
            Shape::Plain => "this is a text, a number or a truth value, and has no fields".to_owned(),
            Shape::Record(mut fields) => match fields.remove(asked.text) {
                Some(field) => return field,
                None => suggest(asked.text, &fields.keys().map(String::as_str).collect::<Vec<_>>()),
            },
        };
        self.problem(source, asked.span, format!("field `{}` is not defined", asked.text), help);
        Shape::Any
    }
}

/// Whether a name asks for something: it is no filter, test, function, argument, key or word of the language.
fn is_asked(words: &[Word<'_>], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
    let is = |word: Option<&Word<'_>>, name: &str| word.is_some_and(|word| word.is_name(name));
    let filter = word(1).is_some_and(|word| word.is_sign("|"));
    let test = is(word(1), "is") || is(word(1), "not") && is(word(2), "is");
    let named = words.get(at + 1).is_some_and(|next| ["=", "(", ":"].iter().any(|sign| next.is_sign(sign)));
    !filter && !test && !named && !word(0).is_some_and(|word| KEYWORDS.contains(&word.text))
}

/// The names that a list made of another brings along: `x` in `[x.title for x in chapters]`.
fn made_here<'a>(words: &[Word<'a>]) -> Vec<&'a str> {
    let starts = words.iter().enumerate().filter(|(_, word)| word.is_name("for")).map(|(at, _)| at + 1);
    let names = |at| words.get(at..).unwrap_or_default().iter().take_while(|word| !word.is_name("in"));
    starts.flat_map(names).map(|word| word.text).collect()
}

/// How many words name the component that is called: `<cards.Card title=… />`.
fn component(words: &[Word<'_>]) -> usize {
    if !words.first().is_some_and(|word| word.is_sign("<")) {
        return 0;
    }
    let mut end = 2;
    while words.get(end).is_some_and(|word| word.is_sign(".")) {
        end += 2;
    }
    end
}
