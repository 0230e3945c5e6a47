//! What a guide says of a step: a sentence of what was done and what it was done to, in the guide's language.

use super::steps::{Gesture, Step, StepKind};
use crate::edit::plain_markdown;

/// Longest text that a sentence quotes.
const LONGEST: usize = 60;

/// A language that sentences are written in. What has none gets English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Japanese.
    Japanese,
    /// Arabic.
    Arabic,
}

/// The sentences of a language: `{n}` stands for a name, `{v}` for a value.
struct Phrases {
    open: &'static str,
    click: &'static str,
    disclose: &'static str,
    close: &'static str,
    double: &'static str,
    secondary: &'static str,
    new_tab: &'static str,
    select: &'static str,
    clear: &'static str,
    choose: &'static str,
    choose_in: &'static str,
    type_in: &'static str,
    type_text: &'static str,
    empty: &'static str,
    secret: &'static str,
    files: &'static str,
    press: &'static str,
    drag: &'static str,
    drag_to: &'static str,
    scroll: &'static str,
    scroll_on: &'static str,
    hover: &'static str,
    look: &'static str,
    done: &'static str,
    marked: &'static str,
    confirm: &'static str,
    cancel: &'static str,
    end: &'static str,
}

const ENGLISH: Phrases = Phrases {
    open: "Open {v}",
    click: "Click {n}",
    disclose: "Open {n}",
    close: "Close {n}",
    double: "Double-click {n}",
    secondary: "Right-click {n}",
    new_tab: "Open {n} in a new tab",
    select: "Select {n}",
    clear: "Clear {n}",
    choose: "Choose {n}",
    choose_in: "Choose {v} in {n}",
    type_in: "Type {v} in {n}",
    type_text: "Type the text in {n}",
    empty: "Empty {n}",
    secret: "Fill in {n}",
    files: "Choose the file {v} in {n}",
    press: "Press {v}",
    drag: "Drag {n} to the marked place",
    drag_to: "Drag {n} to {v}",
    scroll: "Scroll to {n}",
    scroll_on: "Scroll to the marked place",
    hover: "Point at {n}",
    look: "Look at the page {v}",
    done: "Done: you see {v}",
    marked: "the marked place",
    confirm: ", and confirm the message",
    cancel: ", and cancel the message",
    end: ".",
};
const FRENCH: Phrases = Phrases {
    open: "Ouvrez {v}",
    click: "Cliquez sur {n}",
    disclose: "Ouvrez {n}",
    close: "Fermez {n}",
    double: "Double-cliquez sur {n}",
    secondary: "Faites un clic droit sur {n}",
    new_tab: "Ouvrez {n} dans un nouvel onglet",
    select: "Cochez {n}",
    clear: "Décochez {n}",
    choose: "Choisissez {n}",
    choose_in: "Choisissez {v} dans {n}",
    type_in: "Saisissez {v} dans {n}",
    type_text: "Saisissez le texte dans {n}",
    empty: "Videz {n}",
    secret: "Remplissez {n}",
    files: "Choisissez le fichier {v} dans {n}",
    press: "Appuyez sur {v}",
    drag: "Faites glisser {n} jusqu’à l’endroit marqué",
    drag_to: "Faites glisser {n} sur {v}",
    scroll: "Faites défiler jusqu’à {n}",
    scroll_on: "Faites défiler jusqu’à l’endroit marqué",
    hover: "Placez le pointeur sur {n}",
    look: "Regardez la page {v}",
    done: "C’est fait : vous voyez {v}",
    marked: "l’endroit marqué",
    confirm: ", puis confirmez le message",
    cancel: ", puis annulez le message",
    end: ".",
};
const GERMAN: Phrases = Phrases {
    open: "Öffnen Sie {v}",
    click: "Klicken Sie auf {n}",
    disclose: "Öffnen Sie {n}",
    close: "Schließen Sie {n}",
    double: "Doppelklicken Sie auf {n}",
    secondary: "Klicken Sie mit der rechten Maustaste auf {n}",
    new_tab: "Öffnen Sie {n} in einem neuen Tab",
    select: "Aktivieren Sie {n}",
    clear: "Deaktivieren Sie {n}",
    choose: "Wählen Sie {n}",
    choose_in: "Wählen Sie {v} bei {n}",
    type_in: "Geben Sie {v} bei {n} ein",
    type_text: "Geben Sie den Text bei {n} ein",
    empty: "Leeren Sie {n}",
    secret: "Füllen Sie {n} aus",
    files: "Wählen Sie die Datei {v} bei {n}",
    press: "Drücken Sie {v}",
    drag: "Ziehen Sie {n} an die markierte Stelle",
    drag_to: "Ziehen Sie {n} auf {v}",
    scroll: "Blättern Sie bis {n}",
    scroll_on: "Blättern Sie bis zur markierten Stelle",
    hover: "Zeigen Sie auf {n}",
    look: "Sehen Sie sich die Seite {v} an",
    done: "Fertig: Sie sehen {v}",
    marked: "die markierte Stelle",
    confirm: ", und bestätigen Sie die Meldung",
    cancel: ", und brechen Sie die Meldung ab",
    end: ".",
};
const SPANISH: Phrases = Phrases {
    open: "Abra {v}",
    click: "Haga clic en {n}",
    disclose: "Abra {n}",
    close: "Cierre {n}",
    double: "Haga doble clic en {n}",
    secondary: "Haga clic derecho en {n}",
    new_tab: "Abra {n} en una pestaña nueva",
    select: "Active {n}",
    clear: "Desactive {n}",
    choose: "Elija {n}",
    choose_in: "Elija {v} en {n}",
    type_in: "Escriba {v} en {n}",
    type_text: "Escriba el texto en {n}",
    empty: "Vacíe {n}",
    secret: "Rellene {n}",
    files: "Elija el archivo {v} en {n}",
    press: "Pulse {v}",
    drag: "Arrastre {n} hasta el lugar marcado",
    drag_to: "Arrastre {n} hasta {v}",
    scroll: "Desplácese hasta {n}",
    scroll_on: "Desplácese hasta el lugar marcado",
    hover: "Sitúe el puntero sobre {n}",
    look: "Mire la página {v}",
    done: "Listo: ve {v}",
    marked: "el lugar marcado",
    confirm: ", y confirme el mensaje",
    cancel: ", y cancele el mensaje",
    end: ".",
};
const JAPANESE: Phrases = Phrases {
    open: "{v}を開きます",
    click: "{n}をクリックします",
    disclose: "{n}を開きます",
    close: "{n}を閉じます",
    double: "{n}をダブルクリックします",
    secondary: "{n}を右クリックします",
    new_tab: "{n}を新しいタブで開きます",
    select: "{n}にチェックを入れます",
    clear: "{n}のチェックを外します",
    choose: "{n}を選びます",
    choose_in: "{n}で{v}を選びます",
    type_in: "{n}に{v}と入力します",
    type_text: "{n}に文字を入力します",
    empty: "{n}を空にします",
    secret: "{n}に入力します",
    files: "{n}でファイル{v}を選びます",
    press: "{v}を押します",
    drag: "{n}を印のある場所までドラッグします",
    drag_to: "{n}を{v}までドラッグします",
    scroll: "{n}までスクロールします",
    scroll_on: "印のある場所までスクロールします",
    hover: "{n}にポインターを合わせます",
    look: "{v}のページを見ます",
    done: "完了です。{v}が表示されます",
    marked: "印のある場所",
    confirm: "。メッセージを確認して進みます",
    cancel: "。メッセージを取り消します",
    end: "。",
};
const ARABIC: Phrases = Phrases {
    open: "افتح {v}",
    click: "انقر على {n}",
    disclose: "افتح {n}",
    close: "أغلق {n}",
    double: "انقر نقرًا مزدوجًا على {n}",
    secondary: "انقر بالزر الأيمن على {n}",
    new_tab: "افتح {n} في علامة تبويب جديدة",
    select: "حدِّد {n}",
    clear: "ألغِ تحديد {n}",
    choose: "اختر {n}",
    choose_in: "اختر {v} في {n}",
    type_in: "اكتب {v} في {n}",
    type_text: "اكتب النص في {n}",
    empty: "أفرغ {n}",
    secret: "املأ {n}",
    files: "اختر الملف {v} في {n}",
    press: "اضغط {v}",
    drag: "اسحب {n} إلى المكان المحدد",
    drag_to: "اسحب {n} إلى {v}",
    scroll: "مرِّر إلى {n}",
    scroll_on: "مرِّر إلى المكان المحدد",
    hover: "أشِر إلى {n}",
    look: "انظر إلى الصفحة {v}",
    done: "تم: ترى {v}",
    marked: "المكان المحدد",
    confirm: "، ثم أكِّد الرسالة",
    cancel: "، ثم ألغِ الرسالة",
    end: ".",
};

