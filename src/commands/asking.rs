//! Questions to somebody at a terminal, for what a command was not told.

use std::fmt;
use std::io::{BufRead, Read as _, Write};

use anyhow::bail;
use gwp::recording::RecordingSession;
use gwp::render::{Layout, write_text};
use gwp::reports::Sheet;
use gwp::text::{SaidDay, Text, capitalised, visible};

use super::interrupt::Answering;
use super::value_parsers::address;

/// So often a question is put before somebody is asked whether to go on.
const TRIES: usize = 5;

/// More bytes than an answer has that somebody means.
const LONGEST: usize = 1000;

/// Leaves any question.
const QUIT: &str = "quit";

/// Leave a question to which they are no answer.
const ALSO_QUIT: [&str; 2] = ["q", "exit"];

/// Shows what can be answered, where it is no answer itself.
const HELP: &str = "?";

/// What is kept of what was said so far, where somebody leaves the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// Nothing.
    Nothing,
    /// All of it.
    All,
    /// All but what belongs to this item.
    AllBeforeItem,
}

/// Somebody left the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    keeps: Keeps,
}

impl std::error::Error for Left {}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the questions were broken off, and nothing is written")?;
        match self.keeps {
            Keeps::Nothing => Ok(()),
            Keeps::All => f.write_str(". The same command goes on with what was said."),
            Keeps::AllBeforeItem => {
                f.write_str(". The same command goes on with what was said before this item, and asks about it again.")
            }
        }
    }
}

/// Somebody who answers questions, or nobody.
pub struct Asking<'a> {
    somebody: Option<(&'a mut dyn BufRead, &'a mut dyn Write)>,
    keeps: Keeps,
    is_in_dialogue: bool,
    /// Whether a question was answered.
    is_answered: bool,
    explains_itself: bool,
}

impl<'a> Asking<'a> {
    fn new() -> Self {
        Self {
            somebody: None,
            keeps: Keeps::Nothing,
            is_in_dialogue: false,
            is_answered: false,
            explains_itself: false,
        }
    }

    /// Nobody is there: what is needed has to be said, and for all else there is a default.
    pub fn nobody() -> Self {
        Self { somebody: None, ..Self::new() }
    }

    /// Somebody reads the questions, and answers each with a line.
    pub fn of(answers: &'a mut dyn BufRead, questions: &'a mut dyn Write) -> Self {
        Self { somebody: Some((answers, questions)), ..Self::new() }
    }

    /// Puts each question until it is answered: what was answered before is too much to lose by an elbow on a key. One letter
    /// is an answer to some questions, so that it leaves none.
    pub fn in_dialogue(self) -> Self {
        Self { is_in_dialogue: true, ..self }
    }

    /// What of the things said so far is kept from now on: whoever leaves is told.
    pub fn keeps(&mut self, keeps: Keeps) {
        self.keeps = keeps;
    }

    /// What is kept.
    pub fn kept(&self) -> Keeps {
        self.keeps
    }

    /// The questions from now on read a question mark as a wish for help themselves, or no more.
    pub fn explains_itself(&mut self, does_it: bool) {
        self.explains_itself = does_it;
    }

    /// Shows something between the questions.
    pub fn show(&mut self, sheets: &[Sheet], layout: Layout) -> anyhow::Result<()> {
        let Some((_, questions)) = &mut self.somebody else { return Ok(()) };
        let mut text = Vec::new();
        write_text(sheets, layout, &mut text)?;
        questions.write_all(&text)?;
        Ok(())
    }

    /// Whether somebody is there.
    pub fn is_somebody(&self) -> bool {
        self.somebody.is_some()
    }

