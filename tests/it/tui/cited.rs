//! Every rule is cited, with where it was read and of when that is, on the screen that the table of `data/README.md` names.

use dsl_desk::desk::Act;
use dsl_desk::domain::area::Area;
use dsl_desk::domain::concern::{About, NamedChild, NamedStaff, Part1};
use dsl_desk::domain::deadline;
use dsl_desk::domain::decision::{Course, CourseTaken, Decision};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::person::Right;
use dsl_desk::domain::rule::{self, Rule};
use dsl_desk::domain::source;
use serde_json::{Value, json};

use super::user::User;
use crate::support::{Place, World, moment, part1};

const MOST_STEPS: usize = 40;

/// From the inbox by number: a referral, illness that may be made up, and an allegation.
const REFERRED: &str = "1";
const MADE_UP: &str = "2";
const ALLEGED: &str = "3";

fn place() -> Place {
    let mut world = World::new();
    let ids =
        ["non-mobile-baby-mark", "child-on-child", "domestic-abuse", "radicalisation", "fgm", "county-lines"];
    let mut referred = Part1 {
        area: Area::by_id("leicestershire").cloned(),
        categories: ids.map(Into::into).to_vec(),
        ..part1("Zoe Marsh", Some("2026-06-01"))
    };
    referred.children[0].school = Some("Beacon Academy".into());
    referred.account.what = "She is obviously neglected, I think.".into();
    world.act(&Act::TypeIn(Box::new(referred)));
    let categories = vec!["fabricated-illness".into()];
    let area = Area::by_id("leicestershire").cloned();
    world.act(&Act::TypeIn(Box::new(Part1 { area, categories, ..part1("Ava Reed", Some("2015-02-03")) })));
    let staff = NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() };
    let alleged = Part1 {
        about: About::Staff,
        staff: Some(staff),
        area: Area::by_id("leicestershire").cloned(),
        children: Vec::<NamedChild>::new(),
        ..part1("Zoe Marsh", None)
    };
    world.act(&Act::TypeIn(Box::new(alleged)));
    let referral = Decision::Course(CourseTaken {
        course: Course::Refer,
        at: moment("2026-11-20T15:00"),
        to: "First Response".into(),
        reasons: "A bruise.".into(),
        in_writing: false,
    });
    world.act(&Act::Decide { concern: ConcernId(1), decision: referral });
    for concern in 1..=3 {
        decide(&mut world, concern, json!({ "decision": "danger", "in_danger": false, "at": "2026-11-20" }));
    }
    decide(&mut world, 3, json!({ "decision": "threshold", "limbs": ["harmed"], "reason": "He threw it." }));
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    place
}

fn decide(world: &mut World, concern: i64, decision: Value) {
    let decision: Decision = serde_json::from_value(decision).unwrap();
    world.act(&Act::Decide { concern: ConcernId(concern), decision });
}

/// Whatever stood on the screen, without the spaces and frames between the words.
struct Seen<'p> {
    place: &'p Place,
    all: String,
}

impl Seen<'_> {
    /// Somebody at the inbox, at the smallest size that the desk is made for.
    fn sits_down(&self) -> User {
        let mut user = User::at(self.place.folder.root(), 80, 24);
        user.unlocks();
        user
    }

    /// At a concern.
    fn opens(&self, concern: &str) -> User {
        let mut user = self.sits_down();
        user.press(&["Ctrl-K"]).types(concern).press(&["Enter"]).sees(&format!("Concern {concern}"));
        user
    }

    fn looks(&mut self, user: &User) {
        self.all.push_str(&squashed(&user.screen()));
        self.all.push('\n');
    }

    /// A look, and one more after each press until nothing moves.
    fn goes_on(&mut self, user: &mut User, keys: &[&str]) {
        for _ in 0..MOST_STEPS {
            let before = user.screen();
            self.looks(user);
            if user.press(keys).screen() == before {
                return;
            }
        }
    }

    fn types(&mut self, user: &mut User, text: &str) {
        user.types(text);
        self.looks(user);
    }
}

fn squashed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '│').collect()
}

