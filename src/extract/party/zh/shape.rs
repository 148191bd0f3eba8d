//! What a Chinese name looks like, and what only looks like one.

use crate::domain::Span;
use crate::extract::lexicon::list::List;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;
use crate::extract::text::Text;

/// Particles that can also be the first character of a name.
pub(super) const WEAK_FIRST: &str =
    "中前后时无可有会能要里内起提并添投传指更都才含需想以从为对向和正将元达超万亿同商厂上跟之出";

/// Characters that cling to a name where no word of the lexicon parts them.
pub(super) const STRAY: &str =
    "后前时中又再正已将并等在让使与和及对为由被也还虽则才都均就且从向于把给拟称说";

/// Particles that can also stand inside a name.
pub(super) const WEAK_INSIDE: &str = "之中无可时能起同万传商里内会后前";

/// Words that can end a name.
pub(super) static SUFFIXES: List = List::new(&[
    "天使",
    "种子",
    "机器人",
    "公司",
    "实验室",
    "创投",
    "基金",
    "芯片",
    "算力",
    "数据",
    "硬件",
    "软件",
    "系统",
    "服务",
    "技术",
    "产业",
    "资产",
    "股份",
    "控股",
    "工作室",
    "ai",
    "投资",
    "风投",
    "智能体",
    "社区",
    "引擎",
    "国际",
    "模型",
    "应用",
    "商",
    "厂",
    "机构",
    "投资集团",
    "投资公司",
    "投资管理",
    "投资控股",
    "集成商",
    "资金",
    "行业",
]);

/// Nouns that stand for the company the text is about.
pub(super) static STANDS_ALONE: List = List::new(&[
    "公司",
    "企业",
    "初创公司",
    "初创企业",
    "创业公司",
    "创企",
    "新创",
    "新创公司",
    "独角兽",
    "团队",
    "独角兽公司",
    "初创",
    "机构",
]);

static CITIES: List = List::new(&[
    "北京", "上海", "深圳", "广州", "杭州", "苏州", "南京", "成都", "武汉", "合肥", "西安", "重庆",
    "天津", "珠海", "香港", "台湾", "中国", "宁波", "无锡", "长沙", "厦门", "青岛", "济南", "郑州",
    "福州", "东莞", "佛山", "常州", "大连", "沈阳", "贵阳", "昆明", "台北", "新竹", "浙江", "江苏",
    "广东", "四川", "湖北", "湖南", "安徽", "福建", "山东",
]);

pub(super) fn is_city(word: &str) -> bool {
    CITIES.contains(word)
}

/// Endings of a company's name.
static CORPORATE: List = List::new(&[
    "科技",
    "智能",
    "机器人",
    "资本",
    "创投",
    "基金",
    "集团",
    "半导体",
    "微电子",
    "电子",
    "生物",
    "医疗",
    "医药",
    "网络",
    "软件",
    "传媒",
    "动力",
    "汽车",
    "证券",
    "银行",
    "控股",
    "股份",
    "有限公司",
    "公司",
    "投资",
    "视觉",
    "智驾",
    "具身",
    "机械人",
    "智控",
    "矿业",
    "锂业",
    "药业",
    "基因",
    "数智",
    "速递",
    "自动化",
    "信息",
    "数科",
    "智造",
    "光电",
    "通信",
    "能源",
    "材料",
    "航天",
    "航空",
    "数据",
    "国投",
    "产投",
    "城投",
    "金控",
    "人寿",
    "保险",
    "信托",
    "实验室",
    "研究院",
    "大学",
    "地产",
    "电气",
    "重工",
    "制药",
    "教育",
    "文化",
    "娱乐",
    "影业",
    "电商",
    "物流",
    "食品",
    "饮料",
    "零售",
    "风投",
    "国际",
    "数码",
    "芯片",
    "存储",
    "量子",
    "激光",
    "精密",
    "智联",
    "云",
    "ai",
    "电机",
]);

