//! The loop: sleeps until something arrives or half a second is over, drains its channel, draws once.
//!
//! Beside it a thread reads keys, one owns the desk, and one waits for signals; they share nothing but channels.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event as Input};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::app::{App, Event};
use super::asker::Asker;
use super::frame;
use super::keymap::Keymap;
use super::terminal::{self, Guard};
use super::theme::Theme;
use crate::desk::worker::{Clock, Service, spawn};

/// How often the drop folder is looked at, drafts are kept and the clock is drawn. A file that arrives must be
/// seen twice before it is whole, and has to be in the inbox within two seconds.
const TICK: Duration = Duration::from_millis(500);

/// Why the screens ended before they were left.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("The terminal cannot be used: {0}. Try another terminal, or the commands.")]
    Terminal(#[from] io::Error),
    #[error(
        "The desk stopped because of a fault of its own. What was being typed is kept as a draft; start it again."
    )]
    Desk,
}

/// Runs the desk until it is left. What was being typed is kept whichever way that happens.
pub fn run(service: Service, clock: Clock, keymap: Keymap, greeting: Option<String>) -> Result<(), Fault> {
    // crossterm would drop reverse and bold together with the colours, and the selected row with them.
    crossterm::style::force_color_output(true);
    let (events, inbox) = mpsc::channel();
    let (replies, ended) = (events.clone(), events.clone());
    let (requests, worker) = spawn(
        service,
        move |ticket, reply| send(&replies, Event::Desk(ticket, reply)),
        move || send(&ended, Event::Stop),
    );
    read_signals(events.clone())?;
    let (guard, mut terminal) = Guard::enter()?;
    read_keys(events);
    let mut app =
        App::new(clock, Asker::worker(requests), keymap, Theme::for_no_color(no_color().as_deref()));
    app.greet(greeting);
    let done = until_over(&mut app, &inbox, &mut terminal);
    if !app.is_over() {
        // The terminal went away in the middle of a frame.
        app.event(Event::Stop);
    }
    drop(guard);
    // Dropping the app closes the worker's channel; it answers what was asked, closes the desk whole, and ends.
    drop(app);
    drop(inbox);
    if worker.join().is_err() {
        return Err(Fault::Desk);
    }
    Ok(done?)
}

fn no_color() -> Option<String> {
    std::env::var("NO_COLOR").ok()
}

fn until_over(
    app: &mut App,
    inbox: &Receiver<Event>,
    terminal: &mut ratatui::Terminal<ratatui::backend::CrosstermBackend<io::Stdout>>,
) -> io::Result<()> {
    let mut due = Instant::now() + TICK;
    while !app.is_over() {
        terminal.draw(|frame| frame::draw(app, frame))?;
        for text in app.take_outbox() {
            terminal::copy(&text)?;
        }
        match inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(event) => {
                app.event(event);
                while let Ok(event) = inbox.try_recv() {
                    app.event(event);
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                due = Instant::now() + TICK;
                app.event(Event::Tick);
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
    Ok(())
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
                Ok(Input::Resize(..) | Input::FocusGained | Input::FocusLost | Input::Mouse(_)) => {
                    Event::Redraw
                }
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
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            if events.send(Event::Stop).is_err() {
                return;
            }
        }
    });
    Ok(())
}
