//! Rust source text reduced to what is compiled into the shipped program.
//!
//! Not a parser: it knows comments, literals, braces and attributes, which is enough to find
//! paths in code that `rustfmt` has laid out.

/// The text of one file with comments, literals and test code blanked; lines stay where they were.
pub(crate) struct Code {
    shipped: String,
    test_modules: Vec<String>,
}

/// A path that leads to a module of the crate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The first segment after `crate::`; empty where a brace or a star follows.
    pub(crate) module: String,
    /// Counted from one.
    pub(crate) line: usize,
}

impl Code {
    pub(crate) fn of(text: &str) -> Code {
        let bare: Vec<char> = without_comments_and_literals(text);
        let (shipped, test_modules) = without_tests(bare);
        Code { shipped: shipped.into_iter().collect(), test_modules }
    }

    /// Names declared as `#[cfg(test)] mod name;`.
    pub(crate) fn test_modules(&self) -> &[String] {
        &self.test_modules
    }

    /// Every import of a module of this crate, for a file whose module is `depth` below the crate.
    ///
    /// `crate::x`, `dealwatch::x` and a `super::` chain that climbs to the crate count.
    pub(crate) fn imports(&self, depth: usize) -> Vec<Import> {
        let mut imports = Vec::new();
        let mut inner: Vec<bool> = Vec::new();
        let mut opens_module = false;
        for (line, tokens) in self.lines() {
            let mut at = 0;
            while let Some(token) = tokens.get(at) {
                match token.as_str() {
                    "mod" => opens_module = true,
                    ";" => opens_module = false,
                    "{" => inner.push(std::mem::take(&mut opens_module)),
                    "}" => drop(inner.pop()),
                    "crate" | "dealwatch" if is(&tokens, at + 1, "::") => {
                        imports.push(Import { module: name(&tokens, at + 2), line });
                        at += 1;
                    }
                    "super" => {
                        let start = at;
                        while is(&tokens, at, "super") && is(&tokens, at + 1, "::") {
                            at += 2;
                        }
                        let climbed = (at - start) / 2;
                        let below = depth + inner.iter().filter(|is_module| **is_module).count();
                        if climbed > 0 && climbed >= below {
                            imports.push(Import { module: name(&tokens, at), line });
                        }
                        // The token that ends the chain still has to be looked at.
                        at = at.max(start + 1);
                        continue;
                    }
                    _ => {}
                }
                at += 1;
            }
        }
        imports
    }

    /// Where one of `words`, each a path such as `a::b`, stands in the code.
    pub(crate) fn mentions<'w>(&self, words: &[&'w str]) -> Vec<(usize, &'w str)> {
        let mut found = Vec::new();
        for (line, tokens) in self.lines() {
            for word in words {
                let wanted = tokens_of(word);
                if tokens.windows(wanted.len()).any(|window| window == wanted) {
                    found.push((line, *word));
                }
            }
        }
        found
    }

    fn lines(&self) -> impl Iterator<Item = (usize, Vec<String>)> {
        self.shipped.lines().enumerate().map(|(index, line)| (index + 1, tokens_of(line)))
    }
}

fn is(tokens: &[String], at: usize, expected: &str) -> bool {
    tokens.get(at).is_some_and(|token| token == expected)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The identifier at `at`, or nothing.
fn name(tokens: &[String], at: usize) -> String {
    let word = tokens.get(at).filter(|token| token.starts_with(is_word));
    word.cloned().unwrap_or_default()
}

/// Words, `::`, and every other character by itself.
fn tokens_of(line: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in line.chars() {
        match tokens.last_mut() {
            Some(last) if is_word(c) && is_word(previous) => last.push(c),
            Some(last) if c == ':' && previous == ':' && last == ":" => last.push(c),
            _ if c.is_whitespace() => {}
            _ => tokens.push(c.to_string()),
        }
        previous = c;
    }
    tokens
}

/// Replaces comments and the insides of literals by spaces.
fn without_comments_and_literals(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let end = match chars.get(at..).unwrap_or_default() {
            ['/', '/', ..] => line_end(&chars, at),
            ['/', '*', ..] => block_end(&chars, at),
            ['"', ..] => string_end(&chars, at + 1),
            ['r', '"' | '#', ..] if !follows_word(&chars, at) => raw_end(&chars, at),
            ['b', 'r', '"' | '#', ..] if !follows_word(&chars, at) => raw_end(&chars, at + 1),
            ['\'', '\\', ..] => char_end(&chars, at + 3),
            ['\'', _, '\'', ..] => at + 3,
            _ => {
                at += 1;
                continue;
            }
        };
        let end = end.min(chars.len());
        blank(&mut chars, at, end);
        at = end.max(at + 1);
    }
    chars
}