/// Whether the words are what companies end in, and nothing more.
pub(super) fn is_ending(words: &str) -> bool {
    CORPORATE.contains(words) || matches!(words, "技术" | "电脑" | "集团公司" | "平台")
}

pub(super) fn has_corporate_suffix(words: &str) -> bool {
    CORPORATE.ends(words)
        && CORPORATE.words().iter().any(|ending| {
            words.strip_suffix(ending).is_some_and(|head| {
                head.chars().count() >= 2 || (head.chars().count() == 1 && ending.len() > 6)
            })
        })
}

/// Endings that companies have and things have not: what stands before may be an ordinary word.
static OF_COMPANIES: List = List::new(&[
    "科技",
    "资本",
    "创投",
    "集团",
    "半导体",
    "微电子",
    "控股",
    "股份",
    "有限公司",
    "银行",
    "证券",
    "国投",
    "产投",
    "城投",
    "金控",
    "人寿",
    "信托",
    "重工",
    "制药",
    "影业",
    "风投",
    "电气",
    "投资",
    "航空",
    "保险",
    "生物",
    "实业",
    "电子",
    "光电",
    "通信",
]);

/// 帕西尼感知科技: ordinary words with an ending that only companies have.
pub(super) fn ends_as_company(words: &str) -> bool {
    (5..=9).contains(&words.chars().count()) && OF_COMPANIES.ends(words)
}

/// Whether the ending makes a company: 禾灵机器人 is one, 搬运机器人 is a machine.
pub(super) fn is_company_by_suffix(words: &str) -> bool {
    let head = CORPORATE
        .words()
        .iter()
        .filter_map(|ending| words.strip_suffix(ending))
        .min_by_key(|head| head.len());
    let Some(head) = head else { return false };
    match ordinary::make(head) {
        Make::Coined => head.chars().count() <= 8,
        Make::Half | Make::Word => OF_COMPANIES.ends(words),
        Make::Words => false,
    }
}

/// 九安医疗, 中控技术: one word and what companies also end in; enough beside other evidence.
pub(super) fn has_company_suffix_on_a_word(words: &str) -> bool {
    CORPORATE.words().iter().chain(["技术", "矿业", "锂业", "化学", "材料"].iter()).any(|ending| {
        words.strip_suffix(ending).is_some_and(|head| {
            matches!(ordinary::make(head), Make::Word | Make::Half) && head.chars().count() == 2
        })
    }) && !GENERIC.contains(words)
}

/// Whether the ending is as often that of a product: 芯片, 机器人, 数据.
pub(super) fn is_product_like(words: &str) -> bool {
    [
        "芯片",
        "机器人",
        "软件",
        "硬件",
        "数据",
        "系统",
        "服务",
        "模型",
        "ai",
        "智能体",
        "引擎",
        "云",
        "电子",
        "存储",
        "应用",
        "社区",
    ]
    .iter()
    .any(|ending| words.ends_with(ending))
}

/// 青桐资本连续第三次: a name that ends as companies do, and ordinary words behind it.
pub(super) fn to_suffix(text: &Text, span: Span) -> Span {
    let name = text.of(span);
    if name.chars().count() < 6 || CORPORATE.ends(name) || !OF_COMPANIES.within(name) {
        return span;
    }
    let words = ordinary::words(name);
    let ends = words
        .iter()
        .skip(1)
        .filter(|word| name.get((*word).clone()).is_some_and(|word| OF_COMPANIES.contains(word)));
    for word in ends {
        let (Some(head), Some(tail)) = (name.get(..word.end), name.get(word.end..)) else {
            continue;
        };
        let plain = !matches!(ordinary::make(tail), Make::Coined);
        if plain && is_company_by_suffix(head) {
            return text.span(span.start(), span.start() + word.end).unwrap_or(span);
        }
    }
    span
}

