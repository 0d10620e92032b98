//! The order of the modules: the table in `src/lib.rs` has them so that each uses only those above it, and within a module
//! the files use each other in one direction.

#![allow(clippy::unwrap_used, reason = "a source that cannot be read is a failing test")]
#![allow(clippy::similar_names, reason = "a module uses another, and is its user")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Arrows that still run back, from whoever uses to what is used. A new one is an error, and so is one here that no longer
/// runs back.
const STILL_OPEN: [(&str, &str); 0] = [];

/// The place of a module: the names that lead to it from the crate.
type Module = Vec<String>;

/// A path that one file writes to something in another module.
struct Use {
    from: Module,
    to: Module,
    at: String,
}

impl Use {
    /// The two modules side by side at which the paths part; none within one module.
    fn arrow(&self) -> Option<(Module, Module)> {
        let common = self.from.iter().zip(&self.to).take_while(|(one, other)| one == other).count();
        let beside = |module: &Module| module.get(..=common).map(<[String]>::to_vec);
        beside(&self.from).zip(beside(&self.to))
    }
}

#[test]
fn modules_use_only_those_above_them() {
    let order = table();
    let position = |module: &Module| order.iter().position(|name| *name == module[0]);
    let mut told = Vec::new();
    let mut is_needed = [false; STILL_OPEN.len()];
    for ((from, to), at) in arrows().into_iter().filter(|((from, _), _)| from.len() == 1) {
        let (Some(user), Some(used)) = (position(&from), position(&to)) else {
            panic!("{at}: the table in src/lib.rs lacks `{}` or `{}`", from[0], to[0]);
        };
        match STILL_OPEN.iter().position(|open| is_arrow(*open, &from, &to)) {
            _ if used < user => {}
            Some(open) => is_needed[open] = true,
            None => {
                told.push(format!(
                    "{at}: {} uses {}, which stands below it in the table of src/lib.rs",
                    from[0], to[0]
                ));
            }
        }
    }
    assert!(told.is_empty(), "a module uses only those above it:\n  {}", told.join("\n  "));
    for (open, is_needed) in STILL_OPEN.iter().zip(is_needed).filter(|((from, _), _)| !from.contains('/')) {
        assert!(is_needed, "{open:?} runs back no more: take it out of STILL_OPEN");
    }
}

#[test]
fn no_files_side_by_side_use_each_other() {
    let all: BTreeMap<_, _> = arrows().into_iter().filter(|((from, _), _)| from.len() > 1).collect();
    let is_open = |(from, to): &(Module, Module)| STILL_OPEN.iter().any(|open| is_arrow(*open, from, to));
    let kept: BTreeMap<_, _> = all.clone().into_iter().filter(|(arrow, _)| !is_open(arrow)).collect();
    let circles: BTreeSet<_> = kept.keys().filter_map(|(from, _)| circle(from, &kept)).collect();
    let told: Vec<_> = circles.into_iter().map(|circle| circle.join("\n  ")).collect();
    assert!(told.is_empty(), "these use each other in a circle; one arrow has to go:\n  {}", told.join("\n\n  "));
    for open in STILL_OPEN.iter().filter(|(from, _)| from.contains('/')) {
        let runs_back = |(from, to): &(Module, Module)| is_arrow(*open, from, to) && way(to, from, &kept).is_some();
        assert!(all.keys().any(runs_back), "{open:?} runs back no more: take it out of STILL_OPEN");
    }
}

fn is_arrow((user, used): (&str, &str), from: &Module, to: &Module) -> bool {
    from.join("/") == user && to.join("/") == used
}

/// The arrows between modules side by side, each with the first place of it.
type Arrows = BTreeMap<(Module, Module), String>;

fn arrows() -> Arrows {
    let mut arrows = Arrows::new();
    for used in uses() {
        if let Some(arrow) = used.arrow() {
            arrows.entry(arrow).or_insert(used.at);
        }
    }
    arrows
}

/// The arrows of a shortest circle through a module, for the least of the modules in it.
fn circle(start: &Module, arrows: &Arrows) -> Option<Vec<String>> {
    let circle = way(start, start, arrows)?;
    let told = circle.windows(2).map(|pair| {
        let at = &arrows[&(pair[0].clone(), pair[1].clone())];
        format!("{at}: {} uses {}", pair[0].join("/"), pair[1].join("/"))
    });
    (circle.iter().min() == Some(&start)).then(|| told.collect())
}

/// The modules on a shortest way along arrows from one to another, both included.
fn way<'a>(start: &'a Module, end: &Module, arrows: &'a Arrows) -> Option<Vec<&'a Module>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in &ways {
            for (_, to) in arrows.keys().filter(|(from, _)| way.last() == Some(&from)) {
                let further: Vec<_> = way.iter().copied().chain([to]).collect();
                if to == end {
                    return Some(further);
                }
                if seen.insert(to) {
                    longer.push(further);
                }
            }
        }
        ways = longer;
    }
    None
}

