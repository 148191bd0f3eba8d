//! Text from outside made safe to print.

/// One line without what a terminal or a reader's eye would be misled by: control characters
/// become spaces, marks that change the direction of writing (UAX 9) vanish.
pub fn one_line(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_direction_mark(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_nothing_to_act_on() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7}\u{9b}2J"), "a [31mred  2J");
        assert_eq!(one_line("智谱\u{202e}gpj.exe"), "智谱gpj.exe");
        assert_eq!(one_line("two\nlines"), "two lines");
    }
}
