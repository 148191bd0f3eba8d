//! Pages that stand where an article should: bot walls, consent, sign-in, payment, the front page.
//!
//! A few words with such a sign are no article. A long text is one, whatever stands around it.

use url::Url;

use crate::domain::Document;

use super::super::ParseError;
use super::super::error::place;
use super::super::feed;

/// Under so many characters a text may be a wall's; Chinese says as much in less.
const WALL_CHARS_EN: usize = 500;
const WALL_CHARS_ZH: usize = 160;

/// Hardly a sentence: then a mark in the scripts tells enough.
const NOTHING: usize = 60;

/// What readers are told who have not paid, signed in or agreed; in lower case.
const SIGNS: &[&str] = &[
    "subscribe to continue",
    "subscribe to read",
    "subscribe now to read",
    "subscribe to unlock",
    "this article is for subscribers",
    "this content is for subscribers",
    "for subscribers only",
    "already a subscriber",
    "to continue reading",
    "sign in to continue",
    "log in to continue",
    "create a free account to",
    "register to continue",
    "before you continue",
    "we value your privacy",
    "accept all cookies",
    "manage your privacy settings",
    "登录后查看",
    "登录后阅读",
    "登录后可",
    "订阅后阅读",
    "付费阅读",
    "开通会员",
    "购买后阅读",
    "扫码阅读全文",
    "打开app阅读",
    "打开app查看",
    "该内容已被发布者删除",
    "此内容因违规无法查看",
    "页面不存在",
    "文章已删除",
    "page not found",
];

/// Refuses what is no article; `shown` is all the page's text, `text` what was taken for the main.
pub(super) fn check(doc: &Document, html: &str, shown: &str, text: &str) -> Result<(), ParseError> {
    let place = || place(&doc.final_url);
    if let Some(sign) = address_sign(&doc.url, &doc.final_url) {
        return Err(ParseError::Walled { place: place(), sign });
    }
    let chars = text.chars().count();
    let han = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let limit = if han * 3 > chars { WALL_CHARS_ZH } else { WALL_CHARS_EN };
    if chars >= limit {
        return Ok(());
    }
    let title = html.get(..html.floor_char_boundary(4_000)).unwrap_or_default();
    let sign = feed::bot_sign(shown).or_else(|| feed::bot_sign(title).filter(|_| chars < NOTHING));
    if let Some(sign) = sign.or_else(|| feed::bot_sign(html).filter(|_| chars < NOTHING)) {
        return Err(ParseError::BotWall { place: place(), sign });
    }
    let lower = shown.to_lowercase();
    let sign = SIGNS.iter().copied().find(|sign| lower.contains(sign));
    match sign {
        Some(sign) => Err(ParseError::Walled { place: place(), sign }),
        None => Ok(()),
    }
}

/// An address that answered for another one, and is none of an article.
fn address_sign(asked: &Url, answered: &Url) -> Option<&'static str> {
    if asked == answered {
        return None;
    }
    let host = answered.host_str().unwrap_or_default();
    let path = answered.path().to_ascii_lowercase();
    let leads_to = |names: &[&str]| {
        path.split('/').any(|part| names.iter().any(|name| part.split('.').next() == Some(name)))
    };
    if host.starts_with("consent.") || host.starts_with("guce.") || leads_to(&["consent"]) {
        return Some("sent to a page that asks for consent");
    }
    if host.starts_with("passport.") || leads_to(&["login", "signin", "sign-in", "passport"]) {
        return Some("sent to a page that asks to sign in");
    }
    let is_front = |url: &Url| matches!(url.path(), "/" | "/index.html") && url.query().is_none();
    (is_front(answered) && !is_front(asked)).then_some("sent to the front page")
}
