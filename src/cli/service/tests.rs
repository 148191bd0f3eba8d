//! Tests of `dealwatch service`, in a temporary root.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::InstallArgs;
use super::StatusArgs;
use super::TargetArgs;
use super::for_service;
use super::install;
use super::program;
use super::status;

const CONFIG: &str = "etc/dealwatch/dealwatch.toml";
const UNIT: &str = "usr/lib/systemd/system/dealwatch.service";

/// A root to install into and a file that plays the binary.
struct Machine {
    dir: tempfile::TempDir,
}

impl Machine {
    fn new() -> Machine {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("root")).unwrap();
        fs::write(dir.path().join("built"), "version one").unwrap();
        Machine { dir }
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join("root").join(path)
    }

    fn target(&self, prefix: &str) -> TargetArgs {
        TargetArgs { root: self.at(""), prefix: prefix.into() }
    }

    fn install_with(&self, prefix: &str, dry_run: bool) -> anyhow::Result<String> {
        let mut out = Vec::new();
        let args = InstallArgs { target: self.target(prefix), dry_run };
        install(&args, &self.dir.path().join("built"), &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    /// The words before each path, in order.
    fn install(&self) -> Vec<String> {
        words(&self.install_with("/usr/local", false).unwrap())
    }

    fn status(&self) -> (bool, String) {
        let mut out = Vec::new();
        let args = StatusArgs { target: self.target("/usr/local") };
        let complete = status(&args, &self.dir.path().join("built"), &mut out).unwrap();
        (complete, String::from_utf8(out).unwrap())
    }
}

fn words(said: &str) -> Vec<String> {
    said.lines()
        .take_while(|line| !line.is_empty())
        .map(|line| line.split("  ").next().unwrap_or(line).to_owned())
        .collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_second_installation_changes_nothing() {
    let machine = Machine::new();
    assert_eq!(machine.install(), ["installed"; 5]);
    assert_eq!(machine.install(), ["unchanged"; 5]);
}

#[test]
fn everything_lands_at_its_place_with_its_mode() {
    let machine = Machine::new();
    machine.install();
    let expected = [
        ("usr/local/bin/dealwatch", 0o755),
        (UNIT, 0o644),
        ("usr/lib/sysusers.d/dealwatch.conf", 0o644),
        ("usr/lib/tmpfiles.d/dealwatch.conf", 0o644),
        (CONFIG, 0o644),
        ("etc/dealwatch", 0o755),
    ];
    for (path, wanted) in expected {
        assert_eq!(mode(&machine.at(path)), wanted, "{path}");
    }
    let bin = fs::read_dir(machine.at("usr/local/bin")).unwrap().count();
    assert_eq!(bin, 1, "no temporary file stays behind");
}

#[test]
fn a_configuration_that_is_there_is_kept() {
    let machine = Machine::new();
    machine.install();
    fs::write(machine.at(CONFIG), "# mine\n").unwrap();
    assert_eq!(
        machine.install(),
        ["unchanged", "unchanged", "unchanged", "unchanged", "kept yours"]
    );
    assert_eq!(fs::read_to_string(machine.at(CONFIG)).unwrap(), "# mine\n");
}

#[test]
fn a_configuration_that_is_a_link_is_kept_wherever_it_leads() {
    let machine = Machine::new();
    fs::create_dir_all(machine.at("etc/dealwatch")).unwrap();
    std::os::unix::fs::symlink("../../srv/not-mounted.toml", machine.at(CONFIG)).unwrap();
    assert_eq!(machine.install().last().map(String::as_str), Some("kept yours"));
    assert!(machine.at(CONFIG).is_symlink());
}

#[test]
fn a_new_version_replaces_the_old_and_asks_for_a_restart() {
    let machine = Machine::new();
    machine.install();
    fs::write(machine.dir.path().join("built"), "version two").unwrap();
    let said = machine.install_with("/usr/local", false).unwrap();
    assert_eq!(words(&said), ["updated", "unchanged", "unchanged", "unchanged", "unchanged"]);
    assert!(said.contains("systemctl restart dealwatch"), "{said}");
    assert_eq!(fs::read(machine.at("usr/local/bin/dealwatch")).unwrap(), b"version two");
}

#[test]
fn a_wrong_mode_is_put_right() {
    let machine = Machine::new();
    machine.install();
    fs::set_permissions(machine.at(UNIT), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(machine.install().get(1).map(String::as_str), Some("updated"));
    assert_eq!(mode(&machine.at(UNIT)), 0o644);
}

#[test]
fn a_dry_run_writes_nothing() {
    let machine = Machine::new();
    let said = machine.install_with("/usr/local", true).unwrap();
    assert_eq!(words(&said), ["would be installed"; 5]);
    assert!(said.ends_with("Nothing was written.\n"), "{said}");
    assert_eq!(fs::read_dir(machine.at("")).unwrap().count(), 0);
}

#[test]
fn the_unit_names_the_binary_under_the_chosen_prefix() {
    let machine = Machine::new();
    machine.install_with("/opt/dealwatch/", false).unwrap();
    let unit = fs::read_to_string(machine.at(UNIT)).unwrap();
    assert!(unit.contains("ExecStart=/opt/dealwatch/bin/dealwatch run\n"), "{unit}");
    assert!(!unit.contains("/usr/local"), "{unit}");
}

#[test]
fn the_next_steps_are_printed_in_order() {
    let said = Machine::new().install_with("/usr/local", false).unwrap();
    let steps =
        ["systemd-sysusers", "systemd-tmpfiles", "daemon-reload", "enable --now", "usermod"];
    let places = steps.map(|step| said.find(step).unwrap_or_else(|| panic!("{step}: {said}")));
    assert!(places.is_sorted(), "{said}");
    assert!(!said.contains("restart dealwatch"), "a first installation has nothing to restart");
}

#[test]
fn a_prefix_the_service_could_not_use_is_refused() {
    let check = |prefix: &str, expected: &str| {
        let error = program(Path::new(prefix)).unwrap_err();
        assert_eq!(format!("{error:#}"), expected, "{prefix}");
    };
    check("usr/local", "the prefix usr/local is not absolute");
    check(
        "/opt/my tools",
        "the prefix /opt/my tools holds a character that a unit file reads differently",
    );
    check(
        "/home/ada/.local",
        "the service cannot see /home; choose a prefix such as /usr/local or /opt",
    );
}

#[test]
fn the_root_prefix_has_no_double_slash() {
    assert_eq!(program(Path::new("/")).unwrap(), "/bin/dealwatch");
}

#[test]
fn a_target_that_is_in_the_way_is_named() {
    let machine = Machine::new();
    fs::write(machine.at("usr"), "a file where a directory belongs").unwrap();
    let error = machine.install_with("/usr/local", false).unwrap_err();
    let said = format!("{error:#}");
    assert!(said.starts_with("cannot put "), "{said}");
    assert!(said.contains("usr/local/bin/dealwatch in place"), "{said}");
}

#[test]
fn the_service_configuration_names_the_data_directory() {
    let check = |template: &str, expected: &str| assert_eq!(for_service(template), expected);
    let set = "data_dir = \"/var/lib/dealwatch\"";
    check("# a\n# data_dir = \"x\"\n[web]\n", &format!("# a\n{set}\n[web]\n"));
    check("#data_dir = \"x\"\n", &format!("{set}\n"));
    check("data_dir = \"\"\n", &format!("{set}\n"));
    check("# the data_dir is elsewhere\n", &format!("{set}\n\n# the data_dir is elsewhere\n"));
    check("# data_directory = 1\n", &format!("{set}\n\n# data_directory = 1\n"));
}

#[test]
fn the_installed_configuration_is_toml_with_the_data_directory_at_the_top() {
    let machine = Machine::new();
    machine.install();
    let text = fs::read_to_string(machine.at(CONFIG)).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let dir = table.get("data_dir").and_then(toml::Value::as_str);
    assert_eq!(dir, Some("/var/lib/dealwatch"));
}

#[test]
fn status_names_what_is_missing() {
    let machine = Machine::new();
    let (complete, said) = machine.status();
    assert!(!complete);
    assert_eq!(said.lines().filter(|line| line.starts_with("missing")).count(), 7, "{said}");
    assert!(said.contains("run `systemd-sysusers dealwatch.conf`"), "{said}");
}

#[test]
fn status_is_complete_after_all_steps() {
    let machine = Machine::new();
    machine.install();
    fs::write(machine.at("etc/passwd"), "dealwatch:x:990:990::/:/bin/false\n").unwrap();
    fs::create_dir_all(machine.at("var/lib/dealwatch")).unwrap();
    let data = machine.at("var/lib/dealwatch");
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    let (complete, said) = machine.status();
    assert!(!complete && said.contains("mode 755 instead of 2770"), "{said}");
    fs::set_permissions(&data, fs::Permissions::from_mode(0o2770)).unwrap();
    let (complete, said) = machine.status();
    assert!(complete, "{said}");
}

#[test]
fn status_shows_the_operators_own_unit() {
    let machine = Machine::new();
    machine.install();
    let dir = machine.at("etc/systemd/system/dealwatch.service.d");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("override.conf"), "[Service]\nNice=5\n").unwrap();
    let (_, said) = machine.status();
    assert!(said.contains("changed by you"), "{said}");
    assert!(said.contains("dealwatch.service.d/override.conf"), "{said}");
}
