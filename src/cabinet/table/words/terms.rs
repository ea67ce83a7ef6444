//! Under which terms an entry is found: its folded words, which of them stand beside each other, what kind of entry it
//! is, who recorded it and on which day it happened. Pure.
//!
//! A term that is no word begins with a `!`, which no folded word does.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::chronology::RowKind;
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, NoteKind, Subject};
use crate::domain::ids::PersonId;
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::search;

/// The first word that there may be; all other terms come before it.
pub(super) const FIRST_WORD: &str = "\"";

/// What an entry tells: the kind of row that it writes, when it happened as far as it says so, and its running text.
pub(super) struct Told {
    kind: RowKind,
    pub(super) happened_at: Option<Moment>,
    pub(super) text: String,
}

/// All terms of an entry, in their order. `day` is when it happened.
pub(super) fn of(told: &Told, author: &PersonId, day: NaiveDate) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for line in told.text.lines() {
        let folded = search::fold(line);
        let words: Vec<&str> = folded.split(' ').collect();
        terms.extend(words.iter().zip(words.iter().skip(1)).map(|(one, next)| beside(one, next)));
    }
    terms.extend(search::tokens(&told.text));
    if terms.is_empty() {
        return terms;
    }
    terms.extend([of_kind(told.kind), by(author)]);
    terms.extend(times(day));
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Two words beside each other, in one of 65,536 drawers: most pairs share theirs with few others, so of the entries
/// that hold both words nearly all that do not hold them together are excluded unread.
pub fn beside(one: &str, next: &str) -> String {
    // FNV-1a.
    let bytes = one.bytes().chain([b' ']).chain(next.bytes());
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("!~{:04x}", (hash >> 16) ^ (hash & 0xffff))
}

pub fn of_kind(kind: RowKind) -> String {
    format!("!kind {}", kind.label())
}

pub fn by(person: &PersonId) -> String {
    format!("!by {}", person.0)
}

/// The day, its month, its year and its ten years.
fn times(day: NaiveDate) -> [String; 4] {
    [on(day), in_month(day), in_year(day.year()), in_decade(day.year())]
}

fn on(day: NaiveDate) -> String {
    format!("!on {day}")
}

fn in_month(day: NaiveDate) -> String {
    format!("!in {}", day.format("%Y-%m"))
}

fn in_year(year: i32) -> String {
    format!("!in {year}")
}

fn in_decade(year: i32) -> String {
    format!("!in {}_", year.div_euclid(10))
}

/// The fewest terms that stand for these days, both included.
pub fn between(from: NaiveDate, to: NaiveDate) -> Vec<String> {
    let mut terms = Vec::new();
    let mut day = from;
    while day <= to {
        let (term, next) = longest_from(day, to);
        terms.push(term);
        let Some(next) = next else { break };
        day = next;
    }
    terms
}

/// The longest of ten years, a year, a month and a day that begins there and does not go on too far; and the day after it.
fn longest_from(day: NaiveDate, to: NaiveDate) -> (String, Option<NaiveDate>) {
    let begins = |year: i32, month: u32| NaiveDate::from_ymd_opt(year, month, 1);
    let next_month =
        if day.month() == 12 { begins(day.year() + 1, 1) } else { begins(day.year(), day.month() + 1) };
    let candidates = [
        (day.ordinal() == 1 && day.year() % 10 == 0, in_decade(day.year()), begins(day.year() + 10, 1)),
        (day.ordinal() == 1, in_year(day.year()), begins(day.year() + 1, 1)),
        (day.day() == 1, in_month(day), next_month),
    ];
    let fits =
        |next: &Option<NaiveDate>| next.and_then(|next| next.pred_opt()).is_some_and(|last| last <= to);
    candidates
        .into_iter()
        .find(|(begins, _, next)| *begins && fits(next))
        .map_or_else(|| (on(day), day.succ_opt()), |(_, term, next)| (term, next))
}

