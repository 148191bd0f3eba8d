//! People and a licence without the shares.

use std::ops::Range;

use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::segment::Class;

use super::super::scene::Group;
use super::super::scene::Is;
use super::super::scene::Scene;
use super::is_name;
use super::new;
use super::who::subject_before;

/// People and a licence: 挖走X的团队并取得授权.
pub(super) fn hire(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    let sentence = scene.text.of(scene.sentence.span);
    let people = [
        "挖走",
        "挖角",
        "延揽",
        "团队",
        "核心人员",
        "员工",
        "执行长",
        "加入",
        "招至麾下",
        "收入麾下",
        "人才",
        "研发人员",
        "余人",
        "多人",
        "名员工",
        "创始人",
    ]
    .iter()
    .any(|word| sentence.contains(word));
    // The licence may be told further on, where the article says that no shares were bought.
    let apart = [
        "授权费",
        "许可费",
        "技术授权",
        "非独家授权",
        "非独家许可",
        "技术许可",
        "没有购买公司股权",
        "不涉及股权",
    ]
    .iter()
    .any(|word| scene.text.str().contains(word));
    let licence = apart || ["授权", "许可"].iter().any(|word| sentence.contains(word));
    let words = scene.clause_text(clause);
    // 吸纳X核心团队: a whole team that changes hands needs no licence.
    let team = words.contains("团队")
        && ["挖走", "挖来", "延揽", "吸纳", "收编", "招揽", "打包带走", "带走", "吸收"]
            .contains(&scene.words(at));
    if !(people && licence || team) {
        return None;
    }
    let priced = (0..scene.items.len())
        .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))));
    let poached = ["带走", "吸收", "挖", "延揽", "招揽", "麾下", "打包", "非独家", "并入", "加入"]
        .iter()
        .any(|word| sentence.contains(word));
    if !(priced || poached || team) {
        return None;
    }
    if scene.class(at) == Some(Class::License)
        && (0..scene.items.len()).any(|other| scene.class(other) == Some(Class::Hire))
    {
        return None;
    }
    let mut candidate = new(scene, DealKind::Acquihire, at, "frame.zh.hire")?;
    let company = |party: &&Found<Party>| is_name(party) && party.value.kind != PartyKind::Person;
    // 甲、乙等人加入丙: who takes them in is named after the verb.
    let joins = ["加入", "加入了", "加盟"].contains(&scene.words(at));
    let into = scene.groups_in(&(at + 1..clause.end)).filter_map(Group::first).find(company);
    let left = scene.groups_in(&(clause.start..at)).filter_map(Group::first).find(company);
    let buyer = match into.filter(|_| joins) {
        Some(into) => into,
        None if joins => return None,
        None => left.or_else(|| subject_before(scene, clause))?,
    };
    let rest = at + 1..scene.items.len();
    let other = |party: &&Found<Party>| company(party) && party.value.name != buyer.value.name;
    // 甲创始人及团队将加入乙: whose people they are stands before the verb.
    let before = || scene.groups_in(&(clause.start..at)).filter_map(Group::first).find(other);
    let named = before()
        .filter(|_| joins)
        .or_else(|| scene.groups_in(&rest).filter_map(Group::first).find(other))
        .or_else(|| scene.groups_in(&(0..at)).filter_map(Group::first).find(other));
    candidate.acquirers = vec![buyer.clone()];
    candidate.target = match named {
        Some(target) => Some(target.clone()),
        None => scene.found(Party::reference("", Reference::It), at, "party.zh.reference"),
    };
    scene.take_sums(clause, &mut candidate, true);
    scene.take_sums(&(0..scene.items.len()), &mut candidate, true);
    Some(candidate)
}
