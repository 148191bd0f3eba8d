//! Why characters that no lexicon knows are taken for a name.

use super::Reading;
use super::shape;
use crate::extract::segment::Class;
use crate::extract::segment::What;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;

/// Where a headline begins at the latest, in bytes.
const HEADLINE: usize = 60;

impl Reading<'_> {
    /// Why what is left here is taken for a name; `None` if it is not.
    #[expect(clippy::too_many_lines, reason = "one kind of evidence after the other")]
    pub(super) fn evidence(&self, start: usize, end: usize, words: &str) -> Option<&'static str> {
        let set_off = matches!(
            start.checked_sub(1).and_then(|at| self.piece(at)).map(|piece| piece.what),
            Some(What::Mark('「' | '“' | '『'))
        ) && matches!(
            self.piece(end).map(|piece| piece.what),
            Some(What::Mark('」' | '”' | '』'))
        );
        if !(shape::can_be_name(words) || set_off && shape::can_be_quoted(words))
            || self.describes(end)
        {
            return None;
        }
        // AI法律科技「律言」: ordinary words right before a quoted name say what it is.
        let quote =
            matches!(self.piece(end).map(|piece| piece.what), Some(What::Mark('「' | '“' | '『')));
        if quote
            && (self.is_rest(end + 1) || self.is_known(end + 1))
            && (ordinary::make(words) != Make::Coined || shape::is_product_like(words))
        {
            return None;
        }
        let before = start.checked_sub(1).and_then(|at| self.piece(at));
        let after = self.piece(end);
        let quoted = matches!(
            before.map(|piece| piece.what),
            Some(What::Mark('「' | '“' | '《' | '"' | '『'))
        ) && matches!(
            after.map(|piece| piece.what),
            Some(What::Mark('」' | '”' | '》' | '"' | '』'))
        );
        if quoted {
            let (lead, tail) = (start.checked_sub(2), end + 1);
            // (立陶宛语“争论”的意思): what a word means is no name.
            let to = self.piece(end).map_or(0, |piece| piece.span.end());
            let behind = self.text.str().get(to..).unwrap_or_default();
            if ["的意思", "之意", "一词", "二字", "一说"]
                .iter()
                .any(|word| behind.starts_with(word))
            {
                return None;
            }
            let described = lead.is_some_and(|at| self.is_rest(at) && self.glued(at));
            let told = described
                || lead.is_some_and(|at| {
                    matches!(
                        self.class(at),
                        Some(Class::Head | Class::And | Class::Latin | Class::Acquire)
                    ) || matches!(
                        self.words(at),
                        "业务"
                            | "部门"
                            | "事业部"
                            | "子公司"
                            | "全资子公司"
                            | "控股子公司"
                            | "附属公司"
                    ) || ["叫", "名为", "名叫", "叫做", "取名", "称作", "名字是"]
                        .iter()
                        .any(|naming| self.words(at).ends_with(naming))
                })
                || self.leads_to_deal(tail)
                || start == 1 && self.heads_an_item(tail);
            let told = told || shape::has_corporate_suffix(words) && !shape::is_product_like(words);
            return (told && !shape::is_nickname(words)).then_some("party.zh.quoted");
        }
        let lead = start == 0 || self.leads_to_event(end);
        if shape::is_company_by_suffix(words) && (!shape::is_product_like(words) || lead) {
            return Some("party.zh.suffix");
        }
        let long = words.chars().count() >= 3;
        match before.map(|piece| piece.what) {
            Some(What::Word(Class::Head)) if !matches!(self.class(end), Some(Class::Head)) => {
                return Some("party.zh.head");
            }
            Some(What::Word(Class::By)) if long => return Some("party.zh.verb"),
            Some(What::Word(
                Class::Invest
                | Class::Acquire
                | Class::Lead
                | Class::Merge
                | Class::Backers
                | Class::And,
            )) if long || self.bounded(end) => {
                return Some("party.zh.verb");
            }
            Some(What::Word(Class::Finish)) if self.leads_to_money(end) => {
                return Some("party.zh.verb");
            }
            _ => {}
        }
        if matches!(after.map(|piece| piece.what), Some(What::Mark('(')))
            && (self.is_known(end + 1) || self.is_listed_code(end + 1))
        {
            return Some("party.zh.bracket");
        }
        if self.is_object_of_shares(start, end) {
            return Some("party.zh.share");
        }
        // 与 and 和 join other things too; 、 and 等 beside a short noun mostly names.
        let listed = self.class(end) == Some(Class::Etc) || self.words(end) == "、";
        if listed && (long || self.bounded(end)) {
            return Some("party.zh.list");
        }
        let opens_clause = before.is_none_or(|piece| {
            matches!(
                piece.what,
                What::Stop
                    | What::Mark(_)
                    | What::Word(
                        Class::Time
                            | Class::Place
                            | Class::Say
                            | Class::Of
                            | Class::And
                            | Class::By
                    )
            )
        });
        let after_particle = long
            && matches!(
                before.map(|piece| piece.what),
                Some(What::Word(Class::Edge) | What::Number)
            );
        // 甲乙丙丁:拟收购…: whose news it is stands before the colon of a headline.
        if start == 0
            && words.chars().count() >= 4
            && self.words(end) == ":"
            && self.leads_to_deal(end + 1)
        {
            return Some("party.zh.subject");
        }
        // 海川信息与中岳曙光重组: two side by side before a merger.
        let joined = |from: usize| {
            (from..from + 5)
                .take_while(|at| {
                    !matches!(self.piece(*at).map(|piece| piece.what), None | Some(What::Stop))
                })
                .any(|at| {
                    self.class(at) == Some(Class::Merge)
                        || matches!(self.words(at), "重组" | "换股合并" | "吸收合并")
                })
        };
        if long
            && words.chars().count() >= 4
            && opens_clause
            && matches!(self.words(end), "与" | "和")
            && joined(end + 1)
        {
            return Some("party.zh.pair");
        }
        if long
            && words.chars().count() >= 4
            && matches!(before.map(|piece| self.text.of(piece.span)), Some("与" | "和"))
            && joined(end)
        {
            return Some("party.zh.pair");
        }
        let headline = before.is_none()
            && self.piece(start).is_some_and(|piece| piece.span.start() < HEADLINE);
        if start == 0 && headline && self.words(end) == ":" && self.issues(words) {
            return Some("party.zh.issuer");
        }
        let verb_next = matches!(
            self.class(end),
            Some(
                Class::Finish
                    | Class::Acquire
                    | Class::List
                    | Class::Sell
                    | Class::Lead
                    | Class::Follow
                    | Class::Invest
                    | Class::Say
                    | Class::Raise
            )
        );
        if start == 0 && headline && self.pays_to_enter(end, words) {
            return Some("party.zh.payer");
        }
        (opens_clause && (self.leads_to_deal(end) || self.pays_for(end))
            || after_particle && verb_next)
            .then_some("party.zh.subject")
    }

    /// 雷诺1.5亿欧元入股…: a sum and a verb of buying in right behind the word that opens a headline.
    fn pays_to_enter(&self, end: usize, words: &str) -> bool {
        const PLAIN: &[&str] = &[
            "机构", "股东", "国资", "公司", "巨头", "大厂", "资本", "基金", "政府", "央企", "外资",
            "豪掷", "斥资", "累计", "首期",
        ];
        let short = (2..=4).contains(&words.chars().count());
        let number =
            |at: usize| matches!(self.piece(at).map(|piece| piece.what), Some(What::Number));
        let unit = ["亿", "万", "千万", "元", "美元", "欧元", "港元", "英镑", "亿美元", "亿元"];
        let units = (end + 1..end + 4).take_while(|at| unit.contains(&self.words(*at))).count();
        let verb = end + 1 + units;
        short
            && number(end)
            && !PLAIN.iter().any(|noun| words.ends_with(noun) || words.starts_with(noun))
            && matches!(
                self.words(verb),
                "入股" | "收购" | "投资" | "注资" | "并购" | "买下" | "入主"
            )
    }

    /// 中岳科创:重大资产购买预案披露: the text under the headline shows that it is listed.
    fn issues(&self, words: &str) -> bool {
        (3..=6).contains(&words.chars().count())
            && self.text.str().match_indices(words).skip(1).take(6).any(|(at, _)| {
                let tail = self.text.str().get(at + words.len()..).unwrap_or_default();
                ["(", "公告", "股份有限公司", "晚间", "披露", "发布公告", "科技股份"]
                    .iter()
                    .any(|word| tail.starts_with(word))
            })
    }

    /// (300999.SZ): who is listed stands before it.
    fn is_listed_code(&self, at: usize) -> bool {
        let words = self.words(at);
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        (3..=6).contains(&digits) && !words.contains(['年', '%'])
            || ["证券代码", "股票代码", "sh", "sz", "hk"].contains(&words)
    }

    /// 收购甲51%股权, 甲持有的乙股份, 对甲的收购: what shares are of is a company.
    fn is_object_of_shares(&self, start: usize, end: usize) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        let verb = matches!(
            self.class(before),
            Some(Class::Acquire | Class::Sell | Class::Finish | Class::Invest)
        ) || matches!(
            self.words(before),
            "持有的" | "持有" | "所持" | "所持有" | "对" | "将" | "转让" | "出让" | "旗下"
        ) || self.class(before) == Some(Class::Of)
            && before.checked_sub(1).is_some_and(|at| {
                matches!(self.words(at), "持有" | "所持有" | "旗下" | "名下" | "手中")
            });
        let mut at = end;
        if self.class(at) == Some(Class::Of) {
            at += 1;
        }
        let toward = self.words(before) == "对";
        if toward && at > end && self.class(at) == Some(Class::Acquire) {
            return true;
        }
        let counted = (at..at + 4)
            .take_while(|at| {
                matches!(self.piece(*at).map(|piece| piece.what), Some(What::Number))
                    || matches!(
                        self.words(*at),
                        "全部"
                            | "剩余"
                            | "剩下"
                            | "部分"
                            | "合计"
                            | "约"
                            | "其余"
                            | "多数"
                            | "少数"
                    )
            })
            .count();
        // 完成出售甲55%: the share ends the clause.
        let share = counted == 1
            && self.words(at).ends_with('%')
            && matches!(self.class(before), Some(Class::Acquire | Class::Sell))
            && self.piece(at + 1).is_none_or(|piece| piece.what == What::Stop);
        if share {
            return true;
        }
        verb && matches!(
            self.words(at + counted),
            "股权" | "股份" | "控股权" | "控制权" | "股票" | "表决权" | "出资"
        ) && (counted > 0 || at > end || self.words(at) != "股票")
    }

    /// 「甲」,A+轮,4亿元: a name that opens a line of a list.
    fn heads_an_item(&self, from: usize) -> bool {
        self.piece(from).is_none_or(|piece| piece.what == What::Stop)
            && (from..from + 8).any(|at| {
                let words = self.words(at);
                ["轮", "融资", "亿元", "万元", "美元"].iter().any(|word| words.contains(word))
                    || matches!(self.piece(at).map(|piece| piece.what), Some(What::Number))
            })
    }

    /// 甲以34亿元、…的对价,收购乙: how it is paid stands between the buyer and the verb.
    fn pays_for(&self, from: usize) -> bool {
        let pays = matches!(
            self.words(from),
            "以" | "拟以" | "将以" | "通过" | "斥资" | "耗资" | "出资" | "豪掷" | "拟" | "砸"
        );
        let mut stops = 0;
        pays && (from + 1..from + 16)
            .take_while(|at| {
                let stop = matches!(self.piece(*at).map(|piece| piece.what), Some(What::Stop));
                stops += usize::from(stop && self.words(*at) == ",");
                !(stop && (stops > 1 || self.words(*at) != ","))
            })
            .any(|at| self.class(at) == Some(Class::Acquire))
    }

    /// Whether a verb of a deal follows, adverbs and times left out.
    fn leads_to_deal(&self, from: usize) -> bool {
        for at in from..from + 6 {
            match self.piece(at).map(|piece| piece.what) {
                Some(What::Word(Class::Edge | Class::Time | Class::Place) | What::Number) => {}
                Some(What::Word(
                    Class::Finish
                    | Class::Raise
                    | Class::Lead
                    | Class::Follow
                    | Class::Invest
                    | Class::Acquire
                    | Class::Sell
                    | Class::Merge
                    | Class::List
                    | Class::Plan
                    | Class::Say
                    | Class::Lend
                    | Class::By
                    | Class::Hire,
                )) => return true,
                _ => return false,
            }
        }
        false
    }

    /// Whether the evidence is enough for characters that are made like these: a coined name needs
    /// little, ordinary words need to be set off.
    pub(super) fn stands(&self, rule: &str, start: usize, end: usize, words: &str) -> bool {
        let lead = start == 0 || self.leads_to_event(end);
        let weak = matches!(rule, "party.zh.verb" | "party.zh.subject" | "party.zh.list");
        match ordinary::make(words) {
            Make::Coined => true,
            _ if !weak && rule != "party.zh.head" => true,
            // 母公司蝴蝶效应, ends there.
            _ if rule == "party.zh.head" => {
                let maker = start.checked_sub(1).is_some_and(|at| {
                    !matches!(
                        self.words(at),
                        "公司" | "企业" | "平台" | "团队" | "项目" | "产品" | "机构"
                    )
                });
                self.leads_to_event(end)
                    || ordinary::make(words) == Make::Half
                    || shape::has_corporate_suffix(words)
                        && (self.leads_to_deal(end) || !shape::is_product_like(words))
                    || matches!(self.piece(end).map(|piece| piece.what), Some(What::Number))
                    || maker
                        && self
                            .piece(end)
                            .is_none_or(|piece| matches!(piece.what, What::Stop | What::Mark(_)))
            }
            _ if words.chars().count() >= 3 && self.among_backers(start, end) => true,
            Make::Half => lead || shape::has_corporate_suffix(words) || shape::is_fund(words),
            Make::Words if rule == "party.zh.subject" && self.announces(start, end, words) => true,
            Make::Word | Make::Words => {
                shape::is_fund(words) && words.chars().count() >= 4
                    || lead && start <= 2 && shape::ends_as_company(words)
                    || shape::has_company_suffix_on_a_word(words)
            }
        }
    }

    /// 天工装备拟收购…股权: two ordinary words that open a sentence are a listed company's short
    /// name where they buy shares, or where the text prints them as one elsewhere.
    fn announces(&self, start: usize, end: usize, words: &str) -> bool {
        const PLAIN: &[&str] = &[
            "政府", "部门", "机构", "公司", "企业", "平台", "股东", "团队", "双方", "国资", "央企",
            "巨头", "大厂", "资本", "基金", "市场", "行业", "协议", "交易", "方案", "计划", "项目",
            "客户", "对手", "管理", "高层", "集团", "学院", "大学", "人士", "业者", "厂商",
        ];
        let opens = start == 0
            || self.piece(start - 1).is_some_and(|piece| {
                piece.what == What::Stop && !matches!(self.text.of(piece.span), "·" | "、")
            });
        let made = ordinary::words(words);
        let two = made.len() == 2 && made.iter().all(|word| word.len() == "两字".len());
        if !(opens && two) || PLAIN.iter().any(|noun| words.ends_with(noun)) {
            return false;
        }
        let tail = self
            .piece(end)
            .map_or("", |piece| self.text.str().get(piece.span.start()..).unwrap_or_default());
        let tail = tail.split(['。', '\n', '!', '?']).next().unwrap_or_default();
        let buys = ["收购", "受让", "购买", "控股", "增资", "入股", "合并", "竞买", "参股", "认购"]
            .iter()
            .any(|verb| tail.contains(verb))
            && ["股权", "股份", "控制权", "控股权", "吸收合并", "注册资本", "公司"]
                .iter()
                .any(|noun| tail.contains(noun));
        let says = ["拟", "公告", "宣布", "披露", "称", "终止", "完成", "签署"]
            .iter()
            .any(|verb| tail.starts_with(verb));
        buys && says || self.issues(words) || self.is_listed_code(end + 1)
    }

    /// 甲资本、某某家居和乙创投跟投: side by side with names, before a verb of giving.
    fn among_backers(&self, start: usize, end: usize) -> bool {
        let beside = |class: Option<Class>| {
            matches!(
                class,
                Some(
                    Class::And
                        | Class::Etc
                        | Class::By
                        | Class::Lead
                        | Class::Follow
                        | Class::Backers
                )
            )
        };
        let set_off = beside(self.class(end))
            && (start == 0
                || beside(self.class(start - 1))
                || self.piece(start - 1).is_some_and(|piece| piece.what == What::Stop));
        let in_clause = |at: &usize| self.piece(*at).is_some_and(|piece| piece.what != What::Stop);
        set_off
            && ((end..self.pieces.len())
                .take_while(in_clause)
                .any(|at| matches!(self.class(at), Some(Class::Lead | Class::Follow)))
                || (0..start)
                    .rev()
                    .take_while(in_clause)
                    .any(|at| matches!(self.class(at), Some(Class::Backers))))
    }

    /// Whether a verb of money or of a purchase follows: not one of saying or planning.
    fn leads_to_event(&self, from: usize) -> bool {
        for at in from..from + 6 {
            match self.piece(at).map(|piece| piece.what) {
                Some(
                    What::Word(Class::Edge | Class::Time | Class::Plan | Class::Say)
                    | What::Number
                    | What::Mark('」' | '”' | '』' | '"'),
                ) => {}
                Some(What::Word(
                    Class::Finish
                    | Class::Raise
                    | Class::Lead
                    | Class::Follow
                    | Class::Acquire
                    | Class::Merge
                    | Class::List
                    | Class::By,
                )) => return true,
                _ => return false,
            }
        }
        false
    }

    /// 获X投资, 获X数亿元: money or a verb of giving follows.
    fn leads_to_money(&self, from: usize) -> bool {
        (from..from + 8)
            .map_while(|at| self.piece(at).filter(|piece| piece.what != What::Stop))
            .any(|piece| {
                matches!(
                    piece.what,
                    What::Word(
                        Class::Invest
                            | Class::Lead
                            | Class::Follow
                            | Class::Raise
                            | Class::Etc
                            | Class::And
                    )
                )
            })
    }

    /// The name ends where nothing of it can go on.
    fn bounded(&self, end: usize) -> bool {
        match self.piece(end).map(|piece| piece.what) {
            Some(What::Rest) => false,
            None
            | Some(What::Stop | What::Mark(_) | What::Number | What::Known(_) | What::Word(_)) => {
                true
            }
        }
    }
}
