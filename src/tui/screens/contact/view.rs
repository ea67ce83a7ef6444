//! A contact in lines: the number first and apart, grouped for reading aloud. What was typed is what is copied.

use chrono::{DateTime, Utc};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::cabinet::table::contact::Contact;
use crate::domain::contact::{ContactDetails, Number, WalkIn};
use crate::domain::freshness::{self, Freshness};
use crate::domain::hours::Hours;
use crate::domain::moment::Moment;
use crate::domain::number::read_aloud;
use crate::domain::source;
use crate::domain::text::Text;
use crate::tui::layer::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

/// The widest line that is pleasant to read.
const WIDEST: usize = 90;
/// The columns of the words before what they name.
const LABEL: usize = 14;

/// Everything that the book knows of a contact.
pub(in crate::tui::screens) fn lines(contact: &Contact, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let details = &contact.details;
    let mut page = Page { width: width.min(WIDEST), theme: &cx.theme, lines: Vec::new() };
    page.paragraph(details.title(), cx.theme.title);
    page.warnings(contact);
    page.numbers(details, cx.now);
    for (label, text) in facts(contact) {
        page.fact(label, &text);
    }
    page.lines
}

/// What a contact's state is, in a word for a list; the mark is for a caution, which stands beside the list, and for
/// sources that disagree.
pub(in crate::tui::screens) fn state(contact: &Contact, now: DateTime<Utc>) -> &'static str {
    let details = &contact.details;
    let badge = freshness::worst(details, Moment::At(now).date()).map_or("", |worst| worst.badge());
    let is_doubtful = !details.caution.is_blank() || details.open_conflicts().next().is_some();
    match (contact.retired.is_blank(), is_doubtful, badge) {
        (false, ..) => "retired",
        (true, true, "stale") => "! stale",
        (true, true, "unchecked") => "! unchecked",
        (true, true, _) => "! caution",
        (true, false, badge) => badge,
    }
}

fn facts(contact: &Contact) -> [(&'static str, String); 15] {
    let details = &contact.details;
    let title = details.title();
    // What is the title already is not said again.
    let unless_title = |text: &Text| if text.as_str() == title { String::new() } else { text.to_string() };
    [
        ("Organisation", unless_title(&details.organisation)),
        ("Service", unless_title(&details.service)),
        ("Who answers", unless_title(&details.role)),
        ("Name", unless_title(&details.name)),
        ("About hours", details.hours.to_string()),
        ("Out of hours", details.out_of_hours.to_string()),
        ("Walk in", details.walk_in.as_ref().map(walk_in).unwrap_or_default()),
        ("What for", details.purpose.to_string()),
        ("Area", listed(&details.areas)),
        ("For whom", listed(&details.audiences)),
        ("E-mail", listed(&details.emails)),
        ("Web", details.web.to_string()),
        ("Source", source::listed(&details.sources)),
        ("For the rules", details.key.to_string()),
        ("Contact", contact.id.to_string()),
    ]
}

fn walk_in(walk_in: &WalkIn) -> String {
    format!("{} ({})", walk_in.place.one_line(), walk_in.hours)
}

fn listed(texts: &[Text]) -> String {
    texts.iter().map(Text::one_line).collect::<Vec<_>>().join(", ")
}

/// `open until 17:00 (Mon-Thu 08:30-17:00, …)`.
fn hours_and_now(number: &Number, now: DateTime<Utc>) -> String {
    let standing = number.hours.at(now).words(now);
    match &number.hours {
        Hours::NotStated | Hours::Always => standing,
        Hours::Weekly(week) => format!("{standing} ({week})"),
    }
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
        for conflict in contact.details.open_conflicts() {
            let sources = source::listed(&conflict.sources);
            self.paragraph(&format!("! Sources disagree: {} ({sources})", conflict.says), self.theme.warn);
        }
    }

    /// Each number apart, with what is needed before it is dialled: is anybody there, and can it be relied on?
    fn numbers(&mut self, details: &ContactDetails, now: DateTime<Utc>) {
        self.lines.push(Line::default());
        for number in details.dialled() {
            self.paragraph(&format!("   {}", read_aloud(&number.number)), self.theme.title);
            if !number.note.is_blank() {
                self.paragraph(&format!("   {}", number.note), self.theme.text);
            }
            self.paragraph(&format!("   {}", hours_and_now(number, now)), self.theme.text);
            let freshness = Freshness::of(details, number, Moment::At(now).date());
            let style = if freshness.is_stale() { self.theme.warn } else { self.theme.dim };
            self.paragraph(&format!("   {}.", freshness.sentence()), style);
            // Of the others it stands at the end, once for all of them.
            if !number.sources.is_empty() {
                self.paragraph(&format!("   Read in: {}", source::listed(&number.sources)), self.theme.dim);
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
