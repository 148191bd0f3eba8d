//! The table's promises, on small tables made for the case.

use super::*;

const FILE: &str = r#"
[[entity]]
id = "meta"
country = "US"
en = "Meta Platforms"
zh = "脸书"
cased = ["Meta"]
former = ["Facebook"]
except = ["Meta-analysis"]

[[entity]]
id = "metax"
ai = true
en = "MetaX"
zh = "沐曦"

[[entity]]
id = "figure-ai"
en = "Figure AI"
ambiguous = ["Figure"]
domains = ["figure.ai"]

[[entity]]
id = "lenovo"
en = "Lenovo"
zh = "联想集团"

[[entity]]
id = "legend"
kind = "investor"
en = "Legend Holdings"
zh = "联想控股"
"#;

fn table() -> EntityTable {
    EntityTable::from_toml(&[("made.toml", FILE)]).unwrap()
}

fn refusal(files: &[(&str, &str)]) -> String {
    EntityTable::from_toml(files).unwrap_err().to_string()
}

#[track_caller]
fn check_lookup(name: &str, id: Option<&str>) {
    let table = table();
    assert_eq!(table.lookup(name).map(|entity| entity.id.as_str()), id, "of: {name}");
}

#[track_caller]
fn check_find(table: &EntityTable, text: &str, expected: &[(&str, &str)]) {
    let view = View::new(text);
    let hits = table.find(&view);
    let found: Vec<_> = hits
        .iter()
        .map(|hit| (view.original_text(hit.start, hit.end), hit.entity.id.as_str()))
        .collect();
    assert_eq!(found, expected, "in: {text}");
}

#[test]
fn a_party_is_looked_up_by_any_of_its_names() {
    check_lookup("Facebook, Inc.", Some("meta"));
    check_lookup("臉書", Some("meta"));
    check_lookup("META", Some("meta"));
    check_lookup("metax", Some("metax"));
    check_lookup("Figure", Some("figure-ai"));
    check_lookup("「Figure AI」", Some("figure-ai"));
    check_lookup("Figma", None);
    check_lookup("", None);
}

#[test]
fn a_legal_form_that_is_the_name_decides() {
    check_lookup("聯想控股股份有限公司", Some("legend"));
    check_lookup("联想集团有限公司", Some("lenovo"));
    check_lookup("Legend Holdings Ltd", Some("legend"));
    check_lookup("联想", None);
    check_lookup("Legend", Some("legend"));
}

#[test]
fn names_are_found_where_they_reach() {
    let table = table();
    check_find(&table, "Meta and MetaX", &[("Meta", "meta"), ("MetaX", "metax")]);
    check_find(
        &table,
        "meta platforms, FACEBOOK",
        &[("meta platforms", "meta"), ("FACEBOOK", "meta")],
    );
    check_find(&table, "Meta-analysis of a meta study: a Figure", &[]);
    check_find(&table, "臉書收購沐曦", &[("臉書", "meta"), ("沐曦", "metax")]);
    check_find(&table, "Figure AI", &[("Figure AI", "figure-ai")]);
}

#[test]
fn hosts_belong_to_domains() {
    let table = table();
    let owner = |host| table.by_host(host).map(|entity| entity.id.as_str());
    assert_eq!(owner("figure.ai"), Some("figure-ai"));
    assert_eq!(owner("news.figure.ai"), Some("figure-ai"));
    assert_eq!(owner("notfigure.ai"), None);
}

#[test]
fn everything_wrong_is_listed_with_its_line() {
    let one = "[[entity]]\nid = 'a'\nen = 'Alpha'\n[[entity]]\nid = 'a'\nen = 'Beta'\n";
    let two = "[[entity]]\nid = 'C c'\ncountry = 'China'\nen = 'alpha'\naliases = ['-x', 'q']\n";
    insta::assert_snapshot!(refusal(&[("one.toml", one), ("two.toml", two)]), @"
    the entity table has 8 to fix
      - two.toml:2: `C c` is no id: use small letters, digits and single hyphens
      - two.toml:3: `China` is no country: use two capital letters such as `CN`
      - two.toml:5: `-x` does not begin with a letter or digit
      - two.toml:5: `q` is too short to be found: list it as `ambiguous`
      - one.toml:2: the id `a` is used twice
      - one.toml:5: the id `a` is used twice
      - one.toml:3: `Alpha` of `a` is also another entity's name
      - two.toml:4: `alpha` of `C c` is also another entity's name
    ");
}

#[test]
fn a_misspelt_key_is_pointed_at() {
    let text = "[[entity]]\nid = 'a'\nalias = ['b']\n";
    insta::assert_snapshot!(refusal(&[("own.toml", text)]), @"
    the entity table has 1 to fix
      - own.toml:3: unknown field `alias`, expected one of `id`, `kind`, `ai`, `country`, `en`, `zh`, `aliases`, `cased`, `ambiguous`, `former`, `except`, `domains`, `parent`
    ");
}

#[test]
fn a_parent_must_be_there() {
    let text = "[[entity]]\nid = 'a'\nen = 'Alpha'\nparent = 'b'\n";
    insta::assert_snapshot!(refusal(&[("own.toml", text)]), @"
    the entity table has 1 to fix
      - own.toml:4: the parent `b` is no entity
    ");
}

#[test]
fn a_persons_own_file_adds_changes_and_takes_names() {
    let own = "[[entity]]\nid = 'figure-ai'\nai = true\naliases = ['Figure Robotics']\n\
               [[entity]]\nid = 'fb-fund'\nkind = 'investor'\nen = 'Facebook'\n";
    let table = table().with_added(&[("entities.toml", own)]).unwrap();
    let figure = table.get("figure-ai").unwrap();
    assert!(figure.ai);
    assert_eq!(figure.name(), "Figure AI");
    check_find(&table, "Figure Robotics", &[("Figure Robotics", "figure-ai")]);
    check_find(&table, "Facebook, Meta", &[("Facebook", "fb-fund"), ("Meta", "meta")]);
    assert_ne!(table.version(), super::EntityTable::from_toml(&[("", FILE)]).unwrap().version());
}

#[test]
fn a_misspelt_id_is_not_taken_for_a_new_entity() {
    let own = "[[entity]]\nid = 'figureai'\naliases = ['Figure Robotics']\n";
    let error = table().with_added(&[("entities.toml", own)]).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    the entity table has 1 to fix
      - entities.toml:2: `figureai` is a new id and has neither `en` nor `zh`
    ");
}

#[test]
fn the_version_is_of_the_content_alone() {
    let (first, second) = FILE.split_at(FILE.rfind("[[entity]]").unwrap());
    let other = EntityTable::from_toml(&[("b.toml", second), ("a.toml", first)]).unwrap();
    assert_eq!(other.version(), table().version());
    assert_eq!(table().version().len(), 16);
}
