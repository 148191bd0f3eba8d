//! Files of a data directory that the service and the members of its group share.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// For the owner and the group, nothing for others.
const MODE: u32 = 0o660;
/// The group may write.
const GROUP_WRITES: u32 = 0o020;

/// Opens a file for appending, and makes it if it is not there.
///
/// Where the group may write the directory it may write the new file as well, whatever the umask
/// of whoever comes first: a command of a member must not shut the service out of its own log.
/// Elsewhere the umask decides.
pub fn open_shared(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).mode(MODE);
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            if is_shared(path) {
                file.set_permissions(Permissions::from_mode(MODE))?;
            }
            Ok(file)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            options.create(true).open(path)
        }
        Err(error) => Err(error),
    }
}

/// Whether the group may write the directory that the file is in.
fn is_shared(path: &Path) -> bool {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::metadata(dir).is_ok_and(|dir| dir.permissions().mode() & GROUP_WRITES != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mode of a file made in a directory of that mode, less what any umask may take.
    #[track_caller]
    fn check(dir_mode: u32, expected: u32) {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), Permissions::from_mode(dir_mode)).unwrap();
        let path = dir.path().join("log");
        let made = open_shared(&path).unwrap();
        assert_eq!(made.metadata().unwrap().permissions().mode() & expected, expected);
        // And it opens again as it is.
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let again = open_shared(&path).unwrap();
        assert_eq!(again.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn the_directory_decides_whether_the_group_may_write() {
        check(0o2770, 0o660);
        check(0o700, 0o600);
    }
}
