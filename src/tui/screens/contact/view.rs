//! A contact in lines: the number first and apart, exactly as it was written, so that it can be read aloud.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::cabinet::table::contact::Contact;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::source;
use crate::domain::text::Text;
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

/// The widest line that is pleasant to read.
const WIDEST: usize = 90;
/// The columns of the words before what they name.
const LABEL: usize = 14;

/// Everything that the book knows of a contact.
pub(in crate::tui::screens) fn lines(contact: &Contact, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let details = &contact.details;
    let mut page = Page { width: width.min(WIDEST), theme, lines: Vec::new() };
    page.paragraph(details.title(), theme.title);
    page.warnings(contact);
    page.numbers(&details.numbers);
    for (label, text) in facts(details) {
        page.fact(label, &text);
    }
    page.lines
}

/// What a contact's state is, in a word for a list; the mark is for a caution, which stands beside the list.
pub(in crate::tui::screens) fn state(contact: &Contact) -> &'static str {
    let details = &contact.details;
    match (contact.retired.is_blank(), details.caution.is_blank(), details.checked) {
        (false, ..) => "retired",
        (true, false, true) => "! caution",
        (true, false, false) => "! unchecked",
        (true, true, false) => "unchecked",
        (true, true, true) => "",
    }
}

fn facts(details: &ContactDetails) -> [(&'static str, String); 12] {
    let title = details.title();
    // What is the title already is not said again.
    let unless_title = |text: &Text| if text.as_str() == title { String::new() } else { text.to_string() };
    [
        ("Organisation", unless_title(&details.organisation)),
        ("Service", unless_title(&details.service)),
        ("Who answers", unless_title(&details.role)),
        ("Name", unless_title(&details.name)),
        ("Hours", details.hours.to_string()),
        ("Out of hours", details.out_of_hours.to_string()),
        ("What for", details.purpose.to_string()),
        ("Area", listed(&details.areas)),
        ("For whom", listed(&details.audiences)),
        ("E-mail", listed(&details.emails)),
        ("Web", details.web.to_string()),
        ("Source", source::listed(&details.sources)),
    ]
}

fn listed(texts: &[Text]) -> String {
    texts.iter().map(Text::one_line).collect::<Vec<_>>().join(", ")
}

struct Page<'t> {
    width: usize,
    theme: &'t Theme,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn paragraph(&mut self, text: &str, style: Style) {
        self.lines.extend(wrap(text, self.width).into_iter().map(|line| line.style(style)));
    }

    fn warnings(&mut self, contact: &Contact) {
        if !contact.retired.is_blank() {
            self.paragraph(&format!("Retired, do not ring: {}", contact.retired), self.theme.warn);
        }
        if !contact.details.caution.is_blank() {
            self.paragraph(&format!("! Caution: {}", contact.details.caution), self.theme.warn);
        }
        if !contact.details.checked {
            self.paragraph("Not yet checked: nobody here has rung it.", self.theme.dim);
        }
    }

    fn numbers(&mut self, numbers: &[Number]) {
        self.lines.push(Line::default());
        for number in numbers {
            self.paragraph(&format!("   {}", number.number), self.theme.title);
            if !number.note.is_blank() {
                self.paragraph(&format!("   {}", number.note), self.theme.text);
            }
            self.lines.push(Line::default());
        }
    }

    fn fact(&mut self, label: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let rows = wrap(text, self.width.saturating_sub(LABEL));
        for (place, row) in rows.into_iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<LABEL$}"), self.theme.dim)];
            spans.extend(row.spans);
            self.lines.push(Line::from(spans));
        }
    }
}
