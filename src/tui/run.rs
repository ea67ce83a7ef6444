//! The loop: sleeps until something arrives or half a second is over, drains its channel, draws once.
//!
//! Beside it a thread reads keys, one owns the desk, and one waits for signals; they share nothing but channels.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use crossterm::event::{self, Event as Input};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};
use signal_hook::iterator::Signals;

use super::app::{App, Event};
use super::asker::Asker;
use super::frame::{self, Widths};
use super::keymap::Keymap;
use super::terminal::{self, Guard, Screen};
use super::theme::Theme;
use crate::desk::Reply;
use crate::desk::worker::{Clock, Service, spawn};

/// How often the drop folder is looked at, drafts are kept and the clock is drawn. A file that arrives must be
/// seen twice before it is whole, and has to be in the inbox within two seconds.
const TICK: Duration = Duration::from_millis(500);

/// How long a frame waits for an answer that it could show: most come sooner, and two frames cost more than one.
const AT_ONCE: Duration = Duration::from_millis(4);

/// Why the screens ended before they were left.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("The terminal cannot be used: {0}. Try another terminal, or the commands.")]
    Terminal(#[from] io::Error),
    #[error(
        "The desk stopped because of a fault of its own. What was being typed is kept as a draft; start it again."
    )]
    Desk,
    #[error(
        "The desk was told to stop, and what was typed last could not be kept: its disk is full, read-only or busy. What was recorded is safe; write the rest down again."
    )]
    NotKept,
}

/// What the desk's `config.toml` asks for.
pub struct Settings {
    pub keymap: Keymap,
    /// After how long without a key the desk locks.
    pub lock_after: TimeDelta,
}

/// Runs the desk until it is left. What was being typed is kept whichever way that happens. `slow` is called when the
/// terminal has been given back and closing takes a while; what went wrong with the backup then is the answer.
pub fn run(
    service: Service,
    clock: Clock,
    settings: Settings,
    greeting: Option<String>,
    slow: impl FnOnce() + Send + 'static,
) -> Result<Option<String>, Fault> {
    // crossterm would drop reverse and bold together with the colours, and the selected row with them.
    crossterm::style::force_color_output(true);
    let (events, inbox) = mpsc::channel();
    let (replies, ended) = (events.clone(), events.clone());
    let (requests, worker) = spawn(
        service,
        move |ticket, reply| send(&replies, Event::Desk(ticket, reply)),
        slow,
        move || send(&ended, Event::Stop),
    );
    read_signals(events.clone())?;
    let (guard, mut terminal) = Guard::enter()?;
    read_keys(events);
    let mut app =
        App::new(clock, Asker::worker(requests), settings.keymap, Theme::for_no_color(no_color().as_deref()));
    app.lock_after(settings.lock_after);
    app.greet(greeting);
    let done = kept_whatever_happens(&mut app, |app| until_over(app, &inbox, &mut terminal));
    for tell in app.take_outbox() {
        // A terminal that is gone has nothing on its clipboard of ours.
        drop(terminal::tell(&tell));
    }
    drop(guard);
    let drafts = app.unanswered_drafts();
    let is_typed_in_vain = app.has_typed_ahead();
    // Dropping the app closes the worker's channel; it answers what was asked, closes the desk whole, and ends.
    drop(app);
    let Ok(backup) = worker.join() else { return Err(Fault::Desk) };
    let failed = |event| matches!(event, Event::Desk(ticket, Reply::Failed(_)) if drafts.contains(&ticket));
    let lost = is_typed_in_vain || inbox.try_iter().any(failed);
    match done {
        Ok(_) if lost => Err(Fault::NotKept),
        Ok(done) => Ok(done.map(|()| backup)?),
        // It was told of when it happened.
        Err(panic) => panic::resume_unwind(panic),
    }
}

/// Runs the loop. Where the terminal goes away in the middle of a frame, or the loop panics, what is being typed is
/// still kept.
fn kept_whatever_happens<T>(app: &mut App, run: impl FnOnce(&mut App) -> T) -> thread::Result<T> {
    let done = panic::catch_unwind(AssertUnwindSafe(|| run(app)));
    // Half an event may have happened; what a layer holds is whole. A second panic loses no more than the first. Told
    // twice, the app waits for nothing.
    for _ in 0..2 {
        if !app.is_over() {
            drop(panic::catch_unwind(AssertUnwindSafe(|| app.event(Event::Stop))));
        }
    }
    done
}

fn no_color() -> Option<String> {
    std::env::var("NO_COLOR").ok()
}

