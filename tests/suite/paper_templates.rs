//! What a committee puts into its papers itself, and what is no paper then.

use std::fs;

use crate::desk::Desk;

const WORDS: &str = "paper student marcus-idowu --as-of 2026-02-10 --out page.html";

fn put(desk: &Desk, file: &str, text: &str) {
    let path = desk.path(&format!("templates/{file}"));
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

#[test]
fn a_committee_has_its_own_letterhead_and_words() {
    let desk = Desk::london();
    let plain = desk.run(&WORDS.replace(" --out page.html", "")).out;
    assert!(!plain.contains("img-src"));
    put(
        &desk,
        "letterhead.html",
        "\u{feff}<p class=\"house\">London LCC</p>\r\n<img alt=\"\" src=\"data:image/gif;base64,R0lGOD\">",
    );
    put(
        &desk,
        "heading.html",
        "<h1>{{ title }}</h1>\n{% for entry in about %}<p>{{ entry.label }}: {{ entry.words }}</p>{% endfor %}\n",
    );
    put(&desk, "closing.html", "{% if kind == \"student\" %}<p>Yours, the committee</p>{% endif %}");
    put(&desk, "paper.css", ".house { font-weight: 700 }\n");
    let ran = desk.run(WORDS);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.err);
    let page = desk.read("page.html");
    for wanted in [
        "<p class=\"house\">London LCC</p>\n<img",
        "<h1>Your way to Group Work Practitioner status: Marcus Idowu</h1>\n<p>Course: London Diploma",
        "<p>Yours, the committee</p></div>\n<footer>",
        ".house { font-weight: 700 }",
        "; img-src data:; base-uri 'none'",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert!(!page.contains("<p class=\"programme\">") && !page.contains("<dl class=\"about\">"), "{page}");
    // What a paper has to say stays, and all of the committee's papers look alike.
    let main =
        |page: &str| page.split("<main ").nth(1).and_then(|rest| rest.split("</main>").next()).map(str::to_owned);
    assert_eq!(main(&page), main(&plain));
    assert!(page.contains("no clinical qualification"));
    let course = desk.run("paper course --as-of 2026-02-10").out;
    assert!(course.contains("London LCC") && !course.contains("Yours, the committee"), "{course}");
    assert_eq!(desk.run("paper all --as-of 2026-02-10 --out pages").status, 0);
    assert!(desk.read("pages/index.html").contains("London LCC"));
    assert!(desk.read("pages/student-marcus-idowu.html").contains("Yours, the committee"));
    put(&desk, "header.html", "");
    let ran = desk.run(WORDS);
    assert!(ran.status == 0 && ran.err.starts_with("gwp: templates/header.html is not used; "), "{}", ran.err);
}

#[test]
fn a_part_that_fails_is_an_error_and_no_page() {
    let desk = Desk::london();
    let twice = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    let large = format!("<p>{}</p>", "x".repeat(66_000));
    for (file, text, said) in [
        (
            "letterhead.html",
            "<p>\n{{ titel }}</p>",
            "letterhead.html:2: there is no value called \"titel\"; did you mean \"title\"?\n",
        ),
        // A fault that only one kind of paper would show is shown at once.
        (
            "closing.html",
            "{% if kind == \"minutes\" %}{{ by }}{% endif %}",
            "closing.html:1: there is no value called \"by\"; ",
        ),
        ("heading.html", "{% for %}", "heading.html:1: it is not written as a template is: "),
        ("heading.html", twice, "heading.html:1: it takes longer or makes more than a letter or a page can need; "),
        ("letterhead.html", &large, "letterhead.html: the template is larger than 64 KiB; "),
        (
            "letterhead.html",
            "<p></p>\n<SCRIPT>",
            "letterhead.html:2: a paper runs and fetches nothing, and \"<script\" could; ",
        ),
        ("closing.html", "<img src=\"http://x\">", "closing.html:1: a paper runs and fetches nothing, "),
        (
            "paper.css",
            "p {}\np { background: url(x) }",
            "paper.css:2: a paper runs and fetches nothing, and \"url(\" could; ",
        ),
    ] {
        put(&desk, file, text);
        for words in [WORDS, "paper all --as-of 2026-02-10 --out pages"] {
            let ran = desk.run(words);
            assert!(ran.status == 2 && ran.out.is_empty(), "{file}: {}", ran.out);
            assert!(ran.err.starts_with(&format!("gwp: templates/{said}")), "{file}: {}", ran.err);
        }
        assert!(!desk.path("page.html").exists() && !desk.path("pages").exists(), "{file}");
        fs::remove_file(desk.path(&format!("templates/{file}"))).expect("it is there");
    }
    // Markdown has no letterhead.
    put(&desk, "letterhead.html", "{{ titel }}");
    assert_eq!(desk.run("paper wall --as-of 2026-02-10 --format markdown").status, 0);
}

#[test]
fn no_letterhead_stands_above_what_another_committee_says() {
    let desk = Desk::of("examples/national");
    let spc = || desk.run("paper spc . --as-of 2026-02-10");
    let put = |folder: &str, text: &str| {
        fs::create_dir_all(desk.path(&format!("{folder}/templates"))).expect("it can be made");
        fs::write(desk.path(&format!("{folder}/templates/letterhead.html")), text).expect("it can be written");
    };
    for folder in ["bristol", "glasgow"] {
        put(folder, "<p>The same</p>");
    }
    assert!(!spc().out.contains("<p>The same</p>"), "leeds has none");
    put("leeds", "<p>The same</p>");
    assert!(spc().out.contains("<p>The same</p>"));
    put("leeds", "{{ x }}");
    let ran = spc();
    assert!(ran.status == 2 && ran.err.starts_with("gwp: leeds/templates/letterhead.html:1: "), "{}", ran.err);
}
