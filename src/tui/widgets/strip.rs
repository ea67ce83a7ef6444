//! How busy each month was: a bar per month, and the same in words for those who cannot see bars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::columns::fit;
use crate::tui::theme::Theme;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const QUIET: char = '.';

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many entries a month has; `month` is 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthCount {
    pub year: i32,
    pub month: u32,
    pub entries: u32,
}

impl MonthCount {
    fn label(self) -> String {
        let name = (self.month as usize).checked_sub(1).and_then(|place| MONTHS.get(place)).unwrap_or(&"?");
        format!("{name} {}", self.year)
    }
}

/// A column for each of the last `width` months: a full block for the busiest, a dot for none.
pub fn bars(months: &[MonthCount], width: usize) -> String {
    let shown = last(months, width);
    let most = shown.iter().map(|month| month.entries).max().unwrap_or(0);
    shown.iter().map(|month| bar(month.entries, most)).collect()
}

/// What the bars say: `Jan 2025 to Nov 2026: 14 entries, most in Mar 2026 (5)`.
pub fn legend(months: &[MonthCount], width: usize) -> String {
    let shown = last(months, width);
    let (Some(first), Some(end)) = (shown.first(), shown.last()) else { return String::new() };
    let entries: u64 = shown.iter().map(|month| u64::from(month.entries)).sum();
    // Of several that are equally busy the latest matters most, which is the one that this finds.
    let most = shown.iter().max_by_key(|month| month.entries).filter(|month| month.entries > 0);
    let plural = if entries == 1 { "entry" } else { "entries" };
    let busiest = most.map(|month| format!(", most in {} ({})", month.label(), month.entries));
    if shown.len() == 1 {
        return format!("{}: {entries} {plural}", first.label());
    }
    format!("{} to {}: {entries} {plural}{}", first.label(), end.label(), busiest.unwrap_or_default())
}

/// The bars, and the legend beneath where there is a second line.
pub fn draw(months: &[MonthCount], area: Rect, buf: &mut Buffer, theme: &Theme) {
    let area = area.intersection(buf.area);
    let width = usize::from(area.width);
    let lines = [(bars(months, width), theme.text), (fit(&legend(months, width), width), theme.dim)];
    for (row, (line, style)) in area.rows().zip(lines) {
        buf.set_stringn(row.x, row.y, line, width, style);
    }
}

fn last(months: &[MonthCount], width: usize) -> &[MonthCount] {
    months.get(months.len().saturating_sub(width)..).unwrap_or_default()
}

/// One entry is always a bar, the busiest month always the full block.
fn bar(entries: u32, most: u32) -> char {
    let steps = (u64::from(entries) * BARS.len() as u64).div_ceil(u64::from(most.max(1)));
    let step = usize::try_from(steps).unwrap_or(BARS.len()).checked_sub(1);
    step.and_then(|step| BARS.get(step)).copied().unwrap_or(QUIET)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn year(entries: &[u32]) -> Vec<MonthCount> {
        (1..)
            .zip(entries)
            .map(|(month, entries)| MonthCount { year: 2026, month, entries: *entries })
            .collect()
    }

    #[test]
    fn bars_grow_to_the_busiest_month() {
        assert_eq!(bars(&year(&[0, 1, 8, 4, 16]), 12), ".▁▄▂█");
        assert_eq!(bars(&year(&[0, 0]), 12), "..");
    }

    #[test]
    fn narrow_strips_show_the_latest_months() {
        assert_eq!(bars(&year(&[16, 1, 2]), 2), "▄█");
        assert_eq!(legend(&year(&[16, 1, 2]), 2), "Feb 2026 to Mar 2026: 3 entries, most in Mar 2026 (2)");
    }

    #[test]
    fn the_legend_says_it_in_plain_letters() {
        let legend = legend(&year(&[0, 5, 1, 5]), 12);
        assert_eq!(legend, "Jan 2026 to Apr 2026: 11 entries, most in Apr 2026 (5)");
        assert!(legend.is_ascii());
        assert_eq!(super::legend(&year(&[0]), 12), "Jan 2026: 0 entries");
        assert_eq!(super::legend(&[], 12), "");
    }

    proptest! {
        #[test]
        fn any_size_is_drawn(entries in prop::collection::vec(any::<u32>(), 0..300), width in 0u16..200, height in 0u16..60) {
            let area = Rect::new(0, 0, width, height);
            draw(&year(&entries), area, &mut Buffer::empty(area), &Theme::coloured());
        }
    }
}