fn follows_word(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|c| is_word(*c))
}

fn blank(chars: &mut [char], start: usize, end: usize) {
    for c in chars.iter_mut().take(end).skip(start).filter(|c| **c != '\n') {
        *c = ' ';
    }
}

fn line_end(chars: &[char], start: usize) -> usize {
    (start..chars.len()).find(|at| chars.get(*at) == Some(&'\n')).unwrap_or(chars.len())
}

/// Block comments nest.
fn block_end(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    while at < chars.len() {
        match chars.get(at..).unwrap_or_default() {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] if depth <= 1 => return at + 2,
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// `start` is at the `r`; where no string follows (`r#type`) only the `r` is passed.
fn raw_end(chars: &[char], start: usize) -> usize {
    let hashes = chars.iter().skip(start + 1).take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return start;
    }
    let closes = |at: &usize| {
        chars.get(*at) == Some(&'"')
            && chars.iter().skip(at + 1).take(hashes).filter(|c| **c == '#').count() == hashes
    };
    (open + 1..chars.len()).find(closes).map_or(chars.len(), |at| at + 1 + hashes)
}

fn char_end(chars: &[char], start: usize) -> usize {
    (start..chars.len()).find(|at| chars.get(*at) == Some(&'\'')).map_or(chars.len(), |at| at + 1)
}

/// Blanks every item behind `#[cfg(test)]` and names the test modules kept in files of their own.
fn without_tests(mut chars: Vec<char>) -> (Vec<char>, Vec<String>) {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut modules = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars.get(at..).unwrap_or_default().starts_with(&mark) {
            at += 1;
            continue;
        }
        let end = item_end(&chars, at + mark.len());
        let item: String = chars.iter().take(end).skip(at + mark.len()).collect();
        modules.extend(declared_module(&item));
        blank(&mut chars, at, end);
        at = end;
    }
    (chars, modules)
}

