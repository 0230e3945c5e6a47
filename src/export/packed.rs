//! A PDF as browsers write it, made small: what is no stream (the structure, names, places) is four fifths air, and goes into one
//! compressed stream, as PDF 1.5 has it. Streams hold what they held, compressed as far as it goes.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::borrow::Cow;
use std::io::{Read, Write};

/// Largest content of a stream that is compressed again, in bytes: a screenshot of the largest size takes less.
const LARGEST: u64 = 512 << 20;

/// An object of a document: its number, and its bytes between `obj` and `endobj`.
struct Object<'a> {
    number: usize,
    body: &'a [u8],
    is_stream: bool,
}

/// Where an object has gone.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    /// By itself, so many bytes from the beginning.
    At(usize),
    /// The how manieth of those that are packed.
    Packed(usize),
}

/// The same document in fewer bytes; as it is if it is written in another way than expected.
pub fn packed(pdf: Vec<u8>) -> Vec<u8> {
    match rewritten(&pdf) {
        Some(small) if small.len() < pdf.len() => small,
        _ => pdf,
    }
}

fn rewritten(pdf: &[u8]) -> Option<Vec<u8>> {
    let start = last(pdf, b"startxref")?;
    let table: usize = text(pdf.get(start..)?)?.split_whitespace().nth(1)?.parse().ok()?;
    let end = text(pdf.get(table..start)?)?;
    let (places, trailer) = end.strip_prefix("xref\n0 ")?.split_once("trailer")?;
    let (root, info) = (reference(trailer, "/Root")?, reference(trailer, "/Info")?);
    // What was changed later, or is encrypted, has more to it.
    if trailer.contains("/Prev") || trailer.contains("/Encrypt") {
        return None;
    }
    let objects = objects(pdf, places, table)?;
    let count = places.lines().next()?.trim().parse::<usize>().ok()?;
    let mut to = Vec::with_capacity(pdf.len());
    to.extend_from_slice(b"%PDF-1.5\n%\xd3\xeb\xe9\xe1\n");
    let mut went = vec![Place::Nowhere; count];
    for Object { number, body, .. } in objects.iter().filter(|object| object.is_stream) {
        *went.get_mut(*number)? = Place::At(to.len());
        object(&mut to, *number, &[&smaller(body)]);
    }
    let (mut index, mut bodies, mut packed) = (String::new(), Vec::new(), 0);
    for Object { number, body, .. } in objects.iter().filter(|object| !object.is_stream) {
        index.push_str(&format!("{number} {} ", bodies.len()));
        bodies.extend_from_slice(body);
        bodies.push(b'\n');
        *went.get_mut(*number)? = Place::Packed(packed);
        packed += 1;
    }
    went.extend([Place::At(to.len()), Place::Nowhere]);
    let head = format!("/Type /ObjStm /N {packed} /First {}", index.len());
    stream(&mut to, count, &head, &[index.as_bytes(), &bodies])?;
    let start = to.len();
    *went.last_mut()? = Place::At(start);
    let rows: Vec<u8> = went.iter().flat_map(|place| row(*place, count)).collect();
    let head = format!("/Type /XRef /Size {} /W [1 4 4] /Root {root} 0 R /Info {info} 0 R", went.len());
    stream(&mut to, count + 1, &head, &[&rows])?;
    to.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    Some(to)
}

/// The objects that a table of places names, in the order of their places.
fn objects<'a>(pdf: &'a [u8], places: &str, table: usize) -> Option<Vec<Object<'a>>> {
    let rows = places.lines().skip(1).enumerate().filter(|(_, row)| row.trim_end().ends_with('n'));
    let mut starts: Vec<(usize, usize)> =
        rows.map(|(number, row)| Some((row.get(..10)?.parse().ok()?, number))).collect::<Option<_>>()?;
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([table]);
    let object = |(&(start, number), end): (&(usize, usize), usize)| {
        let whole = pdf.get(start..end)?.trim_ascii_end();
        let body = whole.strip_prefix(format!("{number} 0 obj").as_bytes())?.strip_suffix(b"endobj")?;
        let body = body.trim_ascii();
        Some(Object { number, body, is_stream: body.ends_with(b"endstream") })
    };
    starts.iter().zip(ends).map(object).collect()
}

/// A row of the table: its kind, a place or the number of what holds it, and the how manieth it is there.
fn row(place: Place, holder: usize) -> Vec<u8> {
    let (kind, first, second) = match place {
        Place::Nowhere => (0, 0, 0),
        Place::At(place) => (1, place, 0),
        Place::Packed(number) => (2, holder, number),
    };
    let bytes = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes();
    [&[kind][..], &bytes(first), &bytes(second)].concat()
}

fn object(to: &mut Vec<u8>, number: usize, parts: &[&[u8]]) {
    to.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    parts.iter().for_each(|part| to.extend_from_slice(part));
    to.extend_from_slice(b"\nendobj\n");
}

fn stream(to: &mut Vec<u8>, number: usize, head: &str, parts: &[&[u8]]) -> Option<()> {
    let small = deflated(parts)?;
    let head = format!("<<{head} /Filter /FlateDecode /Length {}>>\nstream\n", small.len());
    object(to, number, &[head.as_bytes(), &small, b"\nendstream"]);
    Some(())
}

