//! Words that stand for a company: 公司, 该公司, 其, 一家大模型公司.

use super::Reading;
use super::shape;
use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::Reference;
use crate::extract::segment::Class;
use crate::extract::segment::What;

impl Reading<'_> {
    /// 公司, 该公司, 其, 一家大模型公司.
    pub(super) fn reference(&self, at: usize) -> Option<Found<Party>> {
        let piece = self.piece(at)?;
        let (words, class) = (self.words(at), self.class(at)?);
        let refers = if words == "后者" {
            Reference::Company
        } else if words == "其" || words == "该公司" {
            if words == "其" { Reference::It } else { Reference::Company }
        } else if matches!(words, "标的公司" | "目标公司" | "标的企业" | "目标集团" | "认购人")
            && !self.names_follow(at)
        {
            Reference::Company
        } else if class == Class::Head
            && shape::STANDS_ALONE.contains(words)
            && !self.names_follow(at)
        {
            if self.this_one(at) {
                Reference::Company
            } else if self.unnamed(at) {
                Reference::Unnamed
            } else if self.starts_noun(at) {
                Reference::Company
            } else {
                return None;
            }
        } else {
            return None;
        };
        let value = Party::reference(self.text.printed(piece.span), refers);
        Some(Found { value, span: piece.span, rule: "party.zh.reference" })
    }

    /// 这家…公司 in the same clause.
    fn this_one(&self, at: usize) -> bool {
        (0..at)
            .rev()
            .take(6)
            .map_while(|before| self.piece(before).filter(|piece| piece.what != What::Stop))
            .any(|piece| matches!(self.text.of(piece.span), "这家" | "该"))
    }

    fn names_follow(&self, at: usize) -> bool {
        let opens = matches!(
            self.piece(at + 1).map(|piece| piece.what),
            Some(What::Mark('「' | '“' | '『' | '《' | '"'))
        );
        let next = at + 1 + usize::from(opens);
        // 对公司做战略投资: one character is no name.
        self.is_rest(next) && self.words(next).chars().count() > 1
            || self.is_known(next)
            || matches!(self.class(at + 1), Some(Class::Head | Class::Title))
    }

    /// 一家…公司, 某…公司 in the same clause.
    fn unnamed(&self, at: usize) -> bool {
        (0..at)
            .rev()
            .take(6)
            .map_while(|before| self.piece(before).filter(|piece| piece.what != What::Stop))
            .any(|piece| {
                let words = self.text.of(piece.span);
                matches!(
                    words,
                    "一家" | "某" | "另一家" | "多家" | "数家" | "几家" | "两家" | "三家"
                )
            })
    }

    /// Nothing that describes it stands before the noun.
    fn starts_noun(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.piece(before)).is_none_or(|piece| {
            match piece.what {
                What::Stop | What::Mark(_) | What::Number => true,
                What::Word(class) => matches!(
                    class,
                    Class::Edge
                        | Class::Time
                        | Class::By
                        | Class::Say
                        | Class::And
                        | Class::Acquire
                        | Class::Invest
                        | Class::Plan
                ),
                What::Known(_) | What::Rest => false,
            }
        })
    }
}