    /// What was `said`, or else the answer to a question, where it can be `read`. The error says that it is needed, and
    /// with which option it can be said.
    pub fn needed<T>(
        &mut self,
        said: Option<T>,
        option: &str,
        asks: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        match said {
            Some(said) => Ok(said),
            None if self.is_somebody() => {
                let asks = asks.to_owned();
                self.ask(&asks, &|answer| if answer.is_empty() { Err("it is needed".to_owned()) } else { read(answer) })
            }
            None => {
                // What the answer can be belongs to the option, and how several are typed to the terminal.
                let (what, choices) = asks.split_at(asks.find(" (").unwrap_or(asks.len()));
                let what = what.split(',').next().unwrap_or_default().to_lowercase();
                bail!("{what} is needed; say it with {option}{choices}")
            }
        }
    }

    /// A text that is needed, taken as it is typed. One letter is none.
    pub fn text(&mut self, said: Option<&Text>, option: &str, asks: &str) -> anyhow::Result<Text> {
        let said = said.filter(|said| !said.is_blank()).cloned();
        self.needed(said, option, asks, |answer| match answer.chars().count() {
            1 => Err("write two letters or more".to_owned()),
            _ => Ok(Text::new(answer)),
        })
    }

    /// A text that can be left out; what that means is `shown`.
    pub fn optional(&mut self, asks: &str, shown: &str) -> anyhow::Result<Option<Text>> {
        self.or_else(None, asks, (None, shown), |answer| Ok(Some(Text::new(answer))))
    }

    /// An e-mail address that can be left out.
    pub fn address(&mut self, said: Option<&Text>, asks: &str) -> anyhow::Result<Option<Text>> {
        self.or_else(said.cloned().map(Some), asks, (None, "none"), |answer| address(answer).map(Some))
    }

    /// What was `said`, or else the answer to a question; where that is empty, or nobody is there, the `default`, which
    /// is shown as `shown`.
    pub fn or_else<T>(
        &mut self,
        said: Option<T>,
        asks: &str,
        (default, shown): (T, &str),
        read: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        if let Some(said) = said {
            return Ok(said);
        }
        if !self.is_somebody() {
            return Ok(default);
        }
        let asks = format!("{asks} [{shown}]");
        let answer = self.ask(&asks, &|answer| if answer.is_empty() { Ok(None) } else { read(answer).map(Some) })?;
        Ok(answer.unwrap_or(default))
    }

    /// Puts a question until the answer can be read, but not for ever. Whoever ends the input wants to stop.
    fn ask<T>(&mut self, asks: &str, read: &dyn Fn(&str) -> Result<T, String>) -> anyhow::Result<T> {
        let left = Left { keeps: self.keeps };
        let also_quit: &[&str] = if self.is_in_dialogue { &ALSO_QUIT[1..] } else { &ALSO_QUIT };
        for tried in 0.. {
            let line = self.put(asks)?;
            let typed = answer(&line);
            let is = |word: &str| typed.as_ref().is_ok_and(|typed| typed.eq_ignore_ascii_case(word));
            if is(QUIT) {
                return Err(left.into());
            }
            let fault = match typed.clone().and_then(read) {
                Ok(_) if is(HELP) && !self.explains_itself => ANY_WORDS.to_owned(),
                Ok(answer) => {
                    self.is_answered = true;
                    return Ok(answer);
                }
                Err(_) if also_quit.iter().copied().any(is) => return Err(left.into()),
                Err(fault) => fault,
            };
            let end = if fault.ends_with('?') { "" } else { "." };
            let said = if is(HELP) {
                let enter = if asks.ends_with(']') { " Enter alone takes what stands in square brackets." } else { "" };
                format!("{}{end}{enter} {HOW_TO_LEAVE}\n", capitalised(&fault))
            } else {
                let leave = if tried == 0 { String::new() } else { format!(" {HOW_TO_LEAVE}") };
                format!("This cannot be used: {fault}{end}{leave}\n")
            };
            if let Some((_, questions)) = &mut self.somebody {
                questions.write_all(said.as_bytes())?;
            }
            if !self.is_in_dialogue && tried % TRIES == TRIES - 1 && !self.begins_again()? {
                break;
            }
        }
        bail!("no answer could be used, and nothing is written; run the command again, or use its options")
    }

