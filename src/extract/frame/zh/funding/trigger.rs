//! The word that makes a clause one of funding, and of which kind.

use std::ops::Range;

use crate::domain::DealKind;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;
use crate::extract::segment::Class;

use super::super::scene::Is;
use super::super::scene::Scene;

/// The word that makes the clause one of funding.
pub(super) fn trigger(scene: &Scene<'_>, clause: &Range<usize>) -> Option<(usize, Class)> {
    let mut weak = None;
    let mut sum_after_finish = None;
    for at in clause.clone() {
        match scene.item(at)?.is {
            Is::Round(_) => return Some((at, Class::Raise)),
            Is::Word(class @ (Class::Raise | Class::Lead | Class::Lend | Class::Resale))
                if class != Class::Raise || raises(scene, clause, at) =>
            {
                return Some((at, class));
            }
            Is::Word(class @ (Class::Follow | Class::Invest | Class::Backers)) => {
                weak = weak.or(Some((at, class)));
            }
            Is::Word(Class::Finish | Class::Acquire)
                if RAISING.contains(&scene.words(at)) || gets(scene, clause, at) =>
            {
                sum_after_finish = Some(at);
            }
            Is::Sum(sum) if sum.value.role == Role::Plain && sum_after_finish.is_some() => {
                return sum_after_finish.map(|finish| (finish, Class::Raise));
            }
            _ => {}
        }
    }
    weak.or_else(|| bare_item(scene, clause))
}

/// (5)AI编程公司甲,3亿美元: an item of a list that is a name and a sum.
fn bare_item(scene: &Scene<'_>, clause: &Range<usize>) -> Option<(usize, Class)> {
    let before = scene.clauses.iter().rfind(|before| before.end <= clause.start)?;
    let named =
        scene.groups_in(before).next_back().is_some_and(|group| group.items.end == before.end);
    let only_sum = clause.clone().all(|at| {
        matches!(
            scene.item(at).map(|item| item.is),
            Some(Is::Sum(_) | Is::Word(Class::Edge) | Is::Mark(_))
        )
    });
    let sum = clause.clone().find(|at| {
        matches!(scene.item(*at).map(|item| item.is), Some(Is::Sum(sum)) if sum.value.role == Role::Plain)
    });
    sum.filter(|_| scene.sentence.bullet && named && only_sum).map(|at| (at, Class::Raise))
}

/// Verbs that say it when a sum, and nothing else, follows.
const GETTING: &[&str] = &[
    "拿了",
    "又拿了",
    "再拿",
    "又拿到",
    "拿到",
    "拿下",
    "拿到了",
    "获",
    "获得",
    "已获",
    "收到",
    "又获",
    "再获",
    "揽入",
    "收下",
    "落袋",
    "入账",
    "进账",
];

/// 拿到近10亿元: a sum, and nothing but a noun of money, follows.
fn gets(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    let is = |at: usize| scene.item(at).filter(|_| at < clause.end).map(|item| item.is);
    // 拿下某某创投数千万美元: the giver may stand between.
    let giver =
        matches!(is(at + 1), Some(Is::Party(party)) if party.value.kind == PartyKind::Investor);
    let at = if giver { at + 1 } else { at };
    GETTING.contains(&scene.words(if giver { at - 1 } else { at }))
        && matches!(is(at + 1), Some(Is::Sum(_)))
        && matches!(is(at + 2), None | Some(Is::Word(Class::Raise | Class::Invest)))
}

/// Verbs that by themselves say that money came in.
const RAISING: &[&str] = &[
    "再添", "添", "融到", "融得", "融了", "融", "募得", "募到", "募", "募集", "筹集", "筹得",
    "筹到", "筹", "吸金", "狂揽", "揽获", "揽下", "获投", "再融", "又融", "集资",
];

/// 资金 and 增资 are money for a company only beside a verb or a sum.
fn raises(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    let has = |wanted: fn(&Is<'_>) -> bool| {
        scene.items.get(clause.clone()).unwrap_or_default().iter().any(|item| wanted(&item.is))
    };
    let finish = has(|is| {
        matches!(
            is,
            Is::Word(Class::Finish | Class::Plan | Class::Say | Class::Lead | Class::Follow)
        )
    });
    let sum = has(|is| matches!(is, Is::Sum(sum) if sum.value.role == Role::Plain));
    // 这是一年内的第三次融资: counts rounds, and tells none.
    let counted = at.checked_sub(1).is_some_and(|before| {
        let end = scene.item(at).map_or(0, |item| item.span.start());
        let this = |head: &str| ["本次", "此次", "该次", "这次"].iter().any(|w| head.ends_with(w));
        let head = scene.text.str().get(..end).unwrap_or_default();
        (scene.words(before).ends_with('次') || head.ends_with('次')) && !this(head)
    });
    // 此前已完成8轮融资,融资规模超83亿元: the sum is of all of them.
    let of_all = || {
        let before = scene.clauses.iter().take_while(|before| before.end <= clause.start);
        before.flat_map(|clause| clause.clone().map(move |at| (clause, at))).any(|(clause, at)| {
            scene.class(at) == Some(Class::Raise) && counts_rounds(scene, clause, at)
        })
    };
    if counted || counts_rounds(scene, clause, at) || of_all() {
        return false;
    }
    match scene.words(at) {
        "资金" | "筹码" => false,
        "配售" | "配股" | "增发" => sum || finish,
        "增资" | "定向增发" | "天使资金" | "种子资金" => sum,
        _ => finish || sum || has(|is| matches!(is, Is::Party(_))),
    }
}

