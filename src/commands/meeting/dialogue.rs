//! The questions of a meeting, item by item.

use gwp::calendar::Day;
use gwp::meeting::{
    ALWAYS, Answer, Attendance, Chosen, Decided, Item, Proceedings, Progress, Reply, Sitting, Standing, Table, names,
    unless_none,
};
use gwp::recording::RecordingSession;
use gwp::records::{CommitteeMeeting, Condition, Outcome};
use gwp::render::Layout;
use gwp::reports::Sheet;
use gwp::text::{SaidDay, Text, all_of, counted};

use super::super::asking::{Asking, Keeps, yes_or_no};
use super::super::context::Context;
use super::super::decide::wants_to_know;
use super::super::surroundings::Surroundings;
use super::kept::Kept;

/// A meeting as it is gone through.
struct Dialogue<'d> {
    session: &'d RecordingSession,
    sitting: Sitting,
    table: &'d Table,
    kept: &'d Kept,
    /// Who was there; none where that was not said yet.
    attendance: Option<Attendance>,
    /// The answer to each item; none where it was not reached.
    answers: Vec<Option<Answer>>,
    layout: Layout,
}

/// Where to go on.
enum Next {
    Forward,
    Back,
    Leave,
}

/// What somebody says at the end.
enum Ended {
    Write,
    Drop,
    /// To the last item.
    Back,
    /// An item is to be changed: its position.
    Item(usize),
    People,
    Notes,
}

/// Goes through a meeting, from where it was left; none where nothing is to be written.
pub fn held(
    session: &RecordingSession,
    sitting: Sitting,
    table: &Table,
    kept: &Kept,
    context: &Context<'_>,
) -> anyhow::Result<Option<Proceedings>> {
    let (mut answers, mut questions) = Surroundings::terminal();
    let mut asking = Asking::of(&mut answers, &mut questions).in_dialogue();
    let (layout, none) = (context.layout(), vec![None; table.items.len()]);
    let mut dialogue = Dialogue { session, sitting, table, kept, attendance: None, answers: none, layout };
    dialogue.begin(&mut asking)?;
    dialogue.take_up(&mut asking)?;
    if dialogue.attendance.is_none() {
        dialogue.ask_who_was_there(&mut asking)?;
    }
    dialogue.go_through(&mut asking)
}

