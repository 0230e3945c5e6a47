//! Languages by the three letters that films name them by (ISO 639-2).

/// Two letters of ISO 639-1, then three of ISO 639-2 as terminology has them.
const TERMS: &str = "aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bhbih bibis \
    bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu dvdiv dzdzo eeewe elell \
    eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb \
    hihin hohmo hrhrv hthat huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat \
    kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao \
    ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde nenep ngndo nlnld nnnno \
    nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh rnrun roron rurus rwkin \
    sasan scsrd sdsnd sesme sgsag sisin skslk slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel \
    tgtgk ththa titir tktuk tltgl tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln \
    wowol xhxho yiyid yoyor zazha zhzho zuzul";

/// Three letters of terminology, then those that libraries use in their place.
const LIBRARIES: &str = "bodtib cescze cymwel deuger ellgre eusbaq fasper frafre hyearm islice katgeo mrimao mkdmac msamay \
    myabur nlddut ronrum slkslo sqialb zhochi";

/// Not said.
const UNKNOWN: &str = "und";

/// As MP4 has it: `deu` of `de-AT`.
pub fn terminology(tag: &str) -> String {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    match language.len() {
        2 => second(TERMS, &language).unwrap_or(UNKNOWN).to_owned(),
        3 if language.bytes().all(|letter| letter.is_ascii_lowercase()) => language,
        _ => UNKNOWN.to_owned(),
    }
}

/// As Matroska and WebM have it: `ger` of `de-AT`.
pub fn bibliographic(tag: &str) -> String {
    let term = terminology(tag);
    second(LIBRARIES, &term).map_or(term.clone(), str::to_owned)
}

fn second<'a>(pairs: &'a str, first: &str) -> Option<&'a str> {
    pairs.split_whitespace().find_map(|pair| pair.strip_prefix(first).filter(|rest| rest.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::{bibliographic, terminology};

    #[test]
    fn tags_become_three_letters() {
        for (tag, term, library) in [
            ("en", "eng", "eng"),
            ("pt-BR", "por", "por"),
            ("DE", "deu", "ger"),
            ("zh-Hant", "zho", "chi"),
            ("yue", "yue", "yue"),
            ("xx", "und", "und"),
            ("i-klingon", "und", "und"),
            ("", "und", "und"),
        ] {
            assert_eq!((terminology(tag).as_str(), bibliographic(tag).as_str()), (term, library), "{tag}");
        }
    }
}