/// 此前已完成8轮融资: how many there were so far, and none of them.
fn counts_rounds(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    let words = scene.clause_text(clause);
    let so_far = ["此前", "已", "累计", "先后", "迄今", "至今", "曾", "共完成", "总共"];
    let news = ["宣布", "近日", "日前", "连续", "一口气", "本轮", "新一轮"];
    let start = scene.item(at).map_or(0, |item| item.span.start());
    let head = scene.text.str().get(..start).unwrap_or_default();
    let head = match scene.words(at) {
        word if word.starts_with('轮') => head,
        _ => match head.strip_suffix('轮') {
            Some(head) => head,
            None => return false,
        },
    };
    let mut before = head.chars().rev();
    let last = before.next().unwrap_or_default();
    let tens = before.next().is_some_and(|digit| digit.is_ascii_digit());
    let several =
        "两三四五六七八九十多数几".contains(last) || last.is_ascii_digit() && (last != '1' || tens);
    // 第三轮融资 is one.
    let ordinal = head
        .trim_end_matches(|c: char| c.is_ascii_digit() || "两三四五六七八九十多数几".contains(c))
        .ends_with('第');
    several
        && !ordinal
        && so_far.iter().any(|word| words.contains(word))
        && !news.iter().any(|word| words.contains(word))
}

/// Funds, grants, orders and the like.
pub(super) fn no_deal(scene: &Scene<'_>, clause: &Range<usize>, words: &str) -> bool {
    let has = |class| clause.clone().any(|at| scene.class(at) == Some(class));
    let sentence = scene.text.of(scene.sentence.span);
    let of_a_fund = ["母基金", "产业基金", "引导基金", "基金总规模", "并购基金"]
        .iter()
        .any(|word| sentence.contains(word))
        && ["设立", "拟设", "发起", "总规模", "首期", "lp", "合伙人会议"]
            .iter()
            .any(|word| sentence.contains(word))
        && !sentence.contains('轮')
        || (sentence.contains("母基金") || sentence.contains("引导基金"))
            && !sentence.contains('轮')
            && !sentence.contains("融资");
    // 甲、乙各出1亿元成立合资公司: what both found is not bought into.
    let joint =
        ["合资公司", "合资企业", "合营公司", "合营企业"].iter().any(|word| sentence.contains(word))
            && ["设立", "成立", "组建", "创办", "拟设", "新设"]
                .iter()
                .any(|word| sentence.contains(word))
            && !sentence.contains('轮')
            && !sentence.contains("融资");
    if joint {
        return true;
    }
    // 某某母基金跟投 gives, and is not founded.
    let gives = has(Class::Lead) || has(Class::Follow);
    let fund = of_a_fund
        || words.contains("基金")
            && !gives
            && [
                "设立",
                "成立",
                "募集完成",
                "首期",
                "规模",
                "母基金",
                "期美元",
                "关账",
                "首关",
                "终关",
                "募资完成",
                "新基金",
                "出资人",
            ]
            .iter()
            .any(|word| words.contains(word));
    let market = [
        "融资事件",
        "融资总额",
        "起融资",
        "笔融资",
        "融资笔数",
        "起投融资",
        "融资余额",
        "融资盘",
        "融资买入",
        "两融",
        "融资融券",
        "股权投资市场",
        "再融资的打算",
        "投融资",
    ]
    .iter()
    .any(|word| words.contains(word));
    fund || market || (has(Class::NoDeal) && !has(Class::Raise))
}

pub(super) fn kind(
    scene: &Scene<'_>,
    clause: &Range<usize>,
    class: Class,
    words: &str,
) -> DealKind {
    let has = |wanted| clause.clone().any(|at| scene.class(at) == Some(wanted));
    let percent = scene
        .items
        .get(clause.clone())
        .unwrap_or_default()
        .iter()
        .any(|item| matches!(item.is, Is::Percent(_)));
    if class == Class::Resale || (has(Class::Resale) && has(Class::Sell)) {
        DealKind::Secondary
    } else if class == Class::Lend || class == Class::Lead && has(Class::Lend) && !has(Class::Raise)
    {
        DealKind::Debt
    } else if ["新增注册资本", "增资扩股", "增资协议"].iter().any(|word| words.contains(word))
    {
        DealKind::Funding
    } else if matches!(class, Class::Invest | Class::Follow)
        && (percent
            || ["入股", "参股", "增持", "持股", "股权", "股份", "股东"]
                .iter()
                .any(|word| words.contains(word)))
    {
        DealKind::InvestmentStake
    } else {
        DealKind::Funding
    }
}
