//! What counts while a page is rendered, and the filters of the engine whose outcome can be far larger than what they get.

use super::count::Counter;
use super::insert::{CALL, FILTER};
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// Puts what counts into an engine.
pub fn register(tera: &mut Tera, counter: &Counter) {
    let counts = counter.clone();
    tera.register_function(CALL, move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        if let Some(text) = kwargs.get::<usize>("text")? {
            counts.round(text).map_err(error)?;
        }
        for value in kwargs.get::<&[Value]>("values")?.unwrap_or_default() {
            counts.keep(value).map_err(error)?;
        }
        Ok(Value::safe_string(""))
    });
    let counts = counter.clone();
    tera.register_filter(FILTER, move |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        counts.print(&value).map_err(error)?;
        Ok(value)
    });
    let counts = counter.clone();
    tera.register_filter("replace", move |text: StringInput<'_>, kwargs: Kwargs, state: &State| {
        replace(&counts, &text, &kwargs, state)
    });
    let counts = counter.clone();
    tera.register_filter("join", move |items: &[Value], kwargs: Kwargs, state: &State| {
        join(&counts, items, &kwargs, state)
    });
    let counts = counter.clone();
    tera.register_filter("indent", move |text: StringInput<'_>, kwargs: Kwargs, state: &State| {
        indent(&counts, &text, &kwargs, state)
    });
}

fn error(limit: super::Limit) -> Error {
    Error::message(limit.message())
}

/// `replace(from=, to=)`
fn replace(counter: &Counter, text: &StringInput<'_>, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput>("to")?;
    // What is safe stays so: the other of the two is escaped.
    let safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = if safe {
        (text.rendered(state)?, to.rendered(state)?)
    } else {
        (text.as_str().into(), to.as_str().into())
    };
    counter.make(text.len() + text.matches(from).count().saturating_mul(to.len())).map_err(error)?;
    Ok(string(text.replace(from, &to), safe))
}

/// `join(sep=)`
fn join(counter: &Counter, items: &[Value], kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let between = kwargs.get::<StringInput>("sep")?;
    let safe_item = items.iter().any(|item| item.is_string() && item.is_safe());
    let safe =
        state.autoescaping_enabled() && (safe_item || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        Some(between) if safe => between.rendered(state)?,
        Some(between) => between.as_str().into(),
        None => "".into(),
    };
    counter.make(items.len().saturating_mul(between.len())).map_err(error)?;
    let mut parts = Vec::with_capacity(items.len());
    for item in items {
        counter.print(item).map_err(error)?;
        parts.push(match item {
            item if safe && item.is_undefined() => String::new(),
            item if safe => state.escape_if_needed(item)?,
            item => item.to_string(),
        });
    }
    Ok(string(parts.join(&between), safe))
}

/// `indent(width=, first=, blank=, indentation=)`
fn indent(counter: &Counter, text: &StringInput<'_>, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(4).min(1_000);
    let with = kwargs.get::<StringInput>("indentation")?;
    let (first, blank) =
        (kwargs.get::<bool>("first")?.unwrap_or(false), kwargs.get::<bool>("blank")?.unwrap_or(false));
    if with.as_ref().is_some_and(|with| with.as_str().chars().count() != 1) {
        return Err(Error::message("`indentation` is one character"));
    }
    let safe =
        state.autoescaping_enabled() && (text.is_safe() || with.as_ref().is_some_and(StringInput::is_safe));
    let text = if safe { text.rendered(state)? } else { text.as_str().into() };
    let with = match &with {
        Some(with) if safe => with.rendered(state)?.repeat(width),
        Some(with) => with.as_str().repeat(width),
        None => " ".repeat(width),
    };
    counter.make(text.len() + text.lines().count().saturating_mul(with.len())).map_err(error)?;
    let line = |(number, line): (usize, &str)| {
        let wanted = if number == 0 { first } else { blank || !line.is_empty() };
        format!("{}{line}", if wanted { with.as_str() } else { "" })
    };
    let mut indented = text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n");
    if text.ends_with('\n') {
        indented.push('\n');
    }
    Ok(string(indented, safe))
}

fn string(text: String, safe: bool) -> Value {
    if safe { Value::safe_string(&text) } else { Value::from(text) }
}
