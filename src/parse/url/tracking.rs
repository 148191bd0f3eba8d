//! Query parameters that say where a reader came from, never which page it is.

/// On any host.
const TRACKING: &[&str] = &[
    "_branch_match_id",
    "_f",
    "_hsenc",
    "_hsmi",
    "_ke",
    "_openstat",
    "_trans_",
    "accesstoken",
    "adtag",
    "amp",
    "aoh",
    "campaign",
    "category_new",
    "cmp",
    "cmpid",
    "cre",
    "dclid",
    "fbclid",
    "feature",
    "fref",
    "from",
    "from_source",
    "fromsource",
    "gbraid",
    "gclid",
    "gd_ext_json",
    "gift",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hc_ref",
    "icid",
    "igsh",
    "igshid",
    "is_new_connect",
    "is_new_user",
    "isappinstalled",
    "ito",
    "jsessionid",
    "li_fat_id",
    "log_from",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "nsukey",
    "ocid",
    "outputtype",
    "partner",
    "pgv_ref",
    "phpsessid",
    "ref",
    "ref_src",
    "ref_url",
    "referer",
    "referrer",
    "reflink",
    "req_id",
    "rfunc",
    "s_cid",
    "scm",
    "session_id",
    "sessionid",
    "share",
    "share_did",
    "share_from",
    "share_id",
    "share_source",
    "share_token",
    "share_uid",
    "shared",
    "sharefrom",
    "sharetype",
    "shareuid",
    "sinawapsharesource",
    "smid",
    "soc_src",
    "soc_trk",
    "source",
    "spm",
    "spss",
    "spssid",
    "spsw",
    "src",
    "sref",
    "srnd",
    "taid",
    "timestamp",
    "tpcc",
    "trk",
    "tt_from",
    "ttclid",
    "twclid",
    "unlocked_article_code",
    "usqp",
    "wbraid",
    "wfr",
    "wxshare_count",
    "xtor",
    "yclid",
    "zhida_source",
];

/// Beginnings of such parameters.
const PREFIXES: &[&str] =
    &["utm_", "hsa_", "pk_", "mtm_", "at_", "_ga", "vero_", "gaa_", "amp_", "ns_", "aspsessionid"];

/// Parameters that only track with this value.
const WITH_VALUE: &[(&str, &str)] =
    &[("f", "rss"), ("for", "pc"), ("for", "wap"), ("rss", "1"), ("mod", "rss"), ("format", "amp")];

/// Hosts whose pages are named by these parameters alone.
const NAMED_BY: &[(&str, &[&str])] = &[("mp.weixin.qq.com", &["__biz", "mid", "idx", "sn"])];

/// Whether a parameter of a page on `host` says nothing of which page it is.
pub(super) fn is_tracking(host: &str, name: &str, value: &str) -> bool {
    if let Some((_, names)) = NAMED_BY.iter().find(|(named, _)| *named == host) {
        return !names.contains(&name);
    }
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || WITH_VALUE.iter().any(|(of_name, of_value)| *of_name == name && *of_value == value)
}
