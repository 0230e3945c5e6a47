//! A guide on paper.

use super::ExportError;
use super::shown::Shown;
use crate::browser::Paper;

/// The article as a PDF: A4 portrait, tagged, with an outline and page numbers.
pub fn pdf(shown: &mut Shown) -> Result<Vec<u8>, ExportError> {
    shown.article(1.0)?;
    let mut pdf = shown.page.print_document(Paper::A4)?;
    without_time(&mut pdf);
    Ok(pdf)
}

/// The same guide gives the same bytes: the time of printing is no part of it.
fn without_time(pdf: &mut [u8]) {
    for key in [&b"/CreationDate (D:"[..], b"/ModDate (D:"] {
        let places: Vec<usize> =
            pdf.windows(key.len()).enumerate().filter(|(_, found)| *found == key).map(|(at, _)| at).collect();
        for at in places {
            let digits = pdf.iter_mut().skip(at + key.len()).take(14);
            digits.zip(*b"20000101000000").for_each(|(digit, fixed)| *digit = fixed);
        }
    }
}
