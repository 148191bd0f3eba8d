//! Chinese pages in the shapes that portals, forums and accounts have, each with the text that is
//! to be found in it.

use super::super::super::tests::document;
use super::*;

/// The article of every page below.
const ARTICLE: &[&str] = &[
    "示例智能十一月二十三日宣布，公司完成三亿元人民币B轮融资，由北岭创投领投，松果资本和海川集团跟投，老股东溪谷基金继续加码。",
    "公司成立于二〇二一年，总部在杭州，做的是面向制造业的多模态大模型：读图纸，看质检照片，听机器的声音，然后告诉工人哪里不对。",
    "创始人陈言山说，去年此时团队只有四十人，客户只有三家；今年两个数字都翻了五倍，最忙的时候，四个城市的工厂在同一天上线。",
    "“我们不想做一个什么都会一点的模型，”他说，“一台机床出了毛病，老师傅听一耳朵就知道，我们想把这只耳朵留下来。”",
    "本轮资金的一半将用于算力，其余用于招人和海外的第一个办事处。公司没有公布估值，知情人士称约为二十亿元。",
    "北岭创投的合伙人林渡在书面答复里说，他们看了十七家同类公司，只有这一家能说清楚每一次误报的代价。",
];

fn paragraphs(open: &str, close: &str) -> String {
    ARTICLE.iter().map(|text| format!("{open}{text}{close}\n")).collect::<Vec<_>>().concat()
}

/// Reader comments, longer than the article, in the words readers use.
fn comments(open: &str, close: &str) -> String {
    let words = [
        "又是大模型，去年投的那几家现在怎么样了？我在厂里干了二十年，听声音这个事情没有那么容易，先看能不能用满一年再说吧。",
        "支持国产，希望早点把价格打下来，我们这种小厂也想用，但是一套下来比请三个老师傅还贵，谁用得起呢。",
        "楼上说得对，不过我们车间去年装了一套，误报确实少了，就是服务器太吵，放在办公室里没法开会。",
        "估值二十亿，收入多少？媒体也不问一句，光写故事有什么用，投资人的钱也不是大风刮来的。",
    ];
    (0..16)
        .map(|n| format!("{open}{}{close}\n", words[n % words.len()]))
        .collect::<Vec<_>>()
        .concat()
}

fn related(tag: &str) -> String {
    let titles = [
        "机床厂的年轻人都去哪儿了",
        "一张图看懂本周融资",
        "仓库里的机械臂学会了等人",
        "算力价格三个月跌了四成",
    ];
    let one =
        |title: &str| format!("<{tag}><a href=\"/n/{}.html\">{title}</a></{tag}>", title.len());
    titles.iter().cycle().take(24).map(|title| one(title)).collect()
}

/// 4-grams of Han characters, as the share that is right and the share that is found.
fn score(found: &str, wanted: &str) -> f64 {
    let grams = |text: &str| {
        let han: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        han.windows(4).map(<[char]>::to_vec).collect::<std::collections::HashSet<_>>()
    };
    let (found, wanted) = (grams(found), grams(wanted));
    let common = u32::try_from(found.intersection(&wanted).count()).unwrap();
    let all = u32::try_from(found.len() + wanted.len()).unwrap();
    2.0 * f64::from(common) / f64::from(all)
}

/// The one place that reads a page; the text is to agree to 97 %.
#[track_caller]
fn check(body: &str) -> PageText {
    let title = "示例智能完成三亿元B轮融资";
    let nav = "<a href=/>首页</a><a href=/vc>创投</a><a href=/ai>人工智能</a><a href=/car>汽车</a>";
    let html = format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><title>{title}_示例网</title>\
         <meta property=\"og:site_name\" content=\"示例网\"></head>\
         <body><div class=\"top nav\">{nav}</div>{}\
         <div class=\"footer\">示例网版权所有 京ICP备00000000号 举报电话 关于我们</div></body></html>",
        body.replace("TITLE", title)
    );
    let page = main_text(&document(&html, Some("text/html; charset=utf-8"))).unwrap();
    let score = score(&page.text, &ARTICLE.concat());
    assert!(score >= 0.97, "{score:.3} in: {}", page.text);
    assert_eq!(page.lang, Lang::Zh);
    page
}

#[track_caller]
fn says(page: &PageText, at: Option<&str>, author: Option<&str>, origin: Option<&str>) {
    let published = page.published.map(|at| at.to_string());
    let told = page.origin.as_deref();
    assert_eq!((published.as_deref(), page.author.as_deref(), told), (at, author, origin));
}

#[test]
fn a_portal_with_date_source_and_a_responsible_editor() {
    let page = check(&format!(
        "<div class=\"main-content\"><h1 class=\"main-title\">TITLE</h1>\
         <div class=\"top-bar\"><div class=\"date-source\"><span class=\"date\">2026年11月23日 16:30</span>\
         <span class=\"source\">新华社</span></div></div>\
         <div class=\"article\" id=\"artibody\">{}<p class=\"show_author\">责任编辑：王芳 </p></div>\
         <div class=\"blk-related\"><h2>相关新闻</h2><ul>{}</ul></div></div>",
        paragraphs("<p>\u{3000}\u{3000}", "</p>"),
        related("li")
    ));
    says(&page, Some("2026-11-23T08:30:00Z"), None, None);
}

