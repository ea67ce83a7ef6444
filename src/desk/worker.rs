//! The thread that owns the desk: one request after the other, each answered once.
//!
//! [`Service`] is the desk as the screens see it, open or locked; [`spawn`] puts one on a thread. Tests keep a
//! service on their own thread and get the same answers.

mod answering;
mod aside;
mod book;
mod people_of;
mod whom;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use chrono::{DateTime, TimeDelta, Utc};

use super::answer::{DeskInfo, Standing};
use super::backups::Schedule;
use super::guessing::{self, Guessing};
use super::request::{Reply, Request};
use super::{Desk, people, setup};
use crate::cabinet::files::Folder;
use crate::cabinet::keys::{self, Passphrase, Work};
use crate::cabinet::{Error, Journal, Result};
use crate::domain::ids::PersonId;
use aside::Aside;

/// Where the time comes from. Passed in, so that a test can hold it still.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

/// How long nothing may be written before the journal is folded into the file.
const IDLE: TimeDelta = TimeDelta::seconds(3);

/// Whether what can be done before it is asked has been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    Yes,
    NotYet,
}

/// Which question an answer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A desk that may be locked.
pub struct Service {
    folder: Folder,
    work: Work,
    clock: Clock,
    desk: Option<Desk>,
    aside: Option<Aside>,
    /// Why the other cabinet did not open, until somebody has been told.
    aside_failed: Option<String>,
    senior_cabinet_replaced: bool,
    guessing: Guessing,
    /// When something was last written; none once the journal is folded into the file.
    written: Option<DateTime<Utc>>,
    /// None for a desk that is thrown away.
    backups: Option<Schedule>,
}

impl Service {
    pub fn new(folder: Folder, work: Work, clock: Clock) -> Self {
        let guessing = Guessing::default();
        let backups = Some(Schedule::default());
        Self {
            folder,
            work,
            clock,
            desk: None,
            aside: None,
            aside_failed: None,
            senior_cabinet_replaced: false,
            guessing,
            written: None,
            backups,
        }
    }

    /// A service whose desk is open from the beginning: the answer to [`Request::Who`] is then [`Reply::Open`].
    pub fn opened(folder: Folder, work: Work, clock: Clock, desk: Desk) -> Self {
        Self { desk: Some(desk), ..Self::new(folder, work, clock) }
    }

    /// The same desk, of which nothing need be kept.
    pub fn without_backups(self) -> Self {
        Self { backups: None, ..self }
    }

    pub fn answer(&mut self, request: Request) -> Reply {
        let handles_keys = matches!(request, Request::Unlock { .. } | Request::Lock);
        let answered = self.try_answer(request);
        if handles_keys {
            keys::wipe_stack();
        }
        answered.unwrap_or_else(|error| match error {
            Error::NoDesk(_) => Reply::NoDesk,
            error => Reply::Failed(error.to_string()),
        })
    }

    fn try_answer(&mut self, request: Request) -> Result<Reply> {
        match request {
            Request::Who => self.who(),
            Request::SetUp(asked) => {
                let desk = setup::set_up(self.folder.clone(), *asked, self.work, self.clock.now())?;
                self.keep_open(desk)
            }
            Request::Unlock { person, passphrase } => self.unlock(&person, passphrase),
            Request::OtherCabinet => self.turn(),
            Request::Lock => {
                let now = self.clock.now();
                self.lock_aside(now);
                if let (Some(desk), Some(backups)) = (self.desk.take(), &mut self.backups) {
                    backups.on_locking(&desk, now);
                }
                Ok(Reply::Locked)
            }
            request => self.about_people(request),
        }
    }

    fn unlock(&mut self, person: &PersonId, passphrase: Passphrase) -> Result<Reply> {
        let folder = self.folder.clone();
        let desk = self.guessed(|| Desk::open(folder, person, passphrase))?;
        self.keep_open(desk)
    }

    /// Does what takes a passphrase; after a wrong one nobody may try again for a while.
    fn guessed<T>(&mut self, with_passphrase: impl FnOnce() -> Result<T>) -> Result<T> {
        if let Some(left) = self.guessing.wait(self.clock.now()) {
            let left = guessing::told(left);
            return Err(Error::Refused(format!(
                "Too many wrong passphrases, so this one was not looked at. Try again in {left}."
            )));
        }
        let done = with_passphrase();
        match &done {
            Ok(_) => self.guessing.was_right(),
            Err(Error::WrongPassphrase) => self.guessing.was_wrong(self.clock.now()),
            Err(_) => {}
        }
        done
    }