    /// Whether somebody begins again at a question to which no answer could be used: all that was answered before would be
    /// lost otherwise. The error says that they left.
    fn begins_again(&mut self) -> anyhow::Result<bool> {
        let keeps = if self.is_answered { ", and keep what you answered before" } else { "" };
        let line = self.put(&format!("No answer could be used. Try this question again{keeps} (yes, no)"))?;
        match answer(&line) {
            Ok(typed) if [QUIT].iter().chain(&ALSO_QUIT).any(|word| typed.eq_ignore_ascii_case(word)) => {
                Err(Left { keeps: self.keeps }.into())
            }
            typed => Ok(typed.and_then(yes_or_no).unwrap_or(false)),
        }
    }

    /// Puts a question once; the line that is typed.
    fn put(&mut self, asks: &str) -> anyhow::Result<Vec<u8>> {
        let left = Left { keeps: self.keeps };
        let Some((answers, questions)) = &mut self.somebody else { bail!("nobody is there to be asked") };
        let answering = Answering::with(&left.to_string());
        // In one piece, so that nobody types into the middle of it.
        questions.write_all(format!("{asks}: ").as_bytes())?;
        questions.flush()?;
        let mut line = Vec::new();
        answers.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)?;
        drop(answering);
        if line.last() != Some(&b'\n') && line.len() < LONGEST {
            writeln!(questions)?;
            return Err(left.into());
        }
        Ok(line)
    }
}

/// Said to whoever asks for help where any words are an answer.
const ANY_WORDS: &str = "what you type is written down as it stands";

/// Said to whoever asks for help, or whose answers cannot be used.
const HOW_TO_LEAVE: &str = "\"quit\" leaves the questions.";

/// The answer in a line.
fn answer(line: &[u8]) -> Result<&str, String> {
    let Some(line) = line.strip_suffix(b"\n") else { return Err("it is too long".to_owned()) };
    let answer = std::str::from_utf8(line).map_err(|_| "it is not in UTF-8".to_owned())?.trim();
    // An arrow key arrives as such characters.
    if answer.contains(char::is_control) { Err("a key in it is no letter".to_owned()) } else { Ok(answer) }
}

/// More choices than these are not shown, with a question or to whoever asks for them.
pub const MOST_SHOWN: usize = 12;

/// A question with what the answer can be.
pub fn with_choices<'w>(asks: &str, choices: impl ExactSizeIterator<Item = &'w str>) -> String {
    let more = if choices.len() > MOST_SHOWN { ", and others" } else { "" };
    let choices: Vec<_> = choices.take(MOST_SHOWN).map(visible).collect();
    let between = if choices.iter().any(|choice| choice.contains(',')) { "; " } else { ", " };
    format!("{asks} ({}{more})", choices.join(between))
}

/// The day of something that happened, where somebody is asked about it; today, where nothing is said.
pub fn on_which_day(
    said: Option<SaidDay>,
    asks: &str,
    session: &RecordingSession,
    asking: &mut Asking<'_>,
) -> anyhow::Result<Option<SaidDay>> {
    let read = |typed: &str| {
        let said = SaidDay::read(typed)?;
        session.happened(Some(said), "").map_err(|error| error.with_help())?;
        Ok(Some(said))
    };
    asking.or_else(said.map(Some), asks, (None, "today"), read)
}

/// Reads `yes` or `no`.
pub fn yes_or_no(answer: &str) -> Result<bool, String> {
    match answer.to_lowercase().as_str() {
        "yes" | "y" => Ok(true),
        "no" | "n" => Ok(false),
        _ => Err("it can be yes or no".to_owned()),
    }
}