impl Dialogue<'_> {
    /// What lies before the body, before anything is asked.
    fn begin(&self, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let Table { items, told, unknown } = self.table;
        let open = items.iter().filter(|item| !item.is_recorded()).count();
        // Items keep their numbers, so that those which are recorded are counted.
        let count = match items.len() {
            all if all == open => counted(open, "item is to be decided", "items are to be decided"),
            all => format!("{open} of {all} items {} to be decided", if open == 1 { "is" } else { "are" }),
        };
        let mut lead = vec![match open {
            0 => "Nothing is left to be decided.".to_owned(),
            _ => {
                format!("{count}. To each item type a letter; ? explains them all. Nothing is written before the end.")
            }
        }];
        if !unknown.is_empty() {
            lead.push(format!("Not on the agenda, for they cannot be judged: {}.", all_of(unknown)));
        }
        let recorded = items.iter().filter_map(|item| Some(format!("{} ({})", item.title(), item.recorded()?)));
        let recorded: Vec<_> = recorded.collect();
        if !recorded.is_empty() {
            lead.push(format!("Recorded already: {}.", recorded.join("; ")));
        }
        let mut sheets = vec![Sheet::part(format!("{}: the meeting", self.sitting), lead)];
        if !told.is_empty() {
            sheets.push(Sheet { list: told.clone(), ..Sheet::new("To know, with nothing to decide") });
        }
        sheets.push(Sheet::default());
        asking.show(&sheets, self.layout)
    }

    /// Goes on with what is kept of the meeting, if somebody wants to.
    fn take_up(&mut self, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let Some(progress) = self.kept.read() else { return Ok(()) };
        asking.keeps(Keeps::All);
        let called = |path: &str| self.session.called(path);
        let taken = progress.taken_up(self.table, &self.session.before.sources, &called);
        let answered = taken.answers.iter().flatten().filter(|answer| !answer.is_to_come).count();
        let count = counted(answered, "item is answered", "items are answered");
        let mut lead = vec![format!("This meeting was begun, and not finished: {count}.")];
        lead.extend(progress.attendance.iter().flat_map(Attendance::lines));
        asking.show(&[Sheet { lead, list: taken.changed.clone(), ..Sheet::default() }], self.layout)?;
        let asks = "Go on with it (yes; no to begin anew)";
        if asking.or_else(None, asks, (true, "yes"), yes_or_no)? {
            (self.attendance, self.answers) = (progress.attendance, taken.answers);
        }
        Ok(())
    }

    /// Keeps what was said so far.
    fn keep(&self, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let sources = &self.session.before.sources;
        let is_kept = self.kept.keep(&Progress::of(self.attendance.as_ref(), self.table, &self.answers, sources))?;
        asking.keeps(if is_kept { Keeps::All } else { Keeps::Nothing });
        Ok(())
    }

    /// Asks who was there. What was said before stands where nothing else is said.
    fn ask_who_was_there(&mut self, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let session = self.session;
        let before = self.attendance.take().unwrap_or_default();
        let there = session.minutes_of(self.sitting).and_then(|entry| entry.record.as_deref());
        let last = session.minutes_before(self.sitting).map(|record| record.present.as_slice()).unwrap_or_default();
        let people = |answer: &str| {
            let names = names(answer);
            let is_letter = names.iter().any(|name| name.raw().chars().count() == 1);
            if is_letter { Err("write names, separated by commas".to_owned()) } else { Ok(names) }
        };
        let read = |answer: &str| if answer == "=" { Ok(last.to_vec()) } else { people(answer) };
        let same = if last.is_empty() { String::new() } else { format!("; = for {}", all_of(last)) };
        let stands = |said: &[Text], recorded: fn(&CommitteeMeeting) -> &[Text]| match there.map(recorded) {
            _ if !said.is_empty() => all_of(said),
            Some([_, ..]) => "as recorded".to_owned(),
            _ => "nobody".to_owned(),
        };
        let asks = format!("Present (names, separated by commas{same})");
        let shown = stands(&before.present, |there| &there.present);
        let present = asking.or_else(None, &asks, (before.present, &shown), read)?;
        let asks = "Apologies (names, separated by commas)";
        let shown = stands(&before.apologies, |there| &there.apologies);
        let apologies = asking.or_else(None, asks, (before.apologies, &shown), people)?;
        let asks = "Conflicts of interest that were declared";
        let shown = stands(&before.declared, |there| &there.declared);
        let declared = asking
            .or_else(None, asks, (before.declared, &shown), |answer| Ok(unless_none(answer).into_iter().collect()))?;
        let mut attendance = Attendance { present, apologies, declared, notes: before.notes };
        for name in attendance.both() {
            let asks = format!("{name} is both present and in the apologies. Was {name} there (yes, no)");
            let is_there = asking.needed(None, "", &asks, yes_or_no)?;
            attendance.leave_out(&name, is_there);
        }
        self.attendance = Some(attendance);
        self.keep(asking)
    }

    /// Asks about every item that is open, and then about the whole.
    fn go_through(mut self, asking: &mut Asking<'_>) -> anyhow::Result<Option<Proceedings>> {
        let open: Vec<usize> = (0..self.table.items.len()).filter(|at| !self.table.items[*at].is_recorded()).collect();
        let is_open = |answer: &Option<Answer>| answer.as_ref().is_none_or(|answer| answer.is_to_come);
        let first = open.iter().position(|position| is_open(&self.answers[*position])).unwrap_or(open.len());
        if !self.ask_from(first, &open, asking)? {
            return Ok(None);
        }
        self.ask_for_notes(asking)?;
        loop {
            let proceedings = self.proceedings();
            if proceedings.is_empty() {
                return Ok(None);
            }
            let goes_on = match self.ask_to_write(&proceedings, &open, asking)? {
                Ended::Write => return Ok(Some(proceedings)),
                Ended::Drop => return Ok(None),
                Ended::Back => self.ask_from(open.len().saturating_sub(1), &open, asking)?,
                Ended::Item(position) => {
                    let next = self.ask(position, asking)?;
                    self.keep(asking)?;
                    !matches!(next, Next::Leave)
                }
                Ended::People => self.ask_who_was_there(asking).map(|()| true)?,
                Ended::Notes => self.ask_for_notes(asking).map(|()| true)?,
            };
            if !goes_on {
                return Ok(None);
            }
        }
    }

    /// Asks about the open items from one on; false where somebody leaves. Before the first lies who was there.
    fn ask_from(&mut self, mut at: usize, open: &[usize], asking: &mut Asking<'_>) -> anyhow::Result<bool> {
        while let Some(&position) = open.get(at) {
            let next = self.ask(position, asking)?;
            self.keep(asking)?;
            match next {
                Next::Forward => at += 1,
                Next::Back if at == 0 => self.ask_who_was_there(asking)?,
                Next::Back => at -= 1,
                Next::Leave => return Ok(false),
            }
        }
        Ok(true)
    }

    fn ask_for_notes(&mut self, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let mut attendance = self.attendance.take().unwrap_or_default();
        let before = attendance.notes.take();
        let shown = before.as_ref().map_or_else(|| "nothing".to_owned(), Text::to_string);
        // An s is the key that passes over an item.
        let stands = before.clone();
        let notes = |answer: &str| match answer.to_lowercase().as_str() {
            "s" | "skip" => Ok(stands.clone()),
            _ => Ok(unless_none(answer)),
        };
        attendance.notes = asking.or_else(None, "What else is for the minutes", (before, &shown), notes)?;
        self.attendance = Some(attendance);
        self.keep(asking)
    }

    fn ask_to_write(
        &self,
        proceedings: &Proceedings,
        open: &[usize],
        asking: &mut Asking<'_>,
    ) -> anyhow::Result<Ended> {
        let title = format!("{}: {}", self.sitting, proceedings.count());
        let mut sheets = vec![Sheet::part(title, proceedings.lines())];
        let left_open = proceedings.left_open();
        if !left_open.is_empty() {
            sheets.push(Sheet { list: left_open, ..Sheet::new("Left open, and asked again at the next meeting") });
        }
        asking.show(&sheets, self.layout)?;
        let item = |number: u32| {
            let found = self.table.items.iter().position(|item| item.number == number);
            match found {
                Some(position) if open.contains(&position) => Ok(Ended::Item(position)),
                Some(_) => Err(format!("item {number} is recorded already; \"gwp correct\" changes it")),
                None => Err(format!("no item has the number {number}")),
            }
        };
        let read = |answer: &str| match (answer.parse::<u32>(), answer.to_lowercase().as_str()) {
            (Ok(number), _) => item(number),
            (_, "p" | "people") => Ok(Ended::People),
            (_, "m" | "minutes" | "notes") => Ok(Ended::Notes),
            (_, "b" | "back") if !open.is_empty() => Ok(Ended::Back),
            _ => yes_or_no(answer)
                .map(|yes| if yes { Ended::Write } else { Ended::Drop })
                .map_err(|_| "it can be yes, no, the number of an item, p, m or b".to_owned()),
        };
        let asks = "Write all of this (yes, no; to change it: the number of an item, p people, m minutes, b back)";
        asking.needed(None, "", asks, read)
    }

    /// Asks about one item until it is answered, skipped or left.
    fn ask(&mut self, position: usize, asking: &mut Asking<'_>) -> anyhow::Result<Next> {
        let item = &self.table.items[position];
        let answered = self.answers[position].clone().filter(|answer| !answer.is_to_come);
        let mut answer = self.answers[position].clone().unwrap_or_default();
        answer.is_to_come = answered.is_none();
        self.show(item, &answer, asking)?;
        let asks = question(item);
        // What was typed to this item now, as long as dates of it are open still.
        let mut is_partly_ruled = false;
        let next = loop {
            let read = |typed: &str| item.reply(typed, &answer);
            asking.explains_itself(true);
            let reply = if answered.as_ref().is_some_and(|answer| !answer.is_empty()) || is_partly_ruled {
                asking.or_else(None, &asks, (None, "as it is"), |typed| read(typed).map(Some))?
            } else {
                Some(asking.needed(None, "", &asks, read)?)
            };
            asking.explains_itself(false);
            let Some(reply) = reply else { break Next::Forward };
            match reply {
                Reply::Skip if is_partly_ruled => break Next::Forward,
                Reply::Help => asking.show(&[help(item)], self.layout)?,
                Reply::Back => break Next::Back,
                Reply::Leave => break Next::Leave,
                Reply::Skip => {
                    (answer.decided, answer.conditions, answer.asked) = (None, Vec::new(), None);
                    break Next::Forward;
                }
                Reply::Note(note) => {
                    let read = |note: &str| Ok(Text::new(note));
                    let note = asking.needed(note, "", "The note for the minutes", read)?;
                    answer.note = Some(note.clone());
                    self.note(position, note, asking)?;
                    if is_partly_ruled {
                        self.reopen(position, asking)?;
                    }
                }
                Reply::Condition(standing) => {
                    self.reopen(position, asking)?;
                    let on =
                        if standing == Standing::Met { self.day_of_meeting_it(asking)? } else { self.sitting.date };
                    answer.decided = Some(Decided::Condition(standing.on(on)));
                    break Next::Forward;
                }
                Reply::Decided(decided) => {
                    self.reopen(position, asking)?;
                    answer.conditions = self.conditions(item, &decided, asking)?;
                    answer.asked = None;
                    if decided == Decided::Outcome(Outcome::Queried) {
                        answer.asked = asking.optional(&wants_to_know(self.sitting.body), "not said")?;
                    }
                    answer.decided = Some(decided);
                    let open: Vec<_> = open_dates(item, &answer);
                    if open.is_empty() {
                        break Next::Forward;
                    }
                    let open = format!("Still open: {}. Type s to leave them open.", all_of(open));
                    asking.show(&[Sheet { notes: vec![open], ..Sheet::default() }], self.layout)?;
                    is_partly_ruled = true;
                }
            }
        };
        // Who leaves before an answer is asked again: a note is none.
        answer.is_to_come &= !matches!(next, Next::Forward) && answer.decided.is_none();
        self.answers[position] = (!answer.is_to_come || !answer.is_empty()).then_some(answer);
        Ok(next)
    }

    /// Keeps a note at once, beside what was answered before.
    fn note(&mut self, position: usize, note: Text, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let to_come = || Answer { is_to_come: true, ..Answer::default() };
        self.answers[position].get_or_insert_with(to_come).note = Some(note);
        self.keep(asking)
    }

    /// An item is half answered: whoever leaves now is asked about it again.
    fn reopen(&mut self, position: usize, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let note = self.answers[position].take().and_then(|answer| answer.note);
        self.answers[position] = Some(Answer { note, is_to_come: true, ..Answer::default() });
        self.keep(asking)?;
        if asking.kept() == Keeps::All {
            asking.keeps(Keeps::AllBeforeItem);
        }
        Ok(())
    }

    /// The day on which a condition was met: that of the meeting, or one before it.
    fn day_of_meeting_it(&self, asking: &mut Asking<'_>) -> anyhow::Result<Day> {
        let date = self.sitting.date;
        let read = |answer: &str| {
            let day =
                SaidDay::read(answer).and_then(|said| self.session.day(said).map_err(|error| error.to_string()))?;
            if day > date { Err(format!("it is after the meeting of {date}")) } else { Ok(day) }
        };
        asking.or_else(None, "Met on", (date, &date.to_string()), read)
    }

    fn conditions(&self, item: &Item, decided: &Decided, asking: &mut Asking<'_>) -> anyhow::Result<Vec<Condition>> {
        let mut conditions = Vec::new();
        let Decided::Outcome(outcome) = decided else { return Ok(conditions) };
        if !item.can_be_bound(*outcome, self.sitting) {
            return Ok(conditions);
        }
        loop {
            let (asks, shown) = if conditions.is_empty() {
                ("On a condition, such as a second supervisor by 31 January", "none")
            } else {
                ("On another condition", "no more")
            };
            let read = |answer: &str| Condition::parse(answer, self.sitting.date).map(Some);
            match asking.or_else(None, asks, (None, shown), read)? {
                Some(condition) => conditions.push(condition),
                None => return Ok(conditions),
            }
        }
    }

    fn show(&self, item: &Item, answer: &Answer, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let title = format!("Item {} of {}. {}", item.number, self.table.items.len(), item.title());
        let is_one = item.open_dates().count() == 1;
        let dates = item.open_dates().zip(1..).map(|(asked, number)| match number {
            1 if is_one => format!("{}: {}", asked.date, asked.message),
            _ => format!("({number}) {}: {}", asked.date, asked.message),
        });
        let list = item.says.iter().cloned().chain(dates).collect();
        let so_far = answer.words(item).map(|words| format!("So far: {words}."));
        let note = answer.note.as_ref().map(|note| format!("Note: {note}"));
        let notes = so_far.into_iter().chain(note).collect();
        asking.show(&[Sheet::default(), Sheet { list, notes, ..Sheet::new(title) }], self.layout)
    }

    fn proceedings(&self) -> Proceedings {
        let answers = self.answers.iter().map(|answer| answer.clone().unwrap_or_default());
        Proceedings {
            sitting: self.sitting,
            attendance: self.attendance.clone().unwrap_or_default(),
            answered: self.table.items.iter().cloned().zip(answers).collect(),
        }
    }
}