/// The modules in the order of the table in `src/lib.rs`.
fn table() -> Vec<String> {
    let text = std::fs::read_to_string(source().join("lib.rs")).unwrap();
    let cells = text.lines().filter_map(|line| line.strip_prefix("//! | ")?.split(" | ").next());
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned));
    let modules: Vec<String> = names.collect();
    let declared = |line: &str| {
        let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    };
    let mut declared: Vec<_> = text.lines().filter_map(declared).collect();
    declared.sort_unstable();
    let mut sorted = modules.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, declared, "the table in src/lib.rs has a row for each module, and each once");
    modules
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every path in the library and the program that leads from one module to another, tests apart.
fn uses() -> Vec<Use> {
    let mut files = BTreeMap::new();
    collect(&source(), &mut Vec::new(), &mut files);
    // What a module takes in from elsewhere can be named as if it were there.
    let mut taken_in: BTreeMap<(Module, String), Module> = BTreeMap::new();
    for (module, (_, tokens)) in &files {
        for path in paths(tokens).into_iter().filter(|path| path.is_use) {
            if let Some(to) = place(module, &path.names, &files) {
                taken_in.insert((module.clone(), path.names.last().cloned().unwrap_or_default()), to);
            }
        }
    }
    let mut uses = Vec::new();
    for (module, (file, tokens)) in &files {
        for path in paths(tokens) {
            let Some(mut to) = place(module, &path.names, &files) else { continue };
            if let Some(whence) = path.names.last().and_then(|name| taken_in.get(&(to.clone(), name.clone()))) {
                to.clone_from(whence);
            }
            uses.push(Use { from: module.clone(), to, at: format!("{}:{}", file.display(), path.line) });
        }
    }
    uses
}

type Files = BTreeMap<Module, (PathBuf, Vec<(String, usize)>)>;

fn collect(folder: &Path, module: &mut Module, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            module.push(name);
            collect(&path, module, files);
            module.pop();
        } else if path.extension().is_some_and(|ending| ending == "rs") && !["lib", "main", "tests"].contains(&&*name) {
            let mut of_file = module.clone();
            of_file.extend(Some(name).filter(|name| name != "mod"));
            let text = std::fs::read_to_string(&path).unwrap();
            let shown = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_owned();
            files.insert(of_file, (shown, tokens(&text)));
        }
    }
}

/// Names and signs with their lines, without comments and what is in quotes, up to the tests at a file's end.
fn tokens(text: &str) -> Vec<(String, usize)> {
    let mut tokens = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with("mod tests {") {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        let code = code.split('"').step_by(2).collect::<Vec<_>>().join("\"\"");
        let mut rest = code.as_str();
        while let Some(first) = rest.chars().next() {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            let end = match first {
                c if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            if !first.is_whitespace() {
                tokens.push((rest[..end].to_owned(), number));
            }
            rest = &rest[end..];
        }
    }
    tokens
}

/// A path as it is written.
struct Written {
    names: Vec<String>,
    line: usize,
    is_use: bool,
}

/// The paths among the tokens of a file that lead out of its own module, and those that it takes names in by.
fn paths(tokens: &[(String, usize)]) -> Vec<Written> {
    let mut found = Vec::new();
    let (mut at, mut is_use) = (0, false);
    while let Some((token, _)) = tokens.get(at) {
        let begins = is_use || ["crate", "super", "self"].contains(&token.as_str());
        let follows = at > 0 && tokens[at - 1].0 == "::";
        if begins && !follows && token.starts_with(|c: char| c.is_alphabetic()) {
            at = tree(tokens, at, &[], is_use, &mut found);
            is_use = false;
        } else {
            is_use = token == "use";
            at += 1;
        }
    }
    found
}

/// Reads a path, or all the paths of one with braces; the position after it.
fn tree(tokens: &[(String, usize)], mut at: usize, before: &[String], is_use: bool, found: &mut Vec<Written>) -> usize {
    let mut names = before.to_vec();
    let token = |at: usize| tokens.get(at).map_or("", |(token, _)| token.as_str());
    loop {
        let line = tokens.get(at).map_or(0, |(_, line)| *line);
        if token(at) == "{" {
            at += 1;
            while !["}", ""].contains(&token(at)) {
                at = tree(tokens, at, &names, is_use, found);
                at += usize::from(token(at) == ",");
            }
            return at + 1;
        }
        if token(at) != "self" || names.is_empty() {
            names.push(token(at).to_owned());
        }
        at += 1;
        if token(at) == "::"
            && (token(at + 1) == "{" || token(at + 1).starts_with(|c: char| c.is_alphanumeric() || "_*".contains(c)))
        {
            at += 1;
            continue;
        }
        if token(at) == "as" {
            at += 2;
        }
        found.push(Written { names, line, is_use });
        return at;
    }
}

/// The module in which the last name of a path stands, where that is one of the files.
fn place(from: &Module, names: &[String], files: &Files) -> Option<Module> {
    let mut place: Module = match names.first()?.as_str() {
        "crate" => Vec::new(),
        _ => from.clone(),
    };
    for name in names {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => _ = place.pop(),
            name => {
                let mut inside = place.clone();
                inside.push(name.to_owned());
                if !files.contains_key(&inside) {
                    break;
                }
                place = inside;
            }
        }
    }
    Some(place).filter(|place| !place.is_empty() && place != from)
}