    fn ask_open_desk(&mut self, request: Request) -> Result<Reply> {
        let now = self.clock.now();
        let desk = self.desk.as_mut().ok_or_else(locked)?;
        if matches!(
            request,
            Request::Act { .. } | Request::KeepDraft { .. } | Request::DiscardDraft(_) | Request::Saw(_)
        ) {
            self.written = Some(now);
        }
        let is_look = matches!(request, Request::Look);
        let mut reply = answering::answer(desk, request, now);
        if let Ok(Reply::Looked { looked, standing, .. }) = &mut reply {
            let failed = self.backups.as_mut().and_then(|backups| backups.look(desk, now));
            let failed_aside = self.look_aside(now);
            looked.trouble = looked.trouble.take().or(failed).or(failed_aside);
            self.complete(standing, now);
        }
        match &reply {
            Ok(Reply::Looked { changed: true, .. }) => self.written = Some(now),
            // A drop folder that cannot be read is no reason not to.
            _ if is_look => {
                self.written = self.desk.as_mut().and_then(|desk| unsettled(desk, self.written, now));
            }
            _ => {}
        }
        reply
    }

    /// A locked desk has nothing to get ready; what fails here fails again, and is told, when it is asked for.
    pub fn get_ready(&mut self) -> Ready {
        let now = self.clock.now();
        let Some(desk) = &mut self.desk else { return Ready::Yes };
        let ready = desk.get_ready(now).unwrap_or(Ready::Yes);
        if let (Ready::Yes, Some(backups)) = (ready, &mut self.backups) {
            backups.start_where_due(desk, now);
        }
        ready
    }

    /// Closes the desk for good, with a backup of what was recorded since the last one; what went wrong with that.
    /// `slow` is called where somebody will notice that it takes time.
    pub fn close(mut self, slow: impl FnOnce()) -> Option<String> {
        let now = self.clock.now();
        let (desk, backups) = (self.desk.take()?, self.backups.as_mut()?);
        let mut slow = Some(slow);
        let mut slow = || slow.take().map_or((), |slow| slow());
        let failed = backups.on_closing(&desk, now, &mut slow);
        drop(desk);
        let failed_aside = self.close_aside(now, slow);
        failed.or(failed_aside)
    }

    /// Who may open the desk; where it is open already, that it is.
    fn who(&mut self) -> Result<Reply> {
        match self.desk.take() {
            Some(desk) => self.keep_open(desk),
            None => people(&self.folder).map(Reply::People),
        }
    }

    fn keep_open(&mut self, mut desk: Desk) -> Result<Reply> {
        desk.noticed_change()?;
        let mut info = desk.info()?;
        if self.aside.is_none() {
            self.find_aside(&desk);
        }
        info.opens_both = self.aside.is_some();
        if let Some(backups) = &mut self.backups {
            backups.on_opening(&desk);
        } else {
            // Nobody is asked to look after a desk that is thrown away.
            info = DeskInfo { receiver: None, lacks_recovery_key: false, ..info };
        }
        self.desk = Some(desk);
        self.complete(&mut info.standing, self.clock.now());
        Ok(Reply::Open(Box::new(info)))
    }

    /// What the open desk does not know of itself: its backups, and what nobody may overlook of the cabinet behind.
    fn complete(&self, standing: &mut Standing, now: DateTime<Utc>) {
        if let (Some(desk), Some(backups)) = (&self.desk, &self.backups) {
            standing.days_without_backup = backups.days_without(desk, now);
            standing.last_backup = backups.last();
        }
        standing.senior_cabinet_replaced = self.senior_cabinet_replaced;
        if let Some(aside) = &self.aside {
            aside.complete(standing);
        }
    }
}

/// Notes the newest entry and folds the journal once nothing was written for a while; what is left to fold. Where it
/// cannot be done, it is tried again at the next look: nobody waits for it, and the records are safe beside the file
/// meanwhile.
fn unsettled(desk: &mut Desk, written: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if written.is_none_or(|at| now - at < IDLE) {
        return written;
    }
    desk.keep_last_seen();
    if matches!(desk.settle_if_free(), Ok(Journal::Folded)) { None } else { written }
}

fn locked() -> Error {
    Error::Refused("The desk is locked. Open it with your passphrase.".to_owned())
}

/// Starts the worker. It ends, and the desk is closed whole, when the sender is dropped; it then says what went wrong
/// with the backup on closing. `slow` is called where that takes time, and `ended` whichever way the worker ends.
pub fn spawn(
    mut service: Service,
    reply: impl Fn(Ticket, Reply) + Send + 'static,
    slow: impl FnOnce() + Send + 'static,
    ended: impl FnOnce() + Send + 'static,
) -> (Sender<(Ticket, Request)>, JoinHandle<Option<String>>) {
    let (requests, inbox) = mpsc::channel::<(Ticket, Request)>();
    let thread = thread::spawn(move || {
        let _ended = OnDrop(Some(ended));
        while let Some((ticket, request)) = next(&inbox, &mut service) {
            reply(ticket, service.answer(request));
        }
        service.close(slow)
    });
    (requests, thread)
}