/// The dates that wait for a ruling still.
fn open_dates(item: &Item, answer: &Answer) -> Vec<Day> {
    let ruled: Vec<_> = answer.ruled().collect();
    item.open_dates().map(|asked| asked.date).filter(|date| !ruled.contains(date)).collect()
}

/// `a approve, q query, d decline (s skip, n note, b back, ? help)`.
fn question(item: &Item) -> String {
    let choices: Vec<_> = item.choices().iter().map(|choice| format!("{} {}", choice.key, choice.word)).collect();
    let numbers = match item.open_dates().count() {
        2.. => ", or of some such as a 1,3",
        _ => "",
    };
    format!("{}{numbers} (s skip, n note, b back, ? help)", choices.join(", "))
}

/// What can be typed to an item.
fn help(item: &Item) -> Sheet {
    let choices = item.choices().into_iter().map(|choice| format!("{}: {}", choice.key, choice.word));
    let dates = (item.open_dates().count() > 1).then(|| {
        "a 1,3: for the dates with these numbers; a 1 r 2-4: some so and some so; a 1 r: the first so, the rest so"
            .to_owned()
    });
    let bound = item.choices().into_iter().find(|choice| choice.chosen == Chosen::Outcome(Outcome::Approved));
    let bound = bound.map(|choice| {
        format!("{}: you are then asked for conditions, each with the day by which it is to be met", choice.key)
    });
    let always = ALWAYS.iter().map(|(key, what)| format!("{key}: {what}"));
    Sheet { list: choices.chain(dates).chain(bound).chain(always).collect(), ..Sheet::default() }
}
