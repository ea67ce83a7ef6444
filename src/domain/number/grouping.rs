//! How the digits of a British number are grouped: by the length of its area's code. What they mean is `number`'s.

/// Area codes of four digits after the nought that share their first ones with longer codes: Cumbria and the Borders.
const SIX_DIGITS: [&str; 12] = [
    "013873", "015242", "015394", "015395", "015396", "016973", "016974", "016977", "017683", "017684",
    "017687", "019467",
];

/// The digits with spaces between their groups; none where it is no British number that one knows.
pub(super) fn grouped(digits: &str) -> Option<String> {
    if let Some(number) = digits.strip_prefix("18001").or_else(|| digits.strip_prefix("18002")) {
        let relay = digits.get(..5)?;
        return Some(format!("{relay} {}", grouped(number)?));
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let groups: &[usize] = match (digits.as_bytes(), digits.len()) {
        // 999, 101, 111; and the European ones, 116 123.
        ([b'1'..=b'9', ..], 3 | 4) => &[4],
        ([b'1', b'1', b'6', ..], 6) => &[3, 3],
        ([b'1'..=b'9', ..], 5 | 6) => &[6],
        ([b'0', b'2', ..], 11) => &[3, 4, 4],
        ([b'0', b'1', b'1', ..] | [b'0', b'1', _, b'1', ..] | [b'0', b'3' | b'5' | b'8' | b'9', ..], 11) => {
            &[4, 3, 4]
        }
        ([b'0', b'1', ..], 10 | 11) if SIX_DIGITS.iter().any(|code| digits.starts_with(code)) => &[6, 5],
        ([b'0', b'1', ..], 11) => &[5, 3, 3],
        ([b'0', b'1', ..], 10) => &[5, 5],
        ([b'0', b'7', ..], 11) => &[5, 6],
        ([b'0', b'5' | b'8', ..], 10) => &[4, 3, 3],
        // Childline and NHS 24 have short ones.
        ([b'0', b'8', ..], 8) => &[4, 4],
        _ => return None,
    };
    Some(in_groups(digits, groups))
}

fn in_groups(digits: &str, groups: &[usize]) -> String {
    let mut rest = digits;
    let mut parts = Vec::new();
    for length in groups {
        let (group, others) = rest.split_at_checked(*length).unwrap_or((rest, ""));
        parts.push(group);
        rest = others;
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}