/// The name without the words of the language that cling to it: 接触过智言云, 容联云看过材料.
pub(super) fn core(text: &Text, span: Span) -> Span {
    let name = text.of(span);
    let words = ordinary::words(name);
    let word = |at: usize| words.get(at).and_then(|word| name.get(word.clone()));
    let loose = |at: usize| word(at).is_some_and(ordinary::is_loose);
    let Some(first) = (0..words.len()).find(|at| loose(*at) && loose(at + 1)) else { return span };
    let particle =
        |at: usize| word(at).is_some_and(|w| ordinary::is_particle(w) && !WEAK_INSIDE.contains(w));
    let start = (0..first).rev().find(|at| particle(*at)).map_or(0, |at| at + 1);
    let Some(mut end) = (first..words.len()).take_while(|at| loose(*at)).last() else {
        return span;
    };
    // What ends as a company does goes on to there.
    let suffix =
        (end + 1..words.len()).take(3).rfind(|at| word(*at).is_some_and(|w| CORPORATE.contains(w)));
    let tail = words.len() - 1 - end;
    end = match suffix {
        Some(suffix) => suffix,
        None if tail >= 2 => end,
        None => words.len() - 1,
    };
    let (Some(from), Some(to)) = (words.get(start), words.get(end)) else { return span };
    text.span(span.start() + from.start, span.start() + to.end).unwrap_or(span)
}

static FUNDS: List = List::new(&[
    "资本",
    "创投",
    "基金",
    "投资",
    "风投",
    "国投",
    "产投",
    "城投",
    "金控",
    "合伙",
    "capital",
    "ventures",
    "partners",
    "fund",
    "资产管理",
    "投资集团",
    "加速器",
    "基金会",
    "国资",
    "战投",
    "venture",
    "vc",
    "holdings",
    "investments",
    "equity",
    "母基金",
    "资管",
    "创新基金",
    "基金一期",
    "基金二期",
    "基金三期",
    "基金四期",
]);

/// Whether the name says that it is a fund.
pub(super) fn is_fund(words: &str) -> bool {
    FUNDS.ends(words)
}

/// Words that make a description one of AI.
static AI: List = List::new(&[
    "ai",
    "人工智能",
    "大模型",
    "具身",
    "机器人",
    "智能体",
    "自动驾驶",
    "智驾",
    "智能驾驶",
    "人工智慧",
    "算力",
    "gpu",
    "深度学习",
    "机器学习",
    "计算机视觉",
    "语音识别",
    "大语言模型",
    "生成式",
    "agent",
    "模型",
    "无人驾驶",
    "机器视觉",
    "神经网络",
    "世界模型",
    "robotaxi",
    "脑机",
    "aigc",
    "数据标注",
    "机械人",
    "智能芯片",
    "推理芯片",
    "ai芯片",
    "多模态",
]);

pub(super) fn speaks_of_ai(words: &str) -> bool {
    AI.within(words)
}

/// “中国版某某”, “六小虎”, “大模型第一股”: praise, not a name.
pub(super) fn is_nickname(words: &str) -> bool {
    ["中国版", "美国版", "欧洲版", "下一个"].iter().any(|start| words.starts_with(start))
        || [
            "第一股",
            "小虎",
            "小龙",
            "四小龙",
            "一哥",
            "之王",
            "之父",
            "时代",
            "战略",
            "计划",
            "模式",
            "大战",
            "泡沫",
            "梦",
            "潮",
            "热",
        ]
        .iter()
        .any(|end| words.ends_with(end))
}

/// Nouns that go on describing: 决策AI代理新创X.
pub(super) static DESCRIBES: List = List::new(&[
    "ai",
    "代理",
    "产品",
    "平台",
    "模型",
    "大模型",
    "技术",
    "应用",
    "行业",
    "产业",
    "数据",
    "算力",
    "算法",
    "芯片",
    "硬件",
    "软件",
    "系统",
    "服务",
    "解决方案",
    "机器人",
    "智能体",
    "人工智能",
    "具身智能",
    "人形机器人",
    "自动驾驶",
    "智能驾驶",
    "国际",
    "国产",
    "上市",
]);

