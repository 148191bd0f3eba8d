//! What outlets print: sentences with places for names and sums, all invented.
//!
//! `{c}` is the company, `{s}` the sum, `{r}` the round, `{i}` who leads, `{j}` who follows, `{v}`
//! the valuation, `{b}` the buyer, `{f}` the field it works in.

pub const FIELDS_EN: &[&str] = &[
    "an artificial intelligence startup",
    "a maker of large language models",
    "a developer of AI chips",
    "a humanoid robot maker",
    "an AI coding assistant company",
    "an autonomous driving startup",
    "a generative AI company",
    "a voice AI startup",
];
pub const FIELDS_ZH: &[&str] = &[
    "人工智能公司",
    "大模型公司",
    "AI芯片公司",
    "具身智能公司",
    "AI编程公司",
    "自动驾驶公司",
    "生成式AI公司",
    "语音AI公司",
];

pub struct Kind {
    pub titles: &'static [&'static str],
    pub leads: &'static [&'static str],
}

pub const ROUND_EN: Kind = Kind {
    titles: &[
        "{c} raises {s} in {r} funding",
        "{c} lands {s} {r} round",
        "{c} secures {s} to grow",
        "{i} leads {s} round for {c}",
        "{c} closes {s} {r}",
    ],
    leads: &[
        "{c}, {f}, has raised {s} in a {r} round led by {i}, the company said.",
        "{c}, {f}, said it raised {s} in {r} funding led by {i} with participation from {j}.",
        "{c} announced a {s} {r} round led by {i}. The company, {f}, was valued at {v}.",
        "{i} has led a {s} {r} round in {c}, {f}.",
        "{c}, {f}, closed its {r} round of {s}, with {i} and {j} among the investors.",
    ],
};
pub const TALKS_EN: Kind = Kind {
    titles: &["{c} in talks to raise {s}", "{c} seeks {s} in new funding", "{c} nears {s} round"],
    leads: &[
        "{c}, {f}, is in talks to raise {s}, people familiar with the matter said.",
        "{c}, {f}, is in discussions to raise about {s} at a valuation of {v}, according to people \
         familiar with the matter.",
        "{i} is in talks to lead a {s} investment in {c}, {f}, people with knowledge of the plans \
         said.",
    ],
};
pub const BUY_EN: Kind = Kind {
    titles: &[
        "{b} to acquire {c} for {s}",
        "{b} buys {c}",
        "{c} to be acquired by {b} in {s} deal",
    ],
    leads: &[
        "{b} has agreed to acquire {c}, {f}, for {s}, the companies said.",
        "{b} said it will buy {c}, {f}, in a deal worth {s}.",
        "{c}, {f}, has agreed to be acquired by {b} for {s}.",
    ],
};
pub const BID_EN: Kind = Kind {
    titles: &["{b} in talks to buy {c}", "{b} weighs {s} bid for {c}"],
    leads: &[
        "{b} is in talks to acquire {c}, {f}, for about {s}, people familiar with the matter said.",
        "{b} is in advanced talks to buy {c}, {f}, in a deal that could value it at {s}.",
    ],
};
pub const BOUGHT_EN: Kind = Kind {
    titles: &["{b} completes acquisition of {c}", "{b} closes {c} deal"],
    leads: &[
        "{b} has completed its acquisition of {c}, {f}, for {s}.",
        "{b} said it has closed the {s} acquisition of {c}, {f}.",
    ],
};
pub const ROUND_ZH: Kind = Kind {
    titles: &[
        "{c}完成{s}{r}融资",
        "{c}获{s}{r}融资，{i}领投",
        "{c}宣布完成{s}融资",
        "{i}领投，{c}完成{r}融资",
    ],
    leads: &[
        "近日，{f}{c}宣布完成{s}{r}融资，由{i}领投，{j}跟投。",
        "{f}{c}今日宣布完成{s}{r}融资，本轮融资由{i}领投。",
        "据悉，{c}已完成{s}{r}融资，投资方为{i}和{j}，投后估值{v}。",
        "{f}{c}获得{i}领投的{s}{r}融资，{j}参与跟投。",
    ],
};
pub const TALKS_ZH: Kind = Kind {
    titles: &["消息称{c}正洽谈{s}融资", "{c}拟融资{s}", "传{c}将完成新一轮融资"],
    leads: &[
        "据知情人士透露，{f}{c}正在洽谈新一轮融资，金额约{s}。",
        "{f}{c}正与投资者洽谈融资{s}，投前估值{v}，知情人士表示。",
    ],
};
pub const BUY_ZH: Kind = Kind {
    titles: &["{b}宣布收购{c}", "{b}拟{s}收购{c}", "{c}被{b}收购"],
    leads: &[
        "{b}宣布以{s}收购{f}{c}。",
        "{b}今日表示，已与{f}{c}达成协议，将以{s}收购该公司。",
        "{f}{c}宣布，公司将被{b}以{s}收购。",
    ],
};
pub const BID_ZH: Kind = Kind {
    titles: &["消息称{b}正洽谈收购{c}", "传{b}拟收购{c}"],
    leads: &[
        "据知情人士透露，{b}正洽谈收购{f}{c}，交易金额约{s}。",
        "{b}正就收购{f}{c}进行谈判，作价约{s}，知情人士表示。",
    ],
};
pub const BOUGHT_ZH: Kind = Kind {
    titles: &["{b}完成收购{c}", "{b}完成对{c}的收购"],
    leads: &["{b}宣布，已完成以{s}收购{f}{c}的交易。", "{b}以{s}收购{f}{c}的交易已于今日完成。"],
};

pub const BODY_EN: &[&str] = &[
    "The company plans to use the money to hire engineers and to open an office in another city.",
    "Its software is used by hospitals, ports and insurers, the company says.",
    "Demand has grown faster than the team expected, its chief executive said in an interview.",
    "The founders met at a university laboratory and left it to work on the product full time.",
    "Customers pay by the month, and most of them stay for longer than a year.",
    "Competition in the field is fierce, and prices have fallen since last summer.",
    "Analysts said the market would double within a few years, though not for everyone.",
    "The product learns from recordings that customers agree to share.",
    "A spokesperson declined to comment beyond the statement.",
    "The team has grown to more than a hundred people since it was founded.",
    "Training the next version will take several months, according to the company.",
    "It also named a new head of research, who joins next month.",
];
pub const BODY_ZH: &[&str] = &[
    "公司表示，资金将主要用于产品研发、团队扩充和市场拓展。",
    "据介绍，其产品已在港口、医院和保险等场景落地。",
    "创始团队来自高校实验室，核心成员拥有多年行业经验。",
    "公司创始人表示，市场需求的增长速度超出团队预期。",
    "业内人士认为，该赛道竞争激烈，价格在过去一年里持续走低。",
    "目前公司团队规模已超过一百人，研发人员占比过半。",
    "下一代产品预计将在数月后发布。",
    "公司方面对进一步的细节不予置评。",
    "分析人士指出，未来几年市场规模有望翻番。",
    "公司还宣布任命了新的研究负责人，将于下月到任。",
];
pub const BEFORE_EN: &[&str] =
    &["The company previously raised {s} in a {r} round.", "It raised {s} in {r} funding earlier."];
pub const BEFORE_ZH: &[&str] = &["此前，公司曾完成{s}{r}融资。", "该公司此前获得{s}{r}融资。"];
