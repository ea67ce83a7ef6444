//! The terminal, taken and given back. Whatever way the program ends, the screen is cleared first and the
//! terminal left as it was found, with nothing of the record in its scrollback (T16, T17).

use std::io::{self, Write};
use std::mem;
use std::panic;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use super::app::Tell;
use super::frame::Widths;
use super::layer::Mouse;

/// What the frames are drawn on.
pub type Screen = Terminal<CrosstermBackend<Whole>>;

/// Hands a frame to the terminal in one piece, where standard output would pass on each kilobyte by itself.
#[derive(Default)]
pub struct Whole(Vec<u8>);

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        // A frame that the terminal does not take is not tried again: it may have been given back by then (T16).
        let frame = mem::take(&mut self.0);
        let mut out = io::stdout();
        out.write_all(&frame)?;
        out.flush()
    }
}

/// Gives the terminal back when it is dropped.
pub struct Guard(());

impl Guard {
    pub fn enter() -> io::Result<(Self, Screen)> {
        enable_raw_mode()?;
        let guard = Self(());
        restore_on_panic();
        // The title never holds more than the program's name (T18).
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, SetTitle("dsl-desk"))?;
        // A desk that was killed has left its last screen, and only what differs from an empty one is drawn.
        execute!(io::stdout(), Clear(ClearType::All))?;
        let terminal = Terminal::new(CrosstermBackend::new(Whole::default()))?;
        Ok((guard, terminal))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// A terminal that went away cannot be restored; there is nobody left to tell.
fn restore() {
    drop(execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableBracketedPaste,
        Clear(ClearType::All),
        LeaveAlternateScreen,
        Show
    ));
    drop(disable_raw_mode());
}

/// A panic of the loop gives the terminal back before it is told of. One of another thread is not told here:
/// the loop ends, and whoever ran it says so; nothing may be drawn on the screen that was given back (T16).
fn restore_on_panic() {
    let tell = panic::take_hook();
    let screen = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == screen {
            restore();
            tell(info);
        }
    }));
}

/// Draws a frame. One after a frame whose widths the terminal may have counted otherwise is drawn whole, on a clear
/// screen: drawing only what is different would leave pieces of a child's record behind, a lock included.
pub fn draw(
    terminal: &mut Screen,
    before: Widths,
    draw: impl FnOnce(&mut Frame) -> Widths,
) -> io::Result<Widths> {
    let mut widths = Widths::Certain;
    match before {
        Widths::Certain => {
            terminal.draw(|frame| widths = draw(frame))?;
        }
        Widths::Doubtful => {
            // A terminal that knows how shows the cleared screen and the frame as one.
            execute!(io::stdout(), BeginSynchronizedUpdate, Clear(ClearType::All))?;
            // Forgets what was drawn last.
            terminal.swap_buffers();
            terminal.draw(|frame| widths = draw(frame))?;
            execute!(io::stdout(), EndSynchronizedUpdate)?;
        }
    }
    Ok(widths)
}

/// Tells the terminal something besides the frame. The clipboard is that of the terminal in front of the person
/// (OSC 52); it is written and never read (T14).
pub fn tell(what: &Tell) -> io::Result<()> {
    let mut out = io::stdout();
    match what {
        Tell::Clipboard(text) => write!(out, "\x1b]52;c;{}\x07", STANDARD.encode(text))?,
        Tell::Mouse(Mouse::On) => execute!(out, EnableMouseCapture)?,
        Tell::Mouse(Mouse::Off) => execute!(out, DisableMouseCapture)?,
    }
    out.flush()
}