/// What stands beside deals and is no name.
static GENERIC: List = List::new(&[
    "车厂",
    "药厂",
    "车企",
    "药企",
    "厂商",
    "代工厂",
    "晶圆厂",
    "同业",
    "同行",
    "对手",
    "竞品",
    "前员工",
    "老东家",
    "大厂",
    "资料中心",
    "数据中心",
    "管理人",
    "主嫌",
    "散户",
    "官员",
    "合伙人",
    "有限公司",
    "股份有限公司",
    "年化收入",
    "外资",
    "中资",
    "内资",
    "日商",
    "美商",
    "台商",
    "港商",
    "陆资",
    "韩商",
    "主板",
    "超级智能",
    "人才",
    "智能",
    "科技",
    "集团",
    "资本",
    "基金",
    "网络",
    "信息",
    "汽车",
    "电子",
    "银行",
    "证券",
    "医疗",
    "教育",
    "文化",
    "能源",
    "材料",
    "通信",
    "航天",
    "航空",
    "保险",
    "政府",
    "市场",
    "投资",
    "股东",
    "大学",
    "高校",
    "机构",
    "科技公司",
    "投资机构",
    "产业基金",
    "国资",
    "民营",
    "央企",
    "国企",
    "外资",
    "巨资",
    "重金",
    "天价",
    "高价",
    "低价",
    "全现金",
    "现金",
    "数字",
    "工业",
    "制造",
    "消费",
    "零售",
    "物流",
    "娱乐",
    "游戏",
    "音乐",
    "视频",
    "图像",
    "语音",
    "文字",
    "半导体",
    "微电子",
    "生物",
    "医药",
    "软件",
    "硬件",
    "传媒",
    "动力",
    "自动化",
    "光电",
    "地产",
    "食品",
    "饮料",
    "国际",
    "量子",
    "激光",
    "视觉",
    "存储",
    "云计算",
    "大数据",
    "互联网",
    "物联网",
    "区块链",
    "元宇宙",
    "新能源",
    "创业",
    "创新",
    "团队",
    "成员",
    "人才",
    "专家",
    "学者",
    "学生",
    "孵化",
    "加速",
    "上下游",
    "产业链",
    "供应链",
    "生态",
    "开源",
    "闭源",
    "云端",
    "终端",
    "端侧",
    "边缘",
    "核心",
    "关键",
    "重要",
    "主要",
    "一级市场",
    "二级市场",
    "风险投资",
    "天使",
    "种子",
    "战略",
    "财务",
    "产业",
    "政策",
    "监管",
    "反垄断",
    "交易",
    "条款",
    "细节",
    "协议",
    "合同",
    "订单",
    "商业",
    "金融",
    "法律",
    "税务",
    "会计",
    "审计",
    "投行",
    "承销商",
    "保荐人",
    "消费者",
    "企业级",
    "家办",
    "母基金",
    "引导基金",
    "专项基金",
    "政府基金",
    "国家基金",
    "全资",
    "控股",
    "参股",
    "少数股权",
    "多数股权",
    "大部分",
    "小部分",
    "一部分",
    "绝大部分",
    "首期",
    "二期",
    "三期",
    "估值",
    "溢价",
    "折价",
    "谁",
    "何时",
    "更多",
    "更大",
    "更高",
    "更快",
    "更强",
    "最多",
    "最高",
    "巨额",
    "大额",
    "小额",
    "高额",
    "足够",
    "充足",
    "数十家",
    "数百家",
    "逆周期",
    "新资金",
    "新股",
    "老股",
    "股票",
    "期权",
    "股票期权",
    "现金加股票",
    "知识产权",
    "专利",
    "商标",
    "海外",
    "出海",
    "本土化",
    "地方",
    "家电",
    "手机",
    "电脑",
    "服务器",
    "机房",
    "园区",
    "总部",
    "工厂",
    "产线",
    "门店",
    "线下",
    "线上",
    "直播",
    "短剧",
    "社交",
    "搜索",
    "广告",
    "营销",
    "客服",
    "办公",
    "编程",
    "代码",
    "翻译",
    "写作",
    "多模态",
    "世界模型",
    "文生图",
    "文生视频",
    "推理",
    "训练",
    "微调",
    "标注",
    "智算",
    "超算",
    "数据中心",
    "人形",
    "四足",
    "双足",
    "轮式",
    "无人机",
    "无人车",
    "卫星",
    "火箭",
    "航母",
    "消费级",
    "工业级",
    "车规级",
    "医疗级",
    "清华系",
    "北大系",
    "国产替代",
    "独角兽",
    "第一",
    "首家",
    "唯一",
    "多轮",
    "连续",
    "频繁",
    "密集",
    "火热",
    "降温",
    "回暖",
    "寒冬",
    "泡沫",
    "狂潮",
    "热潮",
    "浪潮",
    "风口",
    "拐点",
    "窗口",
    "窗口期",
    "跑道",
    "终局",
]);