#[test]
fn a_page_with_more_comments_than_article() {
    let page = check(&format!(
        "<div class=\"content\"><div class=\"left left-main\"><h3>TITLE</h3>\
         <div class=\"time fix\"><span>2026-11-23 16:30:12</span> <span>来源：北岭日报</span> <span>作者：李明</span></div>\
         <div class=\"content all-txt\">{}</div><div class=\"content-bottom\">责任编辑：赵六</div>\
         <div class=\"gc-comment\" id=\"comments\"><h4>评论 16</h4><ul class=\"cmt-list\">{}</ul></div></div>\
         <div class=\"right\"><ul class=\"hot-list\">{}</ul></div></div>",
        paragraphs("<p>", "</p>"),
        comments("<li class=\"cmt-item\"><div class=\"comment-txt\"><p>", "</p></div></li>"),
        related("li")
    ));
    says(&page, Some("2026-11-23T08:30:12Z"), Some("李明"), Some("北岭日报"));
}

#[test]
fn an_account_page_whose_text_is_hidden_until_a_script_shows_it() {
    let page = check(&format!(
        "<div id=\"js_article\" class=\"rich_media\"><div class=\"rich_media_inner\"><div id=\"page-content\">\
         <h1 class=\"rich_media_title\" id=\"activity-name\">TITLE</h1>\
         <div id=\"meta_content\" class=\"rich_media_meta_list\"><meta name=\"author\" content=\"李明\"><span class=\"rich_media_meta_text\">李明</span>\n<a id=\"js_name\">言山观察</a><em id=\"publish_time\"></em></div>\
         <div class=\"rich_media_content\" id=\"js_content\" style=\"visibility: hidden; opacity: 0;\">{}</div></div>\
         <div class=\"rich_media_tool\">阅读 1024 赞 12 在看 3</div></div></div>\
         <script>var ct = \"1795422600\"; var msg_title = 'x';</script>",
        paragraphs("<section style=\"margin:8px\"><p><span>", "</span></p></section>")
    ));
    says(&page, Some("2026-11-23T08:30:00Z"), Some("李明"), None);
}

#[test]
fn a_portal_whose_line_of_facts_is_one_text() {
    let page = check(&format!(
        "<div class=\"container\" id=\"contain\"><div class=\"post_main\"><h1 class=\"post_title\">TITLE</h1>\
         <div class=\"post_info\">2026-11-23 16:30:12\u{3000}来源: <a href=\"https://a.test\">财联社</a> 北京 <a class=\"post_jubao\">举报</a></div>\
         <div class=\"post_body\">{}</div>\
         <div class=\"post_author\"><a href=/><img src=e.png></a>本文来源：财联社 责任编辑：王芳_NN1</div>\
         <div class=\"post_recommends\"><div class=\"post_recommends_titles\">{}</div></div></div></div>",
        paragraphs("<p id=\"x\">", "</p>"),
        related("h3")
    ));
    says(&page, Some("2026-11-23T08:30:12Z"), None, Some("财联社"));
}

#[test]
fn a_forum_thread_is_its_first_post() {
    let post = |n: usize, text: &str| {
        format!(
            "<div id=\"post_{n}\"><table class=\"plhin\"><tr><td class=\"pls\"><div class=\"authi\"><a href=/u/{n}>用户{n}</a></div></td>\
             <td class=\"plc\"><div class=\"authi\">发表于 2026-11-23 16:3{}</div><div class=\"t_fsz\"><table><tr>\
             <td class=\"t_f\" id=\"postmessage_{n}\">{text}</td></tr></table></div></td></tr></table></div>",
            n % 10
        )
    };
    let replies = ["顶一下", "谢谢楼主分享", "收藏了，回头细看", "沙发"];
    let replies: String = (1..12).map(|n| post(n, replies[n % replies.len()])).collect();
    check(&format!(
        "<div id=\"postlist\" class=\"pl\"><h1>TITLE</h1>{}{replies}</div>",
        post(0, &paragraphs("", "<br /><br />"))
    ));
}

#[test]
fn an_old_page_of_tables_and_line_breaks() {
    let page = check(&format!(
        "<table width=960><tr><td width=700><center><font size=5>TITLE</font></center>\
         <div align=center>2026年11月23日 16:30 来源：北岭日报 作者：李明 王芳 编辑：赵六</div>\
         <font size=3><div id=zoom>{}</div></font></td>\
         <td width=260 valign=top><table>{}</table></td></tr></table>",
        paragraphs("\u{3000}\u{3000}", "<br><br>"),
        related("tr><td").replace("</tr><td>", "</td></tr>")
    ));
    says(&page, Some("2026-11-23T08:30:00Z"), Some("李明 王芳"), Some("北岭日报"));
}

#[test]
fn a_page_with_advertising_and_recommendations_between_the_paragraphs() {
    let body = paragraphs("<p>", "</p>").replacen(
        "</p>\n",
        "</p>\n<div class=\"ad-inner\"><a href=https://ads.test/1>广告 点击领取新人礼包</a></div>\
         <div class=\"recommend-inline\"><a href=/n/1.html>推荐阅读：机床厂的年轻人都去哪儿了</a></div>\n",
        2,
    );
    check(&format!(
        "<div class=\"article-wrap\"><h1 class=\"article-title\">TITLE</h1>\
         <div class=\"article-author\">文｜李明</div><article class=\"article-content\">{body}</article></div>\
         <div class=\"comment-wrap\">{}</div>",
        comments("<div class=\"comment-item\"><p>", "</p></div>")
    ));
}
