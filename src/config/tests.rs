//! What is accepted, what is refused, and in which words.

use std::fs;
use std::path::Path;

use super::locate::Surroundings;
use super::*;

/// Loads a configuration from a folder of its own.
fn load_text(text: &str) -> Result<Loaded, problems::ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dealwatch.toml");
    fs::write(&path, text).unwrap();
    load(&Surroundings {
        config_argument: Some(path),
        data_dir_argument: Some("/nowhere".into()),
        ..Surroundings::default()
    })
}

/// What the operator sees: the chain, as `main` prints it, without the folder.
fn refusal(text: &str) -> String {
    let error = load_text(text).map(|_| ()).unwrap_err();
    let shown = format!("{:#}", anyhow::Error::from(error));
    let mut words = shown.split(' ').map(|word| {
        if Path::new(word).is_absolute() { word.rsplit('/').next().unwrap_or(word) } else { word }
    });
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |line, word| format!("{line} {word}"))
}

/// Every commented key, uncommented.
fn uncommented() -> String {
    let mut text = String::new();
    for line in EXAMPLE.lines() {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let key = bare.split('=').next().unwrap_or_default().trim();
        let is_key =
            bare.contains(" = ") && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        text.push_str(if is_key && !key.is_empty() { bare } else { line });
        text.push('\n');
        if line.starts_with("# Who is told.") {
            break;
        }
    }
    text
}

#[test]
fn the_shipped_configuration_shows_the_defaults() {
    let shown: Config = toml::from_str(&uncommented()).unwrap();
    let data_dir = Some("/var/lib/dealwatch".into());
    let mut default = Config { data_dir, ..Config::default() };
    default.web.public_url = "http://127.0.0.1:8650/".parse().ok();
    default.http.info_url = String::new();
    assert_eq!(shown, default);
}

#[test]
fn the_shipped_configuration_is_accepted_as_it_is() {
    let loaded = load_text(EXAMPLE).unwrap();
    assert_eq!(loaded.config, Config::default());
    assert!(loaded.registry.enabled().count() > 40);
    assert_eq!(loaded.warnings.len(), 1, "the placeholder contact: {:?}", loaded.warnings);
}

#[test]
fn a_misspelt_key_is_pointed_at() {
    insta::assert_snapshot!(refusal("[fetch]\nhost_gap = 5\n"), @r"
    cannot parse dealwatch.toml: TOML parse error at line 2, column 1
      |
    2 | host_gap = 5
      | ^^^^^^^^
    unknown field `host_gap`, expected one of `host_gap_ms`, `host_daily_budget`, `parallel`
    ");
}

#[test]
fn all_problems_are_listed_at_once() {
    let text = "
[fetch]
parallel = 0

[sources]
disable = ['no-such-source']

[[receiver.terminal]]
name = 'journal'

[[receiver.webhook]]
name = 'journal'
url = 'ftp://hub.test/'

[[route]]
name = 'large'
filter = 'amuont>=100M'
receivers = ['desk']
";
    insta::assert_snapshot!(refusal(text));
}

#[test]
fn own_sources_beside_the_configuration_are_read_without_being_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let around = Surroundings {
        config_argument: Some(folder.path().join("dealwatch.toml")),
        data_dir_argument: Some("/nowhere".into()),
        ..Surroundings::default()
    };
    write("dealwatch.toml", "[sources]\nshipped = false\n");
    let own = folder.path().join("sources.toml");
    let before = load(&around).unwrap();
    assert_eq!(before.own_catalogues(), [own.clone(), "/nowhere/sources.toml".into()]);
    write("sources.toml", "[[source]]\nid = 'a'\nurl = 'https://a.test/feed'\n");
    for named in ["", "files = ['sources.toml']\n", "files = ['./sources.toml']\n"] {
        write("dealwatch.toml", &format!("[sources]\nshipped = false\n{named}"));
        let loaded = load(&around).unwrap();
        assert_eq!((loaded.registry.all().len(), loaded.catalogues.len()), (1, 1), "{named}");
    }
    assert_eq!(load(&around).unwrap().own_catalogues().len(), 1);
}
