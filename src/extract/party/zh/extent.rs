//! How far a name goes: the pieces that can open it, stand inside of it and end it.

use super::Reading;
use super::shape;
use crate::extract::segment::Class;
use crate::extract::segment::What;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;

impl Reading<'_> {
    /// The piece after a name that starts here; `at` itself if none does.
    pub(super) fn name_end(&self, at: usize) -> usize {
        let mut end = at;
        // A character that is usually a particle can open a name: 中科…, 无问…, 和玉….
        if self.opens(at) {
            end += 1;
        }
        if !(self.is_rest(end) || self.is_known(end) || (end > at && self.is_suffix(end))) {
            return at;
        }
        if self.is_known(end) && end > at {
            return at;
        }
        end += 1;
        loop {
            if self.doubles(end) {
                end += 1;
            } else if self.glued(end - 1)
                && self.joins(end)
                && self.is_rest(end + 1)
                && self.glued(end)
            {
                end += 2;
            } else if self.glued(end - 1)
                && ((self.is_rest(end) && self.goes_on(end))
                    || (self.is_suffix(end)
                        && self.suffix_ends(end)
                        && (end - at > 1
                            || self.is_known(end - 1)
                            || self.gives(at, end)
                            || self.words(end - 1).chars().count() >= 2
                            || self.words(end).chars().count() >= 3)))
                || self.words(end) == "ai"
                    && !self.is_known(end - 1)
                    && self.words(end - 1).chars().count() >= 2
                    && self.words(end - 1).len() <= 12
            {
                end += 1;
            } else {
                return end;
            }
        }
    }

    /// 由浙创投领投: one character and what funds end in, where a fund must stand.
    fn gives(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.class(before));
        matches!(self.words(end), "创投" | "资本" | "基金" | "投资")
            && matches!(before, Some(Class::By | Class::And | Class::Lead | Class::Backers))
            && matches!(
                self.class(end + 1),
                Some(Class::Lead | Class::Follow | Class::And | Class::Etc)
            )
    }

    /// A Latin name goes on in Chinese; a name that is known does not.
    fn goes_on(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.piece(before));
        let rest = self.words(at);
        let latin = before.is_some_and(|piece| match piece.what {
            What::Known(index) => {
                self.known.get(index).is_some_and(|name| name.rule == "party.zh.latin")
            }
            _ => false,
        });
        let in_table = before.is_some_and(|piece| match piece.what {
            What::Known(index) => {
                self.known.get(index).is_some_and(|name| name.rule == "party.zh.table")
            }
            _ => false,
        });
        // 上海国投|先导基金, 三菱|银行: an ending of its own makes it another name.
        in_table
            && (shape::is_ending(rest)
                || shape::is_branch(rest)
                || rest.chars().count() <= 8
                    && (shape::is_fund(rest)
                        || self.is_suffix(at + 1)
                            && self.glued(at)
                            && shape::is_fund(self.words(at + 1))))
            || latin
                && (2..=4).contains(&rest.chars().count())
                && shape::can_be_name(rest)
                && (shape::is_ending(rest) || ordinary::make(rest) == Make::Coined)
    }

    /// A city or a weak particle glued to what follows, where a name can start.
    fn opens(&self, at: usize) -> bool {
        let word = self.words(at);
        let Some(class) = self.class(at) else { return false };
        if !self.glued(at) || !self.is_rest(at + 1) {
            return false;
        }
        if class == Class::Place {
            return shape::is_city(word);
        }
        // 买家有海川集团: what ends as companies do is whole without the particle.
        if "有由以为将对向从与和同跟传含如".contains(word)
            && shape::is_company_by_suffix(self.words(at + 1))
        {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.piece(before));
        let at_start = before.is_none_or(|piece| match piece.what {
            What::Word(Class::Edge) => piece.span.end() - piece.span.start() > 3,
            What::Stop | What::Mark(_) | What::Number | What::Word(_) => true,
            What::Known(_) | What::Rest => false,
        });
        at_start
            && shape::WEAK_FIRST.contains(word)
            && (word != "和" && word != "与"
                || before.is_some_and(|piece| self.text.of(piece.span) == "、"))
    }

    /// A weak character inside a name: 月之暗面, 光年之外.
    fn joins(&self, at: usize) -> bool {
        let word = self.words(at);
        let weak = shape::WEAK_INSIDE.contains(word);
        // 峰从智能: one character, a particle, and what companies end in.
        let ends = "从于以向为有由".contains(word)
            && shape::is_ending(self.words(at + 1))
            && at.checked_sub(1).is_some_and(|one| self.words(one).chars().count() == 1);
        self.class(at).is_some() && word.chars().count() == 1 && (weak || ends)
    }

    /// A word that can end a name: 机器人, 实验室, 基金.
    ///
    /// 公司 before another name describes that one: 标注公司X.
    fn is_suffix(&self, at: usize) -> bool {
        let quote = matches!(
            self.piece(at + 1).map(|piece| piece.what),
            Some(What::Mark('「' | '“' | '『'))
        );
        let next = at + 1 + usize::from(quote);
        let describes = matches!(self.class(at), Some(Class::Head))
            && (self.is_rest(next) || self.is_known(next));
        self.class(at).is_some() && shape::SUFFIXES.contains(self.words(at)) && !describes
    }

    /// 谷歌 and `DeepMind` side by side: two names of the table side by side are one.
    fn doubles(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let latin = |at: usize| self.words(at).is_ascii();
        let in_table = |at: usize| match self.piece(at).map(|piece| piece.what) {
            Some(What::Known(index)) => {
                self.known.get(index).is_some_and(|name| name.rule == "party.zh.table")
            }
            _ => false,
        };
        in_table(at) && in_table(before) && self.glued(before) && latin(at) != latin(before)
    }

    /// 投资 ends a name only where no verb can stand: 腾讯投资、…, 红杉投资领投.
    fn suffix_ends(&self, at: usize) -> bool {
        match self.words(at) {
            "天使" | "种子" => return matches!(self.words(at + 1), "基金" | "创投" | "资本"),
            // 云析人工智能控股权: the trade ends the name where nothing of it goes on.
            "人工智能" => {
                let coined = |before: usize| match self.piece(before).map(|piece| piece.what) {
                    Some(What::Known(index)) => {
                        self.known.get(index).is_some_and(|name| name.value.entity.is_none())
                    }
                    Some(What::Rest) => true,
                    _ => false,
                };
                return at.checked_sub(1).is_some_and(coined)
                    && (matches!(
                        self.piece(at + 1).map(|piece| piece.what),
                        None | Some(What::Stop | What::Mark('(' | '」' | '”' | ')') | What::Number)
                    ) || matches!(
                        self.class(at + 1),
                        Some(
                            Class::Finish | Class::Plan | Class::Say | Class::Acquire | Class::And
                        )
                    ) || matches!(self.words(at + 1), "股权" | "股份" | "控股权" | "控制权"));
            }
            "投资" => {}
            _ => return true,
        }
        // 厚朴投资均超额认购.
        let joint = matches!(
            self.words(at + 1),
            "均" | "也"
                | "亦"
                | "继续"
                | "持续"
                | "悉数"
                | "再次"
                | "共同"
                | "联合"
                | "都"
                | "分别"
        );
        let next = at + 1 + usize::from(joint);
        // 旗下鸿准投资昨宣布: who is owned by another and speaks is a company.
        let owned =
            (at.saturating_sub(3)..at).any(|at| matches!(self.words(at), "旗下" | "旗下的"));
        matches!(self.class(next), Some(Class::Lead | Class::Follow))
            || matches!(self.class(at + 1), Some(Class::And | Class::Etc))
            || owned
                && matches!(
                    self.class(at + 1),
                    Some(Class::Say | Class::Finish | Class::Plan | Class::Time)
                )
    }
}