/// None where an entry has no running text. Names of children and contacts have an index of their own.
pub(super) fn told(entry: &Entry) -> Option<Told> {
    let (kind, happened_at, text) = match entry {
        Entry::ConcernReceived { part1, .. } => (RowKind::Concern, part1.happened(), part1_text(part1)),
        Entry::Part2 { section, .. } => (section.kind().into(), section.happened(), section.sentence()),
        Entry::Decided { decision, .. } => (RowKind::Decision, decision.happened(), decision.sentence()),
        Entry::FollowUpMoved { what, step, .. } => {
            (RowKind::FollowUp, step.happened(), format!("{what}\n{}", step.sentence()))
        }
        Entry::ChildFlagged { from, reason, .. } if !reason.is_blank() => {
            (RowKind::Status, Some(Moment::Date(*from)), reason.to_string())
        }
        Entry::ChildUnflagged { to, reason, .. } => {
            (RowKind::Status, Some(Moment::Date(*to)), reason.to_string())
        }
        Entry::Corrected { instead, reason, .. } | Entry::NoteCorrected { instead, reason, .. } => {
            (RowKind::Correction, None, format!("{instead}\n{reason}"))
        }
        Entry::ChronologyNoted { note, happened_at, text, .. } => {
            let kind = match note {
                NoteKind::Contact => RowKind::Contact,
                NoteKind::Event => RowKind::Event,
            };
            (kind, Some(*happened_at), text.to_string())
        }
        Entry::CallTried { subject: Some(Subject::Concern(_) | Subject::Child(_)), call } => {
            (RowKind::Call, Some(call.at), call.sentence())
        }
        Entry::ChildCorrected { reason, .. }
        | Entry::ChildrenMerged { reason, .. }
        | Entry::ChildrenParted { reason, .. } => (RowKind::Correction, None, reason.to_string()),
        Entry::ChildLeft { on, reason, .. } | Entry::ChildReturned { on, reason, .. } => {
            (RowKind::Roll, Some(Moment::Date(*on)), reason.to_string())
        }
        Entry::ChildLinked { reason, .. } if !reason.is_blank() => (RowKind::Moved, None, reason.to_string()),
        Entry::CabinetOpened { .. }
        | Entry::PersonAdmitted(_)
        | Entry::RightChanged { .. }
        | Entry::PersonRemoved { .. }
        | Entry::PersonRecovered(_)
        | Entry::RecoveryKeyMade(_)
        | Entry::ReceiverNamed(_)
        | Entry::SeniorCabinetMade { .. }
        | Entry::FileRepeated { .. }
        | Entry::Seen { .. }
        | Entry::ChildAdded { .. }
        | Entry::RollTaken { .. }
        | Entry::ChildrenToldApart { .. }
        | Entry::ChildLinked { .. }
        | Entry::ConcernRestricted { .. }
        | Entry::FollowUpSet { .. }
        | Entry::ChildFlagged { .. }
        | Entry::ContactAdded { .. }
        | Entry::ContactCorrected { .. }
        | Entry::ContactRetired { .. }
        | Entry::CallTried { subject: None, .. }
        | Entry::CallNoted { .. }
        | Entry::CallPlaced { .. }
        | Entry::RecordWentBack { .. } => return None,
    };
    Some(Told { kind, happened_at, text })
}

/// Field by field, a line or more each.
fn part1_text(part1: &Part1) -> String {
    let account = part1.account.fields();
    let mut texts: Vec<&str> = vec![&part1.reasons, &part1.opinion, &part1.actions, &part1.other_information];
    texts.extend(account.iter().map(|(_, text)| text.as_str()));
    texts.extend(part1.told.iter().map(Text::as_str));
    texts.extend(part1.children.iter().map(|child| child.name.as_str()));
    texts.extend([part1.reporter.name.as_str(), part1.reporter.job_title.as_str()]);
    texts.extend(part1.staff.iter().map(|staff| staff.name.as_str()));
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{NaiveDate, Told, between, of};
    use crate::domain::chronology::RowKind;
    use crate::domain::ids::PersonId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_span_is_told_in_few_terms() {
        let spans = [
            ("2026-11-20", "2026-11-21", vec!["!on 2026-11-20", "!on 2026-11-21"]),
            ("2026-11-30", "2027-01-01", vec!["!on 2026-11-30", "!in 2026-12", "!on 2027-01-01"]),
            ("2019-01-01", "2030-12-31", vec!["!in 2019", "!in 202_", "!in 2030"]),
            ("2026-11-21", "2026-11-20", vec![]),
        ];
        for (from, to, terms) in spans {
            assert_eq!(between(day(from), day(to)), terms, "{from} {to}");
        }
        assert!(between(day("1900-02-02"), day("2199-11-29")).len() < 150);
    }

    #[test]
    fn whatever_happened_within_a_span_is_found_by_one_of_its_terms() {
        let span = between(day("2019-12-30"), day("2026-02-02"));
        let told = |text: &str| Told { kind: RowKind::Event, happened_at: None, text: text.to_owned() };
        let is_found = |on: &str| {
            let terms = of(&told("sang"), &PersonId("amina-khan".to_owned()), day(on));
            terms.iter().filter(|term| span.contains(term)).count()
        };
        for within in ["2019-12-30", "2020-01-01", "2025-12-31", "2026-01-31", "2026-02-02"] {
            assert_eq!(is_found(within), 1, "{within}");
        }
        for outside in ["2019-12-29", "2026-02-03"] {
            assert_eq!(is_found(outside), 0, "{outside}");
        }
        assert!(of(&told(" … "), &PersonId("amina-khan".to_owned()), day("2026-01-01")).is_empty());
    }
}
