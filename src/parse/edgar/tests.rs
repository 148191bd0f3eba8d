//! Current filings in the feed's own shape.

use proptest::prelude::*;

use super::super::entries;
use super::super::tests::document;
use super::super::tests::source;
use super::*;
use crate::domain::Recipe;
use crate::domain::SourceKind;

/// One entry of the feed: form, company, CIK, role, accession number, and the items of an 8-K.
fn row(form: &str, name: &str, cik: &str, role: &str, number: &str, items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("\n&lt;br&gt;Item {item}")).collect();
    let items = items.concat();
    format!(
        "<entry>\n<title>{form} - {name} ({cik}) ({role})</title>\n\
         <link rel=\"alternate\" type=\"text/html\" \
         href=\"https://www.sec.test/Archives/{cik}/{number}-index.htm\"/>\n\
         <summary type=\"html\">\n &lt;b&gt;Filed:&lt;/b&gt; 2026-11-23 &lt;b&gt;AccNo:&lt;/b&gt; \
         {number} &lt;b&gt;Size:&lt;/b&gt; 312 KB{items}\n</summary>\n\
         <updated>2026-11-23T16:31:05-05:00</updated>\n\
         <category scheme=\"https://www.sec.gov/\" label=\"form type\" term=\"{form}\"/>\n\
         <id>urn:tag:sec.gov,2008:accession-number={number}</id>\n</entry>\n"
    )
}

fn feed(rows: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Latest Filings</title>\n\
         <link rel=\"alternate\" href=\"/cgi-bin/browse-edgar?action=getcurrent\"/>\n\
         <id>https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent</id>\n{}</feed>",
        rows.concat()
    )
}

fn edgar(forms: &[&str], items: &[&str]) -> Source {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let filter = EdgarFilter { forms: own(forms), items: own(items) };
    let recipe = Recipe { edgar: Some(filter), ..Recipe::default() };
    Source { kind: SourceKind::Edgar, recipe, ..source() }
}

/// Key and title of every entry.
#[track_caller]
fn check(rows: &[String], source: &Source, expected: &[[&str; 2]]) {
    let parsed = entries(&document(&feed(rows), None), source).unwrap();
    let found: Vec<_> =
        parsed.entries.iter().map(|entry| [entry.key.as_str(), entry.title.as_str()]).collect();
    assert_eq!(found, expected);
    assert_eq!(parsed.warnings, []);
}

const ONE: &str = "0001999001-26-000041";
const TWO: &str = "0001999002-26-000007";

#[test]
fn an_8_k_is_told_by_its_items() {
    let items = [
        "1.01: Entry into a Material Definitive Agreement",
        "9.01: Financial Statements and Exhibits",
    ];
    let rows = [
        row("8-K", "HARBOURLIGHT &amp; CO /DE/", "0001999001", "Filer", ONE, &items),
        row("8-K", "TIDEPOOL INC", "0001999002", "Filer", TWO, &["5.02: Departure of Directors"]),
    ];
    let wanted = edgar(&[], &["1.01", "2.01"]);
    check(
        &rows,
        &wanted,
        &[[
            ONE,
            "HARBOURLIGHT & CO reports: Entry into a Material Definitive Agreement; Financial \
             Statements and Exhibits (8-K)",
        ]],
    );
    let parsed = entries(&document(&feed(&rows), None), &wanted).unwrap();
    let entry = &parsed.entries[0];
    assert_eq!(
        entry.text,
        format!(
            "Form 8-K, accession number {ONE}.\nFiler: HARBOURLIGHT & CO /DE/, CIK 0001999001.\n\
             Item 1.01: Entry into a Material Definitive Agreement.\n\
             Item 9.01: Financial Statements and Exhibits."
        )
    );
    assert_eq!(entry.published.unwrap().to_string(), "2026-11-23T21:31:05Z");
    let index = format!("https://www.sec.test/Archives/0001999001/{ONE}-index.htm");
    assert_eq!(entry.link.as_deref(), Some(index.as_str()));
}

#[test]
fn a_filing_in_two_roles_is_one_entry() {
    let rows = [
        row("SC TO-T", "TIDEPOOL INC", "0001999002", "Subject", ONE, &[]),
        row("SC TO-T", "Northgate Acquisition Corp", "0001999003", "Filed by", ONE, &[]),
        row("425", "TIDEPOOL INC", "0001999002", "Subject", TWO, &[]),
        row("425", "Northgate (Holdings) Corp", "0001999004", "Filed by", TWO, &[]),
    ];
    check(
        &rows,
        &edgar(&[], &[]),
        &[
            [ONE, "Northgate Acquisition Corp makes a takeover offer for TIDEPOOL INC (SC TO-T)"],
            [
                TWO,
                "Northgate (Holdings) Corp informs about a business combination with TIDEPOOL INC (425)",
            ],
        ],
    );
    let parsed = entries(&document(&feed(&rows), None), &edgar(&[], &[])).unwrap();
    assert!(
        parsed.entries[0].text.contains("Filed by: Northgate Acquisition Corp, CIK 0001999003.")
    );
}

#[test]
fn other_forms_are_told_in_words_and_chosen_with_their_amendments() {
    let rows = [
        row("D/A", "Acme Intelligence, Inc.", "0001999005", "Filer", ONE, &[]),
        row("DEF 14A", "Somebody Else", "0001999006", "Filer", TWO, &[]),
    ];
    check(
        &rows,
        &edgar(&["D"], &[]),
        &[[ONE, "Acme Intelligence Inc. gives notice of an exempt offering of securities (D/A)"]],
    );
    let rows = [
        row("S-4", "Acme Corp", "0001999005", "Filer", ONE, &[]),
        row("XYZ", "Acme Corp", "0001999005", "Filer", TWO, &[]),
    ];
    check(
        &rows,
        &edgar(&[], &[]),
        &[
            [ONE, "Acme Corp registers securities for a business combination (S-4)"],
            [TWO, "Acme Corp files (XYZ)"],
        ],
    );
}

#[test]
fn a_title_of_another_shape_is_kept_as_it_is() {
    let rows =
        ["<entry><title>Notice &lt;b&gt;to&lt;/b&gt; all</title><id>x</id></entry>".to_owned()];
    check(&rows, &edgar(&[], &[]), &[["x", "Notice to all"]]);
}

#[test]
fn what_is_no_feed_of_filings_is_named() {
    let error =
        |body: &str| entries(&document(body, None), &edgar(&[], &[])).unwrap_err().to_string();
    let wall = "<html><p>Your request originates from an Undeclared Automated Tool</p></html>";
    assert!(error(wall).contains("undeclared automated tool"), "{}", error(wall));
    assert!(error("{}").contains("starts with `{}`"));
    let parsed = entries(&document(&feed(&[]), None), &edgar(&[], &[])).unwrap();
    assert_eq!(parsed.warnings, [Warning::NoEntries]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_feed_of_filings_panics(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let rows = [
            row("8-K", "融资 Corp", "0001999001", "Filer", ONE, &["1.01: Entry"]),
            row("SC TO-T", "B", "0001999002", "Subject", ONE, &[]),
        ];
        let mut bytes = feed(&rows).into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 2).max(1));
        let mut doc = document("", None);
        doc.body = bytes;
        drop(entries(&doc, &edgar(&["8-K"], &["1.01"])));
    }
}