/// Reads several, separated by commas.
pub fn several<T>(read: impl Fn(&str) -> Result<T, String>) -> impl Fn(&str) -> Result<Vec<T>, String> {
    move |answer| answer.split(',').map(|part| read(part.trim())).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// What becomes of answers, and what was asked.
    fn asked<T>(answers: &[u8], ask: impl FnOnce(&mut Asking<'_>) -> anyhow::Result<T>) -> (Result<T, String>, String) {
        let (mut answers, mut questions) = (Cursor::new(answers), Vec::new());
        let made = ask(&mut Asking::of(&mut answers, &mut questions)).map_err(|error| error.to_string());
        (made, String::from_utf8(questions).unwrap())
    }

    fn number(answer: &str) -> Result<u8, String> {
        answer.parse().map_err(|_| "it can be 1 or 2".to_owned())
    }

    #[test]
    fn what_is_needed_is_asked_until_it_can_be_used() {
        let (made, questions) =
            asked(b"\nthree\n\x1b[A\n\xff\n 2 \r\n", |asking| asking.needed(None, "--n", "How many", number));
        assert_eq!(made, Ok(2));
        assert_eq!(
            questions,
            "How many: This cannot be used: it is needed.\n\
             How many: This cannot be used: it can be 1 or 2. \"quit\" leaves the questions.\n\
             How many: This cannot be used: a key in it is no letter. \"quit\" leaves the questions.\n\
             How many: This cannot be used: it is not in UTF-8. \"quit\" leaves the questions.\nHow many: "
        );
        assert_eq!(asked(b"", |asking| asking.needed(Some(1), "--n", "How many", number)), (Ok(1), String::new()));
    }

    #[test]
    fn enter_takes_the_default_that_is_shown() {
        let ask = |answers: &[u8]| asked(answers, |asking| asking.or_else(None, "How many", (1, "one"), number));
        assert_eq!(ask(b"\n"), (Ok(1), "How many [one]: ".to_owned()));
        assert_eq!(ask(b"2\n").0, Ok(2));
        assert_eq!(Asking::nobody().or_else(None, "How many", (1, "one"), number).unwrap(), 1);
    }

    #[test]
    fn the_questions_come_to_an_end() {
        let broken_off = Err("the questions were broken off, and nothing is written".to_owned());
        for answers in [&b""[..], b"1", b"x\nx\n"] {
            assert_eq!(asked(answers, |asking| asking.needed(None, "--n", "How many", number)).0, broken_off);
        }
        let (made, questions) = asked(&b"x\n".repeat(9), |asking| asking.needed(None, "--n", "How many", number));
        assert!(made.unwrap_err().starts_with("no answer could be used, and nothing is written"));
        assert_eq!(questions.matches("How many").count(), TRIES);
        for (again, becomes) in [("yes", Ok(1)), ("no", Err("no answer could be used")), ("x", Err("no answer"))] {
            let answers = [&b"x\n".repeat(TRIES)[..], again.as_bytes(), b"\nx\n1\n"].concat();
            let (made, questions) = asked(&answers, |asking| asking.needed(None, "--n", "How many", number));
            match becomes {
                Ok(one) => assert_eq!(made, Ok(one), "{questions}"),
                Err(why) => assert!(made.unwrap_err().starts_with(why), "{questions}"),
            }
            assert!(questions.contains("No answer could be used. Try this question again (yes, no): "), "{questions}");
        }
        // Only where something was answered can it be kept, and whoever leaves there has left.
        let two = |asking: &mut Asking<'_>| {
            asking.needed(None, "--n", "How many", number)?;
            asking.needed(None, "--m", "How many more", number)
        };
        let (made, questions) = asked(&[b"1\n", &b"x\n".repeat(TRIES)[..], b"quit\n"].concat(), two);
        assert_eq!(made, broken_off);
        assert!(
            questions.contains("Try this question again, and keep what you answered before (yes, no): "),
            "{questions}"
        );
        let (made, _) = asked(&[&b"x\n".repeat(9)[..], b"1\n"].concat(), |asking| {
            let mut dialogue = Asking { somebody: asking.somebody.take(), ..Asking::new() }.in_dialogue();
            dialogue.needed(None, "--n", "How many", number)
        });
        assert_eq!(made, Ok(1));
        let endless = "x".repeat(1 << 20);
        let (made, questions) = asked(endless.as_bytes(), |asking| asking.text(None, "--n", "How many"));
        assert!(made.is_err() && questions.contains("it is too long"));
        let made = Asking::nobody().needed(None, "--n", "How many", number).map_err(|error| error.to_string());
        assert_eq!(made, Err("how many is needed; say it with --n".to_owned()));
    }

    #[test]
    fn a_word_leaves_any_question_and_another_shows_what_can_be_answered() {
        let broken_off = "the questions were broken off, and nothing is written".to_owned();
        for answers in ["quit\n1\n", "QUIT\n1\n", "q\n1\n", "exit\n1\n", "?\nq\n1\n"] {
            let (made, _) = asked(answers.as_bytes(), |asking| asking.needed(None, "--n", "How many", number));
            assert_eq!(made, Err(broken_off.clone()), "{answers}");
        }
        // What is an answer is no wish to leave, but for the one word that leaves all.
        let text = |answers: &[u8]| {
            asked(answers, |asking| asking.or_else(None, "Why", (None, "no reason"), |it| Ok(Some(it.to_owned()))))
        };
        assert_eq!(text(b"q\n").0, Ok(Some("q".to_owned())));
        assert_eq!(text(b"quit\n").0, Err(broken_off.clone()));
        let name = |answers: &[u8]| asked(answers, |asking| asking.text(None, "--name", "The name"));
        assert_eq!((name(b"q\n").0, name(b"Q. Li\n").0), (Err(broken_off), Ok(Text::new("Q. Li"))));
        let (made, shown) = asked(b"?\n2\n", |asking| asking.or_else(None, "How many", (1, "one"), number));
        let said = "How many [one]: It can be 1 or 2. Enter alone takes what stands in square brackets. \
                    \"quit\" leaves the questions.\nHow many [one]: ";
        assert_eq!((made, shown.as_str()), (Ok(2), said));
        let (made, _) = asked(b"quit\n", |asking| {
            asking.keeps(Keeps::All);
            asking.needed(None, "--n", "How many", number)
        });
        assert!(made.unwrap_err().ends_with("nothing is written. The same command goes on with what was said."));
        let (made, shown) = asked(b"q\n1\n", |asking| {
            let mut dialogue = Asking { somebody: asking.somebody.take(), ..Asking::new() }.in_dialogue();
            dialogue.needed(None, "--n", "How many", number)
        });
        assert!(made == Ok(1) && shown.contains("This cannot be used: it can be 1 or 2."), "{shown}");
    }

    #[test]
    fn a_question_mark_is_no_answer_where_any_words_are() {
        let why = |answers: &[u8], explains_itself: bool| {
            asked(answers, |asking| {
                asking.explains_itself(explains_itself);
                asking.optional("Why", "no reason")
            })
        };
        let (made, shown) = why(b"?\n what?\n", false);
        assert_eq!(made, Ok(Some(Text::new("what?"))));
        let help = "Why [no reason]: What you type is written down as it stands. Enter alone takes what stands in square \
                    brackets. \"quit\" leaves the questions.\nWhy [no reason]: ";
        assert_eq!(shown, help);
        assert_eq!(why(b"?\n", true).0, Ok(Some(Text::new("?"))), "the question reads it itself");
    }

    #[test]
    fn several_at_once() {
        assert_eq!(several(number)("1, 2"), Ok(vec![1, 2]));
        assert!(several(number)("1,,2").is_err());
        assert_eq!((yes_or_no("Yes"), yes_or_no("n")), (Ok(true), Ok(false)));
    }
}