/// The next request. While there is none, the desk gets ready for it, a little at a time.
fn next<T>(inbox: &Receiver<T>, service: &mut Service) -> Option<T> {
    loop {
        match inbox.try_recv() {
            Ok(asked) => return Some(asked),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => match service.get_ready() {
                Ready::Yes => return inbox.recv().ok(),
                Ready::NotYet => {}
            },
        }
    }
}

/// Calls a function when it goes, a panic included.
struct OnDrop<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        if let Some(call) = self.0.take() {
            call();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::desk::{Act, testing};
    use crate::domain::contact::{ContactDetails, Number};
    use crate::domain::ids::PersonId;

    /// A desk that is open, a clock to turn, and its folder.
    fn service() -> (Service, Arc<Mutex<DateTime<Utc>>>, tempfile::TempDir) {
        let (desk, home) = testing::desk();
        let folder = desk.folder().clone();
        let now = Arc::new(Mutex::new(testing::now()));
        let shown = Arc::clone(&now);
        let clock = Clock::new(move || *shown.lock().unwrap());
        (Service::opened(folder, Work::Token, clock, desk), now, home)
    }

    fn journal(service: &Service) -> u64 {
        let path = service.folder.database().with_extension("db-wal");
        path.metadata().map_or(0, |file| file.len())
    }

    fn write(service: &mut Service) {
        let draft = Request::KeepDraft { slot: "a".to_owned(), body: "b".to_owned() };
        assert!(matches!(service.answer(draft), Reply::DraftKept));
    }

    fn look_later(service: &mut Service, now: &Mutex<DateTime<Utc>>) {
        *now.lock().unwrap() += IDLE;
        assert!(matches!(service.answer(Request::Look), Reply::Looked { .. }));
    }

    #[test]
    fn what_was_written_is_folded_in_when_nothing_happens() {
        let (mut service, now, _home) = service();
        write(&mut service);
        assert!(matches!(service.answer(Request::Look), Reply::Looked { .. }));
        assert!(journal(&service) > 0, "too soon");
        look_later(&mut service, &now);
        assert_eq!(journal(&service), 0);
    }

    /// How many entries are noted beside the record.
    fn noted(service: &Service) -> Option<i64> {
        let note = std::fs::read_to_string(service.folder.database().with_extension("seen")).ok()?;
        note.parse::<toml::Table>().unwrap()["entries"].as_integer()
    }

    #[test]
    fn the_newest_entry_is_noted_when_nothing_happens_and_on_locking() {
        let (mut service, now, _home) = service();
        let record = |service: &mut Service| {
            let act = Act::AddContact(Box::new(ContactDetails {
                service: "Early help".into(),
                numbers: vec![Number { number: "0116 496 0001".into(), ..Number::default() }],
                ..ContactDetails::default()
            }));
            assert!(matches!(service.answer(Request::Act { act, draft: None }), Reply::Saved(_)));
            service.desk.as_ref().unwrap().entries().unwrap().0
        };
        let first = record(&mut service);
        assert!(matches!(service.answer(Request::Look), Reply::Looked { .. }));
        assert_eq!(noted(&service), None, "nobody who saves waits for it");
        look_later(&mut service, &now);
        assert_eq!(noted(&service), Some(first));
        let second = record(&mut service);
        assert_eq!(noted(&service), Some(first));
        assert!(matches!(service.answer(Request::Lock), Reply::Locked));
        assert_eq!(noted(&service), Some(second));
    }

    #[test]
    fn a_drop_folder_that_cannot_be_read_does_not_stop_the_folding() {
        let (mut service, now, _home) = service();
        write(&mut service);
        let incoming = service.folder.incoming();
        std::fs::remove_dir_all(&incoming).unwrap();
        std::fs::write(&incoming, "in the way").unwrap();
        *now.lock().unwrap() += IDLE;
        assert!(matches!(service.answer(Request::Look), Reply::Failed(_)));
        assert_eq!(journal(&service), 0);
    }

    #[test]
    fn a_journal_that_another_desk_holds_is_folded_in_later() {
        let (mut service, now, _home) = service();
        let amina = PersonId::from_name("Amina Khan");
        let other = Desk::open(service.folder.clone(), &amina, testing::passphrase()).unwrap();
        write(&mut service);
        let reading = other.cabinet.db().unchecked_transaction().unwrap();
        reading.query_row("SELECT count(*) FROM ledger", [], |row| row.get::<_, i64>(0)).unwrap();
        look_later(&mut service, &now);
        assert!(journal(&service) > 0, "the other desk reads it");
        drop(reading);
        look_later(&mut service, &now);
        assert_eq!(journal(&service), 0);
    }
}