/// The end of the item at `start`: its `;`, or the brace that closes its first one.
fn item_end(chars: &[char], start: usize) -> usize {
    let (mut braces, mut nested) = (0_usize, 0_usize);
    for (at, c) in chars.iter().enumerate().skip(start) {
        match c {
            '(' | '[' => nested += 1,
            ')' | ']' => nested = nested.saturating_sub(1),
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        let closed = (*c == '}' || *c == ';') && braces == 0 && nested == 0;
        if closed && !is_use_list(chars, start, at) {
            return at + 1;
        }
    }
    chars.len()
}

/// In `use a::{b, c};` the brace does not end the item.
fn is_use_list(chars: &[char], start: usize, at: usize) -> bool {
    let item: String = chars.iter().take(at).skip(start).collect();
    chars.get(at) == Some(&'}') && tokens_of(&item).first().is_some_and(|token| token == "use")
}

/// `mod name;`, with or without visibility and attributes.
fn declared_module(item: &str) -> Option<String> {
    let tokens = tokens_of(item);
    let at = tokens.iter().position(|token| token == "mod")?;
    is(&tokens, at + 2, ";").then(|| name(&tokens, at + 1))
}

#[track_caller]
fn check(depth: usize, text: &str, expected: &[(&str, usize)]) {
    let imports = Code::of(text).imports(depth);
    let found: Vec<_> = imports.iter().map(|i| (i.module.as_str(), i.line)).collect();
    assert_eq!(found, expected, "in: {text}");
}

#[test]
fn imports_are_found_wherever_a_path_may_stand() {
    check(1, "use crate::store::Log;\n", &[("store", 1)]);
    check(1, "pub(crate) use crate::store;\n", &[("store", 1)]);
    check(1, "fn f(a: &crate::a::A) -> crate::b::B {}\n", &[("a", 1), ("b", 1)]);
    check(1, "\nfn main() { dealwatch::cli::main(); }\n", &[("cli", 2)]);
    check(1, "use crate::{store, web};\nuse crate::*;\n", &[("", 1), ("", 2)]);
    check(1, "use othercrate::store;\nlet crate_ = 1;\n", &[]);
}

#[test]
fn a_climb_by_super_is_an_import_when_it_reaches_the_crate() {
    check(1, "use super::store::Log;\n", &[("store", 1)]);
    check(2, "use super::Log;\n", &[]);
    check(2, "use super::super::store::Log;\n", &[("store", 1)]);
    check(1, "mod inner {\n    use super::Log;\n    use super::super::web;\n}\n", &[("web", 3)]);
    check(1, "fn f() {\n    super::web::serve();\n}\n", &[("web", 2)]);
    check(2, "pub(super) struct Log;\n", &[]);
}

#[test]
fn comments_and_literals_are_no_code() {
    check(1, "//! See [`crate::web`].\n/// crate::web\n// use crate::web;\n", &[]);
    check(1, "let a = 1; // crate::web\nuse crate::a;\n", &[("a", 2)]);
    check(1, "/* crate::web /* nested */ crate::web */ use crate::a;\n", &[("a", 1)]);
    check(1, "let a = \"\\\"crate::web\"; use crate::a;\n", &[("a", 1)]);
    check(1, "let a = r#\"\"crate::web\"#; use crate::a;\n", &[("a", 1)]);
    check(1, "let q = '\"'; let e = '\\''; use crate::a;\n", &[("a", 1)]);
    check(1, "fn f<'a>(a: &'a str, r#type: u8) -> crate::a::A<'a> {}\n", &[("a", 1)]);
    check(1, "let a = \"\n//\n\"; use crate::a;\n", &[("a", 3)]);
}

#[test]
fn test_code_is_left_alone() {
    check(1, "#[cfg(test)]\nmod tests {\n    use crate::web;\n}\nuse crate::a;\n", &[("a", 5)]);
    check(1, "#[cfg(test)]\nuse crate::web;\nuse crate::a;\n", &[("a", 3)]);
    check(1, "#[cfg(test)]\nuse crate::web::{self, W};\nuse crate::a;\n", &[("a", 3)]);
    check(1, "#[cfg(test)]\nfn f(a: [u8; 2]) { crate::web::f() }\nuse crate::a;\n", &[("a", 3)]);
}

#[test]
fn test_modules_in_their_own_files_are_named() {
    let named = |text: &str| Code::of(text).test_modules().to_vec();
    assert_eq!(named("#[cfg(test)]\nmod tests;\n"), ["tests"]);
    assert_eq!(named("#[cfg(test)]\n#[rustfmt::skip]\npub(crate) mod scenes;\n"), ["scenes"]);
    assert_eq!(named("#[cfg(test)]\nmod tests {}\nmod real;\n"), Vec::<String>::new());
}

#[test]
fn mentions_are_whole_paths() {
    let found = |text: &str| Code::of(text).mentions(&["std::env", "Timestamp::now"]);
    assert_eq!(found("\nlet t = jiff::Timestamp::now();\n"), [(2, "Timestamp::now")]);
    assert_eq!(found("use std::env;\nuse std::environment;\n"), [(1, "std::env")]);
    assert_eq!(found("// Timestamp::now()\nlet a = \"std::env\";\n"), []);
    assert_eq!(found("MyTimestamp::now(); Timestamp::nowhere();\n"), []);
}