fn deflated(parts: &[&[u8]]) -> Option<Vec<u8>> {
    let mut small = ZlibEncoder::new(Vec::new(), Compression::best());
    parts.iter().try_for_each(|part| small.write_all(part)).ok()?;
    small.finish().ok()
}

/// A stream compressed as far as it goes; as it is where that gains nothing or it is written in another way.
fn smaller(body: &[u8]) -> Cow<'_, [u8]> {
    compressed(body).filter(|small| small.len() < body.len()).map_or(Cow::Borrowed(body), Cow::Owned)
}

fn compressed(body: &[u8]) -> Option<Vec<u8>> {
    const START: &[u8] = b">> stream\n";
    let start = body.windows(START.len()).position(|found| found == START)? + START.len();
    let head = text(body.get(..start)?)?;
    let length: usize = head.split_once("/Length ")?.1.split(['>', '\n', ' ']).next()?.parse().ok()?;
    if !head.contains("/Filter /FlateDecode\n") || head.matches("/Length ").count() != 1 {
        return None;
    }
    let mut content = Vec::new();
    let packed = body.get(start..start.checked_add(length)?)?;
    let read = ZlibDecoder::new(packed).take(LARGEST).read_to_end(&mut content).ok()?;
    if read as u64 == LARGEST {
        return None;
    }
    let small = deflated(&[&content])?;
    let head = head.replace(&format!("/Length {length}"), &format!("/Length {}", small.len()));
    Some([head.as_bytes(), &small, b"\nendstream"].concat())
}

/// The number that a name of a dictionary refers to.
fn reference(dictionary: &str, name: &str) -> Option<usize> {
    dictionary.split_once(name)?.1.split_whitespace().next()?.parse().ok()
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn last(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|found| found == part)
}

#[cfg(test)]
mod tests {
    use super::{Compression, Write, ZlibEncoder, packed, smaller};

    /// A document of one empty page, with as many names as asked for.
    fn document(names: usize) -> Vec<u8> {
        let mut bodies = vec![
            "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
            "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R>>".to_owned(),
            "<</Length 3>> stream\n0 g\nendstream".to_owned(),
            "<</Title (A stream\\) endobj)>>".to_owned(),
        ];
        bodies.extend((0..names).map(|number| format!("<</Name (number {number})>>")));
        let (mut pdf, mut rows) = ("%PDF-1.4\n".to_owned(), String::new());
        for (at, body) in bodies.iter().enumerate() {
            rows.push_str(&format!("{:010} 00000 n \n", pdf.len()));
            pdf.push_str(&format!("{} 0 obj\n{body}\nendobj\n", at + 1));
        }
        let (place, size) = (pdf.len(), bodies.len() + 1);
        pdf.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<</Size {size}\n/Root 1 0 R\n/Info 5 0 R>>\nstartxref\n{place}\n%%EOF\n"));
        pdf.into_bytes()
    }

    #[test]
    fn what_is_no_stream_is_packed_and_small_or_strange_documents_stay() {
        let many = document(400);
        let small = packed(many.clone());
        assert!(small.len() * 4 < many.len(), "{} of {}", small.len(), many.len());
        let holds = |part: &[u8]| small.windows(part.len()).any(|found| found == part);
        assert!(small.starts_with(b"%PDF-1.5\n") && holds(b"4 0 obj\n<</Length 3>> stream\n0 g\nendstream"));
        assert!(holds(b"/Root 1 0 R /Info 5 0 R") && !holds(b"number 7"));
        let few = document(0);
        assert_eq!(packed(few.clone()), few);
        // Cut, of another order, or none.
        let text = String::from_utf8(many).unwrap();
        let others = [
            text.split_at(text.len() / 2).0.to_owned(),
            text.replace("300 0 obj", "301 0 obj"),
            text.replace("trailer\n<<", "trailer\n<</Prev 9 "),
            text.replace("startxref\n", "startxref\n9"),
            String::new(),
        ];
        for other in others {
            assert_eq!(packed(other.clone().into_bytes()), other.into_bytes());
        }
    }

    #[test]
    fn streams_are_compressed_as_far_as_it_goes_and_hold_the_same() {
        let content: Vec<u8> =
            (0..60_000_u32).map(|at| if at % 7 < 5 { 250 } else { (at / 900) as u8 }).collect();
        let stream = |level| {
            let mut packer = ZlibEncoder::new(Vec::new(), level);
            packer.write_all(&content).unwrap();
            let packed = packer.finish().unwrap();
            let head = format!("<</Filter /FlateDecode\n/Length {}>> stream\n", packed.len());
            [head.as_bytes(), &packed, b"\nendstream"].concat()
        };
        let (loose, tight) = (stream(Compression::fast()), stream(Compression::best()));
        assert!(tight.len() < loose.len());
        assert_eq!((&*smaller(&loose), &*smaller(&tight)), (&tight[..], &tight[..]));
        for other in [&b"<</Length 3>> stream\n0 g\nendstream"[..], &loose[..loose.len() / 2], b""] {
            assert_eq!(&*smaller(other), other);
        }
    }
}
