//! Where a card begins and ends, and its lines, unfolded and in plain letters. What they say is not looked at.

use super::letters::{of_units, with_pairs_joined};
use super::{BEGIN, END};
use crate::intake::contacts::Refusal;
use crate::intake::decode;

/// A card's text as the parser is to read it.
pub(super) struct RawCard {
    pub(super) text: String,
    /// Lines and cards within it that the parser would pass over.
    pub(super) lost: Vec<&'static str>,
}

const NO_FIELD: &str = "a line that is no field";
const INNER_CARD: &str = "a card inside the card";

/// Whether a line is one of the two that a card stands between.
pub(super) fn is_mark(line: &str, mark: &str) -> bool {
    line.trim().trim_start_matches('\u{feff}').trim_end_matches(';').eq_ignore_ascii_case(mark)
}

/// The cards of a text with plain lines, and whether there was anything outside of them.
pub(super) fn cards(text: &str) -> (Vec<Result<RawCard, Refusal>>, bool) {
    let mut cards = Vec::new();
    let mut outside = false;
    let mut open: Option<Vec<&str>> = None;
    let mut inner = Inner::default();
    for line in text.lines() {
        let (begins, ends) = (is_mark(line, BEGIN), is_mark(line, END));
        match &mut open {
            None if begins => open = Some(Vec::new()),
            None => outside |= !line.trim_matches('\u{feff}').trim().is_empty(),
            Some(lines) if begins => {
                if lines.last().is_some_and(|line| holds_a_card(line)) || inner.depth > 0 {
                    inner.begin();
                } else {
                    cards.push(Err(Refusal::CutShort));
                    lines.clear();
                }
            }
            Some(_) if ends && inner.depth > 0 => inner.depth -= 1,
            Some(lines) if ends => {
                cards.push(Ok(raw_card(lines, inner.seen)));
                (open, inner) = (None, Inner::default());
            }
            Some(_) if inner.depth > 0 => {}
            Some(lines) => lines.push(line),
        }
    }
    if open.is_some() {
        cards.push(Err(Refusal::CutShort));
    }
    (cards, outside)
}

/// An assistant, in vCard 2.1.
fn holds_a_card(line: &str) -> bool {
    line.trim().to_ascii_uppercase().starts_with("AGENT") && line.trim_end().ends_with(':')
}

/// Cards within a card, which may hold cards again.
#[derive(Default)]
struct Inner {
    depth: u32,
    seen: u32,
}

impl Inner {
    fn begin(&mut self) {
        self.depth = self.depth.saturating_add(1);
        self.seen = self.seen.saturating_add(1);
    }
}

fn raw_card(lines: &[&str], inner: u32) -> RawCard {
    let mut lost: Vec<&'static str> = (0..inner.min(1)).map(|_| INNER_CARD).collect();
    let mut text = format!("{BEGIN}\n");
    for line in logical(lines) {
        if line.contains(':') {
            text.push_str(&in_plain_letters(&line));
            text.push('\n');
        } else if !line.trim().is_empty() {
            lost.push(NO_FIELD);
        }
    }
    text.push_str(END);
    text.push('\n');
    RawCard { text, lost }
}

/// Lines with what they were continued by: a line that begins with a space, one after `=` in quoted-printable, or more
/// base64.
fn logical(lines: &[&str]) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for line in lines {
        match whole.last_mut() {
            Some(last) if goes_on_quoted(last) => {
                last.pop();
                last.push_str(line);
            }
            Some(last) if line.starts_with([' ', '\t']) => last.extend(line.chars().skip(1)),
            Some(last) if has_encoding(last, &["B", "BASE64"]) && is_base64(line) => last.push_str(line),
            _ => whole.push((*line).to_owned()),
        }
    }
    whole
}

fn goes_on_quoted(line: &str) -> bool {
    line.ends_with('=') && has_encoding(line, &QUOTED)
}

fn is_base64(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
}

