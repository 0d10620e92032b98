//! Texts that show patient data, and texts that look like it.

use proptest::prelude::*;

use super::*;

fn all_show(suspicion: Suspicion, texts: &[&str]) {
    for text in texts {
        assert_eq!(suspicions(text), [suspicion], "{text}");
    }
}

fn none_shows(texts: &[&str]) {
    for text in texts {
        assert_eq!(suspicions(text), [], "{text}");
    }
}

#[test]
fn nhs_numbers() {
    all_show(
        Suspicion::NhsNumber,
        &[
            "9434765919",
            "NHS number 943 476 5919.",
            "943-476-5919",
            "943\u{a0}476\u{a0}5919",
            "NHS9434765919",
            "943 4765919",
            "9434 765 919",
            "(943.476.5919)",
            "943/476/5919",
            "943 / 476 / 5919",
            "NHS no. 943/476/5919, tel. 020 7946 0958",
            "rang on Tuesday; her NHS number is 943 476 5919",
            "We spoke by phone. 943 476 5919",
            "ISBN as in the list of books below it: 943 476 5919",
            "of 7 943 476 5919 2025-11-03",
            "2025-11-03 9434765919",
            "9876543210",
            // A check digit of 0, where the remainder leaves eleven.
            "100 000 0060",
        ],
    );
}

#[test]
fn what_is_no_nhs_number() {
    none_shows(&[
        "9434765918",
        "19434765919",
        "94347659190",
        "943 476 59191",
        "1943 476 5919",
        "943476591",
        // The remainder leaves ten: there is no such number, whatever its last digit.
        "1000000010",
        "100 000 001 0",
        "020 7946 0958",
        "0117 496 0123",
        "+44 943 476 5919",
        "44 943 476 5919",
        "0044 943 476 5919",
        "2025-10-06 90",
        "2025-10-06, 60 minutes; 2025-10-13, 90 minutes",
        "sessions 12 13 14 15 16",
        "94 34 76 59 19",
        "7 6 7 8 5 6 7 4 6 5",
        "943, 476, 5919",
        "30 sessions of 90 minutes",
        "LCC 2026-02-21, item 6",
        "ISBN 0306406152",
        "ISBN 0-306-40615-2",
        "ISBN-10: 0 306 40615 2",
        "isbn 943-476-5919",
        "ISSN 9434765919",
        "tel 943 476 5919",
        "Tel. 943 476 5919",
        "tel. no. 943 476 5919",
        "phone number: 9434765919",
        "her mobile number is 943 476 5919",
        "Fax: 943/476/5919",
        "rang 943 476 5919",
    ]);
}

#[test]
fn dates_of_birth() {
    all_show(
        Suspicion::DateOfBirth,
        &[
            "born 12/03/1985",
            "Born on 12 March 1985 in Leeds",
            "born on the 12th of March, 1985",
            "born March 12, 1985",
            "born in March 1985",
            "born 12th Mar. 85",
            "born 1985-03-12",
            "DOB 12.3.85",
            "DoB: 12-Mar-1985",
            "D.O.B. 12 03 1985",
            "d.o.b 1985/3/12",
            "dob12031985",
            "DOB 120385",
            "DOB 19850312",
            "date of birth: 12/03/1985",
            "Date of Birth\n12/03/1985",
            "Date-of-birth of the new member, as on the letter: 3 Sept 1990",
            "12/03/1985 (DOB)",
            "12 March 1985 is his date of birth",
            "birth date 12/3/85",
        ],
    );
}

#[test]
fn what_is_no_date_of_birth() {
    none_shows(&[
        "stillborn 12/03/1985",
        "newborn 12 March 2025",
        "a first-born, 12 March 2025",
        "Osborne 12/03/2025",
        "the group was born in 2019",
        "born out of need",
        "DOB not known",
        "date of birth withheld",
        "DOB is kept at the clinic. The session of 3 March 2025 was moved",
        "3 March 2025: moved. Born leaders both",
        "date of the birth of an idea",
        "12 March 1985",
        "2025-11-03",
        "born to 31 of 40",
        "bourne 12/03/1985",
    ]);
}

#[test]
fn postcodes() {
    all_show(
        Suspicion::Postcode,
        &[
            "SW1A 1AA",
            "lives at M1 1AE.",
            "B33 8TH",
            "CR2 6XH, opposite",
            "DN55 1PT",
            "W1A 0AX",
            "EC1A 1BB",
            "EC1A1BB",
            "sw1a 1aa",
            "e16an",
            "SE1\u{a0}7EH",
            "GIR 0AA",
            "S5 3RD",
            "ZZ99 3WZ",
            "EX4, 2FF",
            "EX4,2FF",
            "EX4-2FF",
            "S5, 3AB",
        ],
    );
}

#[test]
fn what_is_no_postcode() {
    none_shows(&[
        "S5 3rd query",
        "s5 2nd query",
        "A3 2ND",
        "Q1 1AA",
        "b1, 2hr",
        "EX4; 2FF",
        "EX4, 2ff",
        "EX4. 2FF",
        "EX4 , 2FF",
        "S5 3CM",
        "S2 1hr",
        "XSW1A 1AA",
        "SW1A 1AAB",
        "SW1A  -  1AA",
        "SW 1AA",
        "SW1 AA",
        "G4 and G5",
        "minute 2026/4B",
        "GWP2 in by 31 January",
        "MBT 6 to 9",
        "W1A",
    ]);
}

#[test]
fn several_at_once_come_once_each() {
    let text = "NHS 943 476 5919 and 943 476 5919, born 12/03/1985, SW1A 1AA";
    assert_eq!(suspicions(text), [Suspicion::NhsNumber, Suspicion::DateOfBirth, Suspicion::Postcode]);
}

#[test]
fn the_areas_are_in_order() {
    assert!(AREAS.is_sorted());
}

proptest! {
    #[test]
    fn any_text_is_taken(text in "\\PC*") {
        suspicions(&text);
    }

    #[test]
    fn texts_of_the_right_material_are_taken(text in "(born|dob|date of birth|[0-9]{1,4}|[./ -]|March|th|é|SW1A|\n){0,30}") {
        suspicions(&text);
    }

    /// Of ten last digits at most one is right.
    #[test]
    fn one_check_digit_fits(nine in "[1-9][0-9]{8}") {
        let valid = (0..10).filter(|check| suspicions(&format!("{nine}{check}")) == [Suspicion::NhsNumber]).count();
        prop_assert!(valid <= 1);
    }
}