fn until_over(app: &mut App, inbox: &Receiver<Event>, terminal: &mut Screen) -> io::Result<()> {
    let mut due = Instant::now() + TICK;
    let mut widths = Widths::Certain;
    while !app.is_over() {
        widths = terminal::draw(terminal, widths, |frame| frame::draw(app, frame))?;
        for tell in app.take_outbox() {
            terminal::tell(&tell)?;
        }
        match inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(event) => app.event(event),
            Err(RecvTimeoutError::Timeout) => {
                due = Instant::now() + TICK;
                app.event(Event::Tick);
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        take_what_is_there(app, inbox);
    }
    Ok(())
}

/// Everything that has happened already, and the answers that come at once. What comes when it is over stays there: it
/// says whether the last drafts were kept.
fn take_what_is_there(app: &mut App, inbox: &Receiver<Event>) {
    let end = Instant::now() + AT_ONCE;
    while !app.is_over() {
        let left = end.saturating_duration_since(Instant::now());
        let patience = if app.asker.is_waiting_at_all() { left } else { Duration::ZERO };
        let Ok(event) = inbox.recv_timeout(patience) else { return };
        app.event(event);
    }
}

/// A receiver that is gone has ended the program already.
fn send(events: &Sender<Event>, event: Event) {
    drop(events.send(event));
}

fn read_keys(events: Sender<Event>) {
    thread::spawn(move || {
        loop {
            let event = match event::read() {
                Ok(Input::Key(key)) => Event::Key(key),
                Ok(Input::Paste(text)) => Event::Paste(text),
                Ok(Input::Mouse(mouse)) => Event::Mouse(mouse),
                Ok(Input::Resize(..) | Input::FocusGained | Input::FocusLost) => Event::Redraw,
                // The terminal went away.
                Err(_) => Event::Stop,
            };
            let last = matches!(event, Event::Stop);
            if events.send(event).is_err() || last {
                return;
            }
        }
    });
}

fn read_signals(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            if events.send(Event::Stop).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent};

    use super::*;
    use crate::desk::worker::Ticket;
    use crate::desk::{Reply, Request};
    use crate::tui::screens::testing::info;

    fn app() -> (App, Receiver<(Ticket, Request)>) {
        let (requests, asked) = mpsc::channel();
        let clock = Clock::new(|| "2026-11-20T14:10:00Z".parse().unwrap());
        (App::new(clock, Asker::worker(requests), Keymap::default(), Theme::plain()), asked)
    }

    fn answer(app: &mut App, asked: &Receiver<(Ticket, Request)>) {
        for (ticket, request) in asked.try_iter() {
            match request {
                Request::Who => app.event(Event::Desk(ticket, Reply::Open(Box::new(info())))),
                Request::Draft(_) => app.event(Event::Desk(ticket, Reply::Draft(None))),
                _ => {}
            }
        }
    }

    fn press(app: &mut App, code: KeyCode) {
        app.event(Event::Key(KeyEvent::from(code)));
    }

    #[test]
    fn a_draft_that_fails_as_the_program_stops_is_told_of() {
        let (mut app, asked) = app();
        let (events, inbox) = mpsc::channel();
        answer(&mut app, &asked);
        press(&mut app, KeyCode::Char('n'));
        answer(&mut app, &asked);
        for code in [KeyCode::Tab, KeyCode::Tab, KeyCode::Char('Z')] {
            press(&mut app, code);
        }
        app.event(Event::Stop);
        let draft = |(ticket, request)| matches!(request, Request::KeepDraft { .. }).then_some(ticket);
        let ticket = asked.try_iter().find_map(draft).unwrap();
        send(&events, Event::Desk(ticket, Reply::Failed("The disk is full.".to_owned())));
        take_what_is_there(&mut app, &inbox);
        assert!(app.unanswered_drafts().contains(&ticket) && inbox.try_recv().is_ok());
    }

    #[test]
    fn what_is_typed_outlives_a_panic_of_the_loop() {
        let (mut app, asked) = app();
        answer(&mut app, &asked);
        press(&mut app, KeyCode::Char('n'));
        answer(&mut app, &asked);
        let quiet = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let done = kept_whatever_happens(&mut app, |app| {
            for code in [KeyCode::Tab, KeyCode::Tab, KeyCode::Char('Z')] {
                press(app, code);
            }
            panic!("a fault of the loop");
        });
        panic::set_hook(quiet);
        let done: thread::Result<()> = done;
        assert!(done.is_err() && app.is_over());
        assert!(asked.try_iter().any(|(_, request)| matches!(request, Request::KeepDraft { .. })));
    }
}