impl Language {
    /// The language of a BCP 47 tag.
    pub fn from_tag(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default().to_lowercase().as_str() {
            "fr" => Self::French,
            "de" => Self::German,
            "es" => Self::Spanish,
            "ja" => Self::Japanese,
            "ar" => Self::Arabic,
            _ => Self::English,
        }
    }

    fn phrases(self) -> &'static Phrases {
        match self {
            Self::English => &ENGLISH,
            Self::French => &FRENCH,
            Self::German => &GERMAN,
            Self::Spanish => &SPANISH,
            Self::Japanese => &JAPANESE,
            Self::Arabic => &ARABIC,
        }
    }

    /// A name as it stands in a sentence.
    fn bold(self, name: &str) -> String {
        let name = plain_markdown(name);
        match self {
            // Without a space around it, bold text ends at a letter alone; quotes of the language let it end anywhere.
            Self::Japanese => format!("「**{name}**」"),
            _ => format!("**{name}**"),
        }
    }

    fn code(self, value: &str) -> String {
        if value.contains('`') { self.bold(value) } else { format!("`{value}`") }
    }

    /// What a step says, as Markdown.
    pub fn sentence(self, step: &Step) -> String {
        if let Some(sentence) = &step.sentence {
            return sentence.clone();
        }
        let phrases = self.phrases();
        let (phrase, value) = self.phrase(step);
        let name = step.target.as_ref().map(|target| target.called.trim()).filter(|name| !name.is_empty());
        let (phrase, named) = match (&step.kind, name) {
            // A list without a name is known by what is chosen from it.
            (StepKind::Select { .. }, None) => (phrases.choose, value.clone()),
            (_, name) => (phrase, name.map_or_else(|| phrases.marked.to_owned(), |name| self.bold(name))),
        };
        // The name last: it may hold what looks like the place of the value.
        let text =
            phrase.split("{n}").map(|part| part.replace("{v}", &value)).collect::<Vec<_>>().join(&named);
        let dialog = match step.dialog {
            Some(true) => phrases.confirm,
            Some(false) => phrases.cancel,
            None => "",
        };
        format!("{text}{dialog}{}", phrases.end)
    }

    fn phrase(self, step: &Step) -> (&'static str, String) {
        let phrases = self.phrases();
        let secret = step.target.as_ref().is_some_and(|target| target.secret);
        match &step.kind {
            StepKind::Open { url } => {
                let shown = super::address::shown(url);
                let shown = shown.split_once("://").map_or(&*shown, |(_, rest)| rest);
                (phrases.open, self.bold(shown.trim_end_matches('/')))
            }
            StepKind::Click(gesture) => self.click(*gesture, step),
            StepKind::Type { .. } if secret => (phrases.secret, String::new()),
            StepKind::Type { value, .. } if value.trim().is_empty() => (phrases.empty, String::new()),
            StepKind::Type { value, .. } if value.contains('\n') || value.chars().count() > LONGEST => {
                (phrases.type_text, String::new())
            }
            StepKind::Type { value, .. } => (phrases.type_in, self.code(value)),
            StepKind::Select { value } => (phrases.choose_in, self.bold(value)),
            StepKind::Files { value } => (phrases.files, self.bold(value)),
            StepKind::Press { keys } => (phrases.press, self.bold(keys)),
            StepKind::Drag { onto: Some(onto), .. } if !onto.called.is_empty() => {
                (phrases.drag_to, self.bold(&onto.called))
            }
            StepKind::Drag { .. } => (phrases.drag, String::new()),
            StepKind::Scroll { .. }
                if step.target.as_ref().is_some_and(|target| !target.called.is_empty()) =>
            {
                (phrases.scroll, String::new())
            }
            StepKind::Scroll { .. } => (phrases.scroll_on, String::new()),
            StepKind::Hover => (phrases.hover, String::new()),
            StepKind::Look => (phrases.look, self.bold(&title(step))),
        }
    }

    fn click(self, gesture: Gesture, step: &Step) -> (&'static str, String) {
        let phrases = self.phrases();
        let Some(target) = &step.target else { return (phrases.click, String::new()) };
        let phrase = match gesture {
            Gesture::Double => phrases.double,
            Gesture::Secondary => phrases.secondary,
            Gesture::NewTab if target.role == "link" || target.tag == "a" => phrases.new_tab,
            Gesture::NewTab => phrases.click,
            Gesture::Once => match target.role.as_str() {
                "checkbox" | "switch" | "menuitemcheckbox" if target.checked => phrases.clear,
                "checkbox" | "switch" | "menuitemcheckbox" => phrases.select,
                "radio" | "option" | "menuitemradio" => phrases.choose,
                _ if target.tag == "summary" && target.open => phrases.close,
                _ if target.tag == "summary" => phrases.disclose,
                _ => phrases.click,
            },
        };
        (phrase, String::new())
    }

    /// The last step, which shows what was achieved.
    pub fn done(self, title: &str) -> String {
        let phrases = self.phrases();
        format!("{}{}", phrases.done.replace("{v}", &self.bold(title)), phrases.end)
    }
}

/// What a page is called: its title, else its address.
pub fn title(step: &Step) -> String {
    let title = step.place.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { super::address::shown(&step.place.url) } else { title }
}

/// A sentence without the signs of Markdown.
pub fn spoken(sentence: &str) -> String {
    sentence.replace("**", "").replace(['`', '\\'], "")
}