/// Characters that no name holds at these places.
const BAD_FIRST: &str =
    "可者即须应让使们所们了着过吗呢吧啊的得地很最几每各某哪些么就才都更太没不到至第";
const BAD_LAST: &str = "们了着吗呢吧啊的得地很最将已拟并还又也就且及与";

/// What names of companies never end in.
static NO_COMPANY: List = List::new(&[
    "中院",
    "高院",
    "仲裁",
    "战线",
    "战场",
    "格局",
    "版图",
    "阵营",
    "厂房",
    "土地",
    "大楼",
    "地块",
    "房产",
    "机台",
    "设备",
    "楼层",
    "不动产",
    "收入",
    "利润",
    "营收",
    "市值",
    "股价",
    "订单",
    "证监局",
    "监管局",
    "发改委",
    "工信部",
    "法院",
    "委员会",
    "协会",
    "监管机构",
    "检察院",
    "警方",
    "政府",
    "年报",
    "季报",
    "财报",
    "公告",
    "声明",
    "时代",
    "方面",
    "人士",
    "概念",
    "板块",
    "赛道",
    "指数",
    "门槛",
    "大会",
    "论坛",
]);

/// Whether the words can be a name at all.
pub(super) fn can_be_name(words: &str) -> bool {
    let count = words.chars().count();
    let han = words.chars().filter(|letter| *letter >= '\u{3400}').count();
    let mut letters = words.chars();
    let counts =
        letters.next().is_some_and(|first| "一二三四五六七八九十两数几百千多".contains(first))
            && letters.next().is_some_and(|second| {
                "余宗家年类个轮名次笔项位天月成倍期批支款桩周日多起场层种度分席员".contains(second)
            });
    !counts
        && (2..=24).contains(&count)
        && (han == 0 || han <= 20)
        && (han >= 2 || count >= 3)
        && !GENERIC.contains(words)
        && !NO_COMPANY.ends(words)
        && !words.starts_with(|first| BAD_FIRST.contains(first))
        && !words.ends_with(|last| BAD_LAST.contains(last))
        && !words.contains(['%', '$', '/', '\\', '@', '#', '*', '=', '~'])
}

/// Leaves out a leading measure word (家, 名) and spaces; `None` if nothing is left.
pub(super) fn trim(text: &Text, span: Span) -> Option<Span> {
    let words = text.of(span);
    // 某某科技今宣布: today, cut short.
    let today = words.strip_suffix('今').filter(|name| name.chars().count() >= 3);
    let words = today.unwrap_or(words);
    let span = text.span(span.start(), span.start() + words.len())?;
    let lead = words.len() - words.trim_start_matches([' ', '-', '.', '~']).len();
    let trail = words.len() - words.trim_end_matches([' ', '-', '.', '~']).len();
    text.span(span.start() + lead, span.end() - trail)
}

/// 传X考虑出售…: the first character of a headline says that it is a rumour.
pub(super) fn without_rumour(text: &Text, span: Span) -> Span {
    let words = text.of(span);
    let name = words.strip_prefix('传').filter(|name| name.chars().count() >= 3);
    name.and_then(|name| text.span(span.end() - name.len(), span.end())).unwrap_or(span)
}
