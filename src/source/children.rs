//! Which children of a source are asked: those that its index says have changed.

use url::Url;

use super::host_key;
use crate::domain::Child;
use crate::domain::Validators;

/// What is remembered after the index was read. `named` are the children that count, the newest
/// first, each with its date; those on another host are left out, because an index speaks for its
/// own host alone, and so does its turn.
pub fn named(
    known: &[Child],
    named: impl IntoIterator<Item = (Url, Option<String>)>,
    index: &Url,
) -> Vec<Child> {
    let key = host_key(index);
    named
        .into_iter()
        .filter(|(url, _)| host_key(url) == key && url != index)
        .map(|(url, modified)| match known.iter().find(|child| child.url == url) {
            Some(child) => {
                let due = child.due || modified.is_none() || child.modified != modified;
                Child { modified, due, ..child.clone() }
            }
            None => Child {
                url,
                modified,
                validators: Validators::default(),
                body_hash: None,
                due: true,
            },
        })
        .collect()
}

/// What is due although the index has not changed: what is left of the last time, and children
/// whose changes the index does not tell.
pub fn again(known: Vec<Child>) -> Vec<Child> {
    let due = |child: Child| Child { due: child.due || child.modified.is_none(), ..child };
    known.into_iter().map(due).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse("https://www.a.test/").unwrap().join(path).unwrap()
    }

    fn read(path: &str, modified: Option<&str>) -> Child {
        Child {
            url: url(path),
            modified: modified.map(str::to_owned),
            validators: Validators::default(),
            body_hash: Some("h".to_owned()),
            due: false,
        }
    }

    #[test]
    fn what_changed_or_is_new_is_due_and_what_is_not_named_is_forgotten() {
        let known = [read("/1", Some("mon")), read("/2", Some("mon")), read("/3", None)];
        let names = [
            (url("/1"), Some("tue".to_owned())),
            (url("/2"), Some("mon".to_owned())),
            (url("/4"), None),
            (url("https://b.test/5"), None),
            (url("/index.xml"), None),
        ];
        let children = named(&known, names, &url("/index.xml"));
        let due: Vec<_> = children.iter().map(|child| (child.url.path(), child.due)).collect();
        assert_eq!(due, [("/1", true), ("/2", false), ("/4", true)]);
        assert_eq!(children[0].body_hash.as_deref(), Some("h"));
    }

    #[test]
    fn an_unchanged_index_leaves_what_is_undated_or_was_not_had() {
        let missed = Child { due: true, ..read("/1", Some("mon")) };
        let children = again(vec![missed, read("/2", Some("mon")), read("/3", None)]);
        let due: Vec<_> = children.iter().map(|child| child.due).collect();
        assert_eq!(due, [true, false, true]);
    }
}