const QUOTED: [&str; 2] = ["QUOTED-PRINTABLE", "Q"];

fn has_encoding(line: &str, encodings: &[&str]) -> bool {
    parameters(head(line)).any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or(("ENCODING", parameter));
        name.trim().eq_ignore_ascii_case("ENCODING")
            && encodings.iter().any(|one| value.trim().eq_ignore_ascii_case(one))
    })
}

/// The name of a field and its parameters: what stands before the colon.
fn head(line: &str) -> &str {
    colon(line).and_then(|at| line.get(..at)).unwrap_or_default()
}

/// No field has a longer name, with all of its parameters.
const LONGEST_HEAD: usize = 2_000;

/// Where the value begins. Within quotation marks a colon is a letter of a parameter.
fn colon(line: &str) -> Option<usize> {
    let mut quoted = false;
    let end = line.char_indices().take(LONGEST_HEAD).find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    });
    end.map(|(at, _)| at)
}

fn parameters(head: &str) -> impl Iterator<Item = &str> {
    head.split(';').skip(1)
}

/// Quoted-printable in UTF-8 becomes what it stands for, and so does an escape of a UTF-16 unit (`\u00eb`). Other
/// character sets are left to the parser, which knows them.
fn in_plain_letters(line: &str) -> String {
    let head = head(line);
    let Some(value) = line.get(head.len()..).and_then(|rest| rest.strip_prefix(':')) else {
        return line.to_owned();
    };
    let charset = parameters(head).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("CHARSET").then(|| value.trim_matches(['"', ' ']))
    });
    let is_quoted = has_encoding(line, &QUOTED);
    if is_quoted
        && charset.is_none_or(|charset| ["UTF-8", "UTF8"].iter().any(|one| charset.eq_ignore_ascii_case(one)))
    {
        let is_kept = |parameter: &&str| !is_about_letters(parameter);
        let name = head.split(';').next().unwrap_or_default();
        let head: Vec<&str> = std::iter::once(name).chain(parameters(head).filter(is_kept)).collect();
        return format!("{}:{}", head.join(";"), unquoted(value));
    }
    if is_quoted { line.to_owned() } else { format!("{head}:{}", with_units_read(value)) }
}

fn is_about_letters(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().trim();
    ["ENCODING", "CHARSET", "QUOTED-PRINTABLE", "Q"].iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// Only what was quoted is escaped: the semicolons between parts of a name stand there as they are.
pub(super) fn unquoted(value: &str) -> String {
    let read = |run| {
        let (bytes, after) = quoted_run(run);
        (!bytes.is_empty()).then(|| (decode::decode(&with_pairs_joined(&bytes)).text, after))
    };
    with_runs_read(value, '=', 1, read)
}

/// A value in which every run that begins with the mark is read, and escaped so that it stays text. A mark that begins
/// none stays as it is, with so many characters as belong together.
fn with_runs_read<'v>(
    value: &'v str,
    mark: char,
    together: usize,
    read: impl Fn(&'v str) -> Option<(String, &'v str)>,
) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(mark) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        rest = if let Some((letters, after)) = read(from) {
            letters.chars().for_each(|c| push_escaped(&mut out, c));
            after
        } else {
            let length = from.chars().take(together).map(char::len_utf8).sum();
            let (kept, after) = from.split_at_checked(length).unwrap_or((from, ""));
            out.push_str(kept);
            after
        };
    }
    out.push_str(rest);
    out
}

/// The bytes of `=C3=AB…`, and what follows them.
fn quoted_run(mut text: &str) -> (Vec<u8>, &str) {
    let mut bytes = Vec::new();
    while let Some(byte) = text.get(1..3).filter(|_| text.starts_with('=')).and_then(hexadecimal) {
        bytes.extend(u8::try_from(byte));
        text = text.get(3..).unwrap_or_default();
    }
    (bytes, text)
}

fn hexadecimal(digits: &str) -> Option<u16> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}