/// The screens that the table calls so, gone through.
fn seen(place: &Place, screen: &str) -> String {
    let mut seen = Seen { place, all: String::new() };
    match screen {
        "danger screen" => {
            let mut user = seen.opens(REFERRED);
            seen.looks(user.press(&["d"]));
        }
        "guide" => guide(&mut seen),
        "parents form" => parents(&mut seen),
        "Part 2 forms" => {
            let mut user = seen.opens(REFERRED);
            user.press(&["t"]);
            seen.types(&mut user, "I interviewed her. ");
            seen.types(&mut user, "She wrote a statement.");
        }
        "new concern form" => {
            let mut user = seen.sits_down();
            seen.goes_on(user.press(&["n"]), &["Tab"]);
            seen.types(user.press(&["Shift-Tab", "Shift-Tab", "Shift-Tab"]), "I promised not to tell.");
        }
        "closing check" => {
            let mut user = seen.opens(ALLEGED);
            seen.goes_on(user.press(&["x"]), &["PgDn"]);
            let mut user = seen.opens(REFERRED);
            seen.goes_on(user.press(&["x"]), &["PgDn"]);
            seen.goes_on(user.press(&["x"]), &["Tab"]);
        }
        "ring screen" => {
            for concern in [REFERRED, MADE_UP, ALLEGED] {
                let mut user = seen.opens(concern);
                seen.goes_on(user.press(&["r"]), &["Down"]);
            }
        }
        "people screen" => {
            let mut user = seen.sits_down();
            seen.looks(user.press(&["P"]));
        }
        "due screen" => due(&mut seen),
        "form of who may open it" => {
            let mut user = seen.opens(REFERRED);
            seen.looks(user.press(&["R"]));
        }
        "concern screen" => {
            let mut user = seen.opens(REFERRED);
            seen.goes_on(&mut user, &["PgDn"]);
        }
        "sharing form" => sharing(&mut seen),
        "chronology" => {
            let mut user = seen.opens(REFERRED);
            seen.looks(user.press(&["h"]));
        }
        other => panic!("no way to the {other}"),
    }
    seen.all
}

/// Everything that is due; and from the last one up, to one that has a ladder.
fn due(seen: &mut Seen) {
    let mut user = seen.sits_down();
    seen.goes_on(user.press(&["4"]), &["Down"]);
    for _ in 0..MOST_STEPS {
        seen.looks(user.press(&["t"]));
        user.press(&["Esc", "Up"]);
    }
}

/// As far as somebody who did not agree.
fn sharing(seen: &mut Seen) {
    let mut user = seen.opens(REFERRED);
    seen.looks(user.press(&["S"]));
    seen.looks(user.press(&["y", "Tab"]));
    user.press(&["Tab", "Tab", "Tab", "Tab"]).sees("> Was whoever");
    seen.looks(user.press(&["Space", "Space"]));
}

/// Each step, and why it is asked.
fn guide(seen: &mut Seen) {
    let mut user = seen.opens(REFERRED);
    user.press(&["w", "Home"]);
    for _ in 0..MOST_STEPS {
        user.press(&["Tab"]);
        seen.goes_on(&mut user, &["PgDn"]);
        user.press(&["Esc", "Down"]);
    }
}

/// What the rules say to each answer.
fn parents(seen: &mut Seen) {
    let mut user = seen.opens(MADE_UP);
    seen.looks(user.press(&["p", "y"]));
    let mut user = seen.opens(REFERRED);
    seen.looks(user.press(&["p", "y", "Tab", "y"]));
    user.press(&["Shift-Tab", "n", "Tab"]);
    for _ in 0..5 {
        seen.looks(user.press(&["Space"]));
    }
}

/// Its number, a line in which it was read, and the edition, in one breath.
fn is_cited(rule: &Rule, seen: &str) -> bool {
    let number = format!("R{}·", rule.number);
    let edition = squashed(rule.edition);
    seen.match_indices(&number).any(|(at, _)| {
        let rest: String = seen[at..].chars().take(160).collect();
        let of_source = |source: &str| {
            let own = rule::edition(source).map(squashed).unwrap_or_default();
            has_a_line_of(&rest, source) && (rest.contains(&edition) || rest.contains(&own))
        };
        rule.source.split(", ").any(of_source)
    })
}

/// Whether it names a line, or lines, of a source such as `S2:553-555`.
fn has_a_line_of(text: &str, source: &str) -> bool {
    let number = |written: &str| {
        let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
        written[..digits].parse::<usize>().ok()
    };
    let (document, lines) = source.split_once(':').unwrap();
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    let (first, last) = (number(first).unwrap(), number(last).unwrap());
    let document = format!("{document}:");
    let mut named = text.split(&document).skip(1).filter_map(number);
    named.any(|line| (first..=last).contains(&line))
}

/// The same of a clock, which says in words where it was read and of when that is.
fn is_cited_by_a_clock(rule: &Rule, seen: &str) -> bool {
    let number = format!("R{}", rule.number);
    let of_rule = deadline::all().iter().filter(|deadline| deadline.rules.contains(&number));
    of_rule.into_iter().any(|deadline| {
        let read = deadline.sources.iter().map(source::in_short).collect::<Vec<_>>().join("; ");
        let parts = [format!("{number}: {read}"), deadline.edition.clone()];
        parts.iter().all(|part| seen.contains(&squashed(part)))
    })
}

#[test]
fn every_rule_is_cited_on_the_screen_that_applies_it() {
    let place = place();
    let mut screens: Vec<(&str, String)> = Vec::new();
    let mut missing = Vec::new();
    for rule in rule::ALL {
        if !screens.iter().any(|(screen, _)| *screen == rule.where_) {
            screens.push((rule.where_, seen(&place, rule.where_)));
        }
        let (_, seen) = screens.iter().find(|(screen, _)| *screen == rule.where_).unwrap();
        if !is_cited(&rule, seen) && !is_cited_by_a_clock(&rule, seen) {
            missing.push(format!("{} on the {}", rule.cited(), rule.where_));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
