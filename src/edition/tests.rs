use super::*;
use crate::records::Mode;

/// The edition of the tests, which names what is different from the first one.
fn another() -> Scheme {
    Scheme::from_word("another").unwrap_or_default()
}

#[test]
fn the_edition_as_published() {
    let published = Parameters::of_edition(Scheme::default().edition());
    assert_eq!(Scheme::default().word(), "iga-2022-23");
    assert_eq!(published.sessions_required, 30);
    assert_eq!((published.session_minutes_min, published.session_minutes_max), (60, 90));
    assert_eq!(published.report_dates, [(1, 31), (6, 13)]);
    assert_eq!(published.supervision_modes, [Mode::FaceToFace, Mode::Telephone]);
    assert_eq!(published.registers, ["UKCP", "BACP"]);
}

#[test]
fn an_edition_is_what_it_is_based_on_but_for_what_it_names() {
    let (base, other) = (Scheme::default(), another());
    assert_eq!(other.word(), "another");
    let expected = Parameters {
        session_minutes_min: 50,
        report_dates: vec![(3, 15), (6, 13)],
        ..Parameters::of_edition(base.edition())
    };
    assert_eq!(Parameters::of_edition(other.edition()), expected);
    for code in Code::all() {
        let (one, another) = (base.edition().clause(code), other.edition().clause(code));
        assert_eq!(one == another, code != Code::G4, "{code}");
        assert_eq!(one.readings, another.readings, "{code}");
    }
}

#[test]
fn what_a_data_file_lacks_or_has_too_much_is_named() {
    let with = |more: &str| {
        let text = format!("scheme = \"x\"\nbased_on = \"another\"\n{more}").leak();
        Edition::read_all(&[include_str!("iga-2022-23.toml"), include_str!("another.toml"), text]).map(|_| ())
    };
    assert_eq!(with(""), Ok(()));
    let faults = [
        ("[requirements.Z9]\nasks = \"?\"", "x: nothing is called Z9"),
        ("[parameters.tea_minutes]\nvalue = 5", "x: nothing is called tea_minutes"),
        ("[requirements.G1]\nlike = \"Z9\"", "x: a clause is like one that there is not"),
        ("[requirements.G1]\nwhat = \"\"", "x: G1: unknown field `what`"),
    ];
    for (more, fault) in faults {
        let found = with(more).err().unwrap_or_default();
        assert!(found.starts_with(fault), "{more}: {found}");
    }
    let empty = Edition::read_all(&["scheme = \"y\""]).err();
    assert_eq!(empty.as_deref(), Some("y: sessions_required is missing"));
}

#[test]
fn braces_are_filled() {
    let figure = |name: &str| match name {
        "one" => Some(Figure::Number(1)),
        "thirty" => Some(Figure::Number(30)),
        "colours" => Some(Figure::Words(["red", "green", "blue"].map(str::to_owned).to_vec())),
        _ => None,
    };
    let filled = |text: &str| filling::filled(text, &figure);
    assert_eq!(filled("At {thirty + one + 2}, {one days}.").as_deref(), Ok("At 33, 1 day."));
    assert_eq!(
        filled("The {thirty th}: {colours or}; {thirty minutes}").as_deref(),
        Ok("The 30th: red, green or blue; 30 minutes")
    );
    for unknown in ["{two}", "{one apples}", "{colours}", "{colours days}", "{thirty or}", "{one +}", "{one", "{}"] {
        assert_eq!(filled(unknown).err().as_deref(), Some(unknown));
    }
}