/// So that the parser gives the letter back and takes it for nothing else.
fn push_escaped(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => {}
        '\\' | ';' | ',' => out.extend(['\\', c]),
        c => out.push(c),
    }
}

fn with_units_read(value: &str) -> String {
    let read = |run| {
        let (units, after) = unit_run(run);
        (!units.is_empty()).then(|| (of_units(&units), after))
    };
    // An escape of two characters stays one: the second may be a backslash.
    with_runs_read(value, '\\', 2, read)
}

/// The units of `\ud83d\ude00…`, and what follows them.
fn unit_run(mut text: &str) -> (Vec<u16>, &str) {
    let mut units = Vec::new();
    while let Some(unit) = text.strip_prefix("\\u").and_then(|rest| rest.get(..4)).and_then(hexadecimal) {
        units.push(unit);
        text = text.get(6..).unwrap_or_default();
    }
    (units, text)
}

#[cfg(test)]
mod tests {
    use super::{cards, in_plain_letters};
    use crate::intake::contacts::Refusal;

    #[test]
    fn quoted_letters_become_plain_ones() {
        for (line, plain) in [
            ("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;", "N:Müller;Zoë;;;"),
            ("FN;QUOTED-PRINTABLE:A=3BB=2CC=0D=0AD", "FN:A\\;B\\,C\\nD"),
            ("FN;ENCODING=QUOTED-PRINTABLE:=ED=A0=BD=ED=B8=80", "FN:😀"),
            ("FN;ENCODING=QUOTED-PRINTABLE:Zo=EB", "FN:Zoë"),
            ("NOTE;ENCODING=Q:1 =3D 1, = and =ZZ", "NOTE:1 = 1, = and =ZZ"),
            (
                "FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=C1",
                "FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=C1",
            ),
        ] {
            assert_eq!(in_plain_letters(line), plain);
        }
    }

    #[test]
    fn units_of_utf16_become_letters() {
        for (line, plain) in [
            ("FN:Zo\\u00eb \\ud83d\\ude00", "FN:Zoë 😀"),
            ("NOTE:a\\u003bb\\u005c", "NOTE:a\\;b\\\\"),
            ("NOTE:\\ud83d!", "NOTE:\u{fffd}!"),
            ("NOTE:C:\\\\u00eb\\nx", "NOTE:C:\\\\u00eb\\nx"),
            ("NOTE:\\u12\\", "NOTE:\\u12\\"),
        ] {
            assert_eq!(in_plain_letters(line), plain);
        }
    }

    #[test]
    fn a_card_ends_or_was_cut_short() {
        let (found, outside) = cards("x\nBEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nbegin:vcard\nFN:C");
        let ends: Vec<_> = found.iter().map(|card| card.as_ref().err()).collect();
        assert_eq!(ends, [Some(&Refusal::CutShort), None, Some(&Refusal::CutShort)]);
        assert!(outside && found[1].as_ref().unwrap().text.contains("FN:B"));
    }

    #[test]
    fn a_card_within_a_card_is_told() {
        let (found, _) = cards("BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nTEL:1\nEND:VCARD");
        let [Ok(card)] = found.as_slice() else { panic!("one card") };
        assert!(card.text.contains("TEL:1") && !card.text.contains("FN:B"));
        assert_eq!(card.lost, ["a card inside the card"]);
    }

    #[test]
    fn lines_are_continued_in_three_ways() {
        let text = "BEGIN:VCARD\nFN:Am\n ina\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\nb\nPHOTO;BASE64:AAAA\nBBBB\n\nno field\nEND:VCARD";
        let (found, _) = cards(text);
        let card = found[0].as_ref().unwrap();
        assert_eq!(card.text, "BEGIN:VCARD\nFN:Amina\nNOTE:ab\nPHOTO;BASE64:AAAABBBB\nEND:VCARD\n");
        assert_eq!(card.lost, ["a line that is no field"]);
    }
}
