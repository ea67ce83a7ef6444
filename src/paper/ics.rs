//! What is due as a calendar (RFC 5545), by the crate `calcard`: dates and what is due by them, without names and without
//! a word about anybody.
//!
//! Each is an event and no task, since calendars read events; none rings. What somebody wrote by hand may name a child,
//! and so does not go out: only what the data calls a clock does.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameter,
    ICalendarParameterName, ICalendarParameterValue, ICalendarProperty, ICalendarValue, ICalendarValueType,
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::clocks;
use crate::domain::deadline;
use crate::domain::entry::Subject;
use crate::domain::ids::FollowUpId;
use crate::domain::moment::Moment;
use crate::domain::text::Text;

/// With what every such file of this program begins, and no other.
pub const BEGINS: &str = "BEGIN:VCALENDAR\r\nPRODID:-//dsl-desk//due//EN\r\n";

/// Something due, as far as a calendar is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub follow_up: FollowUpId,
    pub subject: Subject,
    pub due: DateTime<Utc>,
    /// Which row of `data/deadlines.toml` set it; blank where somebody wrote it.
    pub deadline: Text,
}

/// The calendar as it stands at a time. `record` tells the follow-ups of one record from those of another.
pub fn written(dated: &[Dated], record: &str, now: DateTime<Utc>) -> String {
    let events = u32::try_from(dated.len()).unwrap_or(u32::MAX);
    let calendar = ICalendarComponent {
        component_type: ICalendarComponentType::VCalendar,
        entries: vec![
            field(ICalendarProperty::Prodid, "-//dsl-desk//due//EN"),
            field(ICalendarProperty::Version, "2.0"),
            field(ICalendarProperty::Calscale, "GREGORIAN"),
        ],
        component_ids: (1..=events).collect(),
    };
    let events = dated.iter().map(|due| event(due, record, now));
    let whole = ICalendar { components: std::iter::once(calendar).chain(events).collect() };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = whole.write_to(&mut out);
    out
}

fn event(due: &Dated, record: &str, now: DateTime<Utc>) -> ICalendarComponent {
    let day = Moment::At(due.due).date();
    let mut entries = vec![
        field(ICalendarProperty::Uid, &format!("{record}-{}@dsl-desk", due.follow_up)),
        field(ICalendarProperty::Dtstamp, &instant(now)),
    ];
    if due.due == clocks::end_of(day) {
        let next = day + TimeDelta::days(1);
        entries.push(date(ICalendarProperty::Dtstart, &day.format("%Y%m%d").to_string()));
        entries.push(date(ICalendarProperty::Dtend, &next.format("%Y%m%d").to_string()));
    } else {
        entries.push(field(ICalendarProperty::Dtstart, &instant(due.due)));
    }
    entries.push(field(ICalendarProperty::Summary, &summary(due)));
    entries.push(field(ICalendarProperty::Class, "CONFIDENTIAL"));
    // It takes nobody's time away.
    entries.push(field(ICalendarProperty::Transp, "TRANSPARENT"));
    ICalendarComponent { component_type: ICalendarComponentType::VEvent, entries, component_ids: Vec::new() }
}

fn summary(due: &Dated) -> String {
    let of = match due.subject {
        Subject::Concern(concern) => format!("Concern {concern}"),
        Subject::Child(child) => format!("Child {child}"),
    };
    let what = deadline::by_id(&due.deadline).map_or("follow-up", |deadline| deadline.what.as_str());
    format!("{of}: {what}")
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn field(name: ICalendarProperty, value: &str) -> ICalendarEntry {
    ICalendarEntry { name, params: Vec::new(), values: vec![ICalendarValue::Text(value.to_owned())] }
}

fn date(name: ICalendarProperty, value: &str) -> ICalendarEntry {
    let is_date = ICalendarParameter {
        name: ICalendarParameterName::Value,
        value: ICalendarParameterValue::Value(ICalendarValueType::Date),
    };
    ICalendarEntry { params: vec![is_date], ..field(name, value) }
}

#[cfg(test)]
mod tests {
    use super::{BEGINS, Dated, written};
    use crate::domain::clocks;
    use crate::domain::deadline;
    use crate::domain::entry::Subject;
    use crate::domain::ids::{ChildId, ConcernId, FollowUpId};

    fn dated(id: i64, deadline: &str) -> Dated {
        Dated {
            follow_up: FollowUpId(id),
            subject: Subject::Concern(ConcernId(12)),
            due: "2026-07-20T15:10:00Z".parse().unwrap(),
            deadline: deadline.into(),
        }
    }

    fn calendar(dated: &[Dated]) -> String {
        written(dated, "0123456789abcdef", "2026-07-17T09:00:00.5Z".parse().unwrap())
    }

    #[test]
    fn an_event_says_when_and_what_and_nothing_else() {
        let text = calendar(&[dated(3, "la-decision")]);
        let whole = "BEGIN:VEVENT\r\nUID:0123456789abcdef-3@dsl-desk\r\nDTSTAMP:20260717T090000Z\r\n\
            DTSTART:20260720T151000Z\r\nSUMMARY:Concern 12: Local authority's decision on the referral\r\n\
            CLASS:CONFIDENTIAL\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert!(text.starts_with(BEGINS) && text.ends_with(whole), "{text}");
        assert!(text.contains("VERSION:2.0\r\n") && !text.contains("VALARM"));
    }

    #[test]
    fn what_is_due_by_the_end_of_a_day_takes_that_day() {
        let day = "2026-11-25".parse().unwrap();
        let file = Dated {
            subject: Subject::Child(ChildId(7)),
            due: clocks::end_of(day),
            ..dated(4, "file-transfer")
        };
        let text = calendar(&[file]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261126\r\n"), "{text}");
        assert!(text.contains("SUMMARY:Child 7: Send the child protection file on\r\n"), "{text}");
    }

    #[test]
    fn what_somebody_wrote_stays_at_the_desk() {
        let text = calendar(&[dated(5, ""), dated(6, "no-such-clock")]);
        assert_eq!(text.matches("SUMMARY:Concern 12: follow-up\r\n").count(), 2, "{text}");
    }

    #[test]
    fn lines_are_folded_and_ended_as_the_format_has_it() {
        let all: Vec<Dated> = (1..).zip(deadline::all()).map(|(id, one)| dated(id, &one.id)).collect();
        let text = calendar(&all);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        assert_eq!(text.matches("BEGIN:VEVENT").count(), all.len());
        let none = calendar(&[]);
        assert!(none.starts_with(BEGINS) && none.ends_with("END:VCALENDAR\r\n") && !none.contains("VEVENT"));
    }
}
