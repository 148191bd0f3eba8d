//! Agencies and release services, whose stories appear under other mastheads.

/// Names in lower case, and the one that is shown.
const WIRES: &[(&str, &str)] = &[
    ("reuters", "Reuters"),
    ("associated press", "Associated Press"),
    ("ap", "Associated Press"),
    ("the ap", "Associated Press"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("bloomberg", "Bloomberg"),
    ("bloomberg news", "Bloomberg"),
    ("dow jones", "Dow Jones"),
    ("dow jones newswires", "Dow Jones"),
    ("dpa", "dpa"),
    ("xinhua", "新华社"),
    ("xinhua news agency", "新华社"),
    ("新华社", "新华社"),
    ("新华网", "新华社"),
    ("路透", "Reuters"),
    ("路透社", "Reuters"),
    ("彭博", "Bloomberg"),
    ("彭博社", "Bloomberg"),
    ("中新社", "中新社"),
    ("中新网", "中新社"),
    ("中国新闻网", "中新社"),
    ("中央社", "中央社"),
    ("kyodo", "Kyodo"),
    ("kyodo news", "Kyodo"),
    ("yonhap", "Yonhap"),
    ("pr newswire", "PR Newswire"),
    ("prnewswire", "PR Newswire"),
    ("美通社", "PR Newswire"),
    ("business wire", "Business Wire"),
    ("businesswire", "Business Wire"),
    ("美国商业资讯", "Business Wire"),
    ("globenewswire", "GlobeNewswire"),
    ("globe newswire", "GlobeNewswire"),
    ("accesswire", "ACCESS Newswire"),
    ("access newswire", "ACCESS Newswire"),
    ("ein presswire", "EIN Presswire"),
    ("newsfile corp.", "Newsfile"),
    ("财联社", "财联社"),
    ("财新网", "财新"),
    ("财新", "财新"),
    ("第一财经", "第一财经"),
];

/// The one spelling of an agency's or a release service's name: 路透社 is Reuters.
pub fn shown(name: &str) -> Option<&'static str> {
    let lower = name.trim().to_lowercase();
    WIRES.iter().find(|(spelling, _)| *spelling == lower).map(|(_, shown)| *shown)
}

/// What an outlet's name is compared by: an agency's own feeds are the agency's (`Reuters
/// Technology`, 新华社客户端), and case and signs say nothing.
pub fn voice(outlet: &str) -> String {
    let lower = outlet.trim().to_lowercase();
    let wires = WIRES.iter().filter(|(spelling, _)| {
        let rest = lower.strip_prefix(spelling);
        // A Chinese name goes on without a sign between.
        rest.is_some_and(|rest| !spelling.is_ascii() || !rest.starts_with(char::is_alphanumeric))
    });
    let wire = wires.max_by_key(|(spelling, _)| spelling.len()).map(|(_, shown)| *shown);
    let name = wire.unwrap_or(outlet);
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_one_voice_under_each_of_its_names() {
        let check = |name: &str, expected: &str| assert_eq!(voice(name), expected, "in: {name}");
        check("路透社", "reuters");
        check("Reuters Technology", "reuters");
        check("PR Newswire: AI", "prnewswire");
        check("新华社客户端", "新华社");
        check("AP News", "associatedpress");
        check("APT Weekly", "aptweekly");
        check("The Quay-Post", "thequaypost");
        check("The quay post", "thequaypost");
    }
}
