//! What things look like, by meaning: sixteen ANSI colours on the terminal's own foreground and background.
//!
//! No screen names a colour. State is never shown by colour alone: every style that means something is accompanied by
//! a word or a mark on the screen, and in [`Theme::plain`] there is no colour at all.
//!
//! Only red and magenta are used as letters on the terminal's background, because they alone can be read on black,
//! on white and on both Solarized grounds; the others bring their own background. Grey (`DarkGray`) is the background
//! of Solarized dark, so quieter text is dimmed instead.

use ratatui::style::{Color, Modifier, Style};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub text: Style,
    /// What may be skipped: hints, positions, what is missing.
    pub dim: Style,
    pub title: Style,
    /// The row or answer that Enter acts on; lists mark it with `>` as well.
    pub selected: Style,
    /// The letters that were searched for.
    pub mark: Style,
    /// Somebody may be in danger now.
    pub danger: Style,
    /// Cannot wait long.
    pub soon: Style,
    /// Something to read before going on.
    pub warn: Style,
    pub good: Style,
    /// The name of a key.
    pub key: Style,
    pub border: Style,
    pub field: Style,
    pub field_focused: Style,
}

impl Theme {
    /// The theme for the environment's `NO_COLOR`, where any value but an empty one counts (no-color.org).
    pub fn for_no_color(value: Option<&str>) -> Self {
        if value.is_some_and(|value| !value.is_empty()) { Self::plain() } else { Self::coloured() }
    }

    pub fn coloured() -> Self {
        Self {
            danger: Style::new().fg(Color::White).bg(Color::Red).bold(),
            soon: Style::new().fg(Color::Red).bold(),
            warn: Style::new().fg(Color::Black).bg(Color::Yellow),
            good: Style::new().fg(Color::Black).bg(Color::Green),
            key: Style::new().fg(Color::Magenta).bold(),
            mark: Style::new().fg(Color::Magenta).bold().underlined(),
            ..Self::plain()
        }
    }

    /// Bold, dim, underlined and reversed only.
    pub fn plain() -> Self {
        Self {
            text: Style::new(),
            dim: Style::new().dim(),
            title: Style::new().bold(),
            selected: Style::new().reversed(),
            mark: Style::new().bold().underlined(),
            danger: Style::new().bold().reversed(),
            soon: Style::new().bold().underlined(),
            warn: Style::new().bold(),
            good: Style::new(),
            key: Style::new().bold(),
            border: Style::new().dim(),
            field: Style::new().add_modifier(Modifier::UNDERLINED | Modifier::DIM),
            field_focused: Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        }
    }

    /// Every style with its name, for tests and for the help screen's legend.
    pub fn all(&self) -> [(&'static str, Style); 13] {
        [
            ("text", self.text),
            ("dim", self.dim),
            ("title", self.title),
            ("selected", self.selected),
            ("mark", self.mark),
            ("danger", self.danger),
            ("soon", self.soon),
            ("warn", self.warn),
            ("good", self.good),
            ("key", self.key),
            ("border", self.border),
            ("field", self.field),
            ("field focused", self.field_focused),
        ]
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::{Color, Theme};

    type Rgb = [u8; 3];

    /// The ground and the colours that the theme uses, in the order black, red, green, yellow, magenta, white.
    struct Terminal(&'static str, Rgb, [Rgb; 6]);

    const XTERM: [Rgb; 6] =
        [[0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [205, 0, 205], [229, 229, 229]];
    const SOLARIZED: [Rgb; 6] =
        [[7, 54, 66], [220, 50, 47], [133, 153, 0], [181, 137, 0], [211, 54, 130], [238, 232, 213]];
    const TERMINALS: [Terminal; 4] = [
        Terminal("black", [0, 0, 0], XTERM),
        Terminal("white", [255, 255, 255], XTERM),
        Terminal("solarized dark", [0, 43, 54], SOLARIZED),
        Terminal("solarized light", [253, 246, 227], SOLARIZED),
    ];

    impl Terminal {
        fn colour(&self, colour: Color) -> Rgb {
            let place = match colour {
                Color::Black => 0,
                Color::Red => 1,
                Color::Green => 2,
                Color::Yellow => 3,
                Color::Magenta => 4,
                Color::White => 5,
                other => panic!("{other:?} was not checked on other grounds"),
            };
            self.2[place]
        }
    }

    /// Relative luminance, WCAG 2.
    fn luminance(rgb: Rgb) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn coloured_letters_can_be_read_on_every_ground() {
        for terminal in &TERMINALS {
            for (name, style) in Theme::coloured().all() {
                let Some(letters) = style.fg else { continue };
                let ground = style.bg.map_or(terminal.1, |bg| terminal.colour(bg));
                let ratio = contrast(terminal.colour(letters), ground);
                assert!(ratio >= 3.0, "{name} on {}: {ratio:.1}", terminal.0);
            }
        }
    }

    #[test]
    fn without_colour_there_is_none() {
        for (name, style) in Theme::for_no_color(Some("1")).all() {
            assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None), "{name}");
        }
        assert_eq!(Theme::for_no_color(Some("")), Theme::coloured());
        assert_eq!(Theme::for_no_color(None), Theme::coloured());
    }

    #[test]
    fn what_matters_shows_without_colour() {
        let plain = Theme::plain();
        assert!(plain.selected.add_modifier.contains(Modifier::REVERSED));
        for style in [plain.mark, plain.danger, plain.soon, plain.warn, plain.key, plain.title] {
            assert_ne!(style, plain.text);
        }
        assert_ne!(plain.field, plain.field_focused);
    }
}
