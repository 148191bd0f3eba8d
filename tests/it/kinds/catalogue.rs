//! The shipped paths and selectors, each on an answer in the shape that its notes describe.

use std::path::Path;

use dealwatch::domain::Document;
use dealwatch::domain::Purpose;
use dealwatch::domain::Source;
use dealwatch::domain::Validators;
use dealwatch::parse;
use dealwatch::source::catalogue;

fn shipped(id: &str) -> Source {
    let sources = catalogue::parse(Path::new("config/sources.toml"), catalogue::SHIPPED).unwrap();
    sources.into_iter().find(|source| source.id.as_str() == id).unwrap()
}

/// Title, link and time of the first entry.
#[track_caller]
fn check(id: &str, body: &str, title: &str, link: &str, published: &str) {
    let source = shipped(id);
    let document = Document {
        source: source.id.clone(),
        purpose: Purpose::Poll,
        url: source.url.clone(),
        final_url: source.url.clone(),
        content_type: None,
        validators: Validators::default(),
        fetched_at: "2026-11-24T04:00:00Z".parse().unwrap(),
        body: body.as_bytes().to_vec(),
    };
    let parsed = parse::entries(&document, &source).unwrap_or_else(|error| panic!("{id}: {error}"));
    let entry = parsed.entries.first().unwrap_or_else(|| panic!("{id}: {:?}", parsed.warnings));
    assert_eq!(entry.title, title, "{id}");
    assert_eq!(entry.link.as_deref(), Some(link), "{id}");
    let date = entry.published.map(|date| date.to_string()).unwrap_or_default();
    assert_eq!(date, published, "{id}");
}

#[test]
fn searches_are_read() {
    check(
        "hn-algolia",
        r#"{"hits":[{"objectID":"41","title":"Harbourlight acquires Tidepool","url":null,
            "created_at_i":1795492800,"story_text":""}]}"#,
        "Harbourlight acquires Tidepool",
        "https://news.ycombinator.com/item?id=41",
        "2026-11-24T04:00:00Z",
    );
    check(
        "gdelt-doc",
        r#"{"articles":[{"url":"https://a.test/1","url_mobile":"","title":"Tidepool raises money",
            "seendate":"20261124T031500Z","domain":"a.test","language":"English"}]}"#,
        "Tidepool raises money",
        "https://a.test/1",
        "2026-11-24T03:15:00Z",
    );
    check(
        "aihot",
        r#"{"items":[{"id":9,"title":"某公司完成融资","url":"https://a.test/9","source":"某媒体",
            "publishedAt":"2026-11-24T01:00:00.000Z","summary":"概要"}]}"#,
        "某公司完成融资",
        "https://a.test/9",
        "2026-11-24T01:00:00Z",
    );
}

#[test]
fn announcements_of_listed_companies_are_read() {
    check(
        "eastmoney-ann",
        r#"{"data":{"list":[{"art_code":"AN2026","title":"远山科技:重大资产购买预案",
            "codes":[{"stock_code":"300999","short_name":"远山科技"}],
            "columns":[{"column_name":"资产重组"}],"notice_date":"2026-11-25 00:00:00",
            "display_time":"2026-11-24 11:33:22:123"}]},"success":1}"#,
        "远山科技:重大资产购买预案",
        "https://data.eastmoney.com/notices/detail/300999/AN2026.html",
        "2026-11-24T03:33:22Z",
    );
    check(
        "cninfo",
        r#"{"announcements":[{"announcementId":"77","secName":"远山科技","secCode":"300999",
            "announcementTitle":"关于<em>收购</em>北风智能的公告","announcementTime":1795449600000,
            "adjunctUrl":"finalpage/2026-11-24/77.PDF"}],"totalRecordNum":1}"#,
        "远山科技：关于收购北风智能的公告",
        "https://static.cninfo.com.cn/finalpage/2026-11-24/77.PDF",
        "2026-11-23T16:00:00Z",
    );
    check(
        "szse",
        r#"{"announceCount":1,"data":[{"annId":5,"title":"远山科技：董事会决议公告",
            "publishTime":"2026-11-24 00:00:00","attachPath":"/disc/5.PDF","secCode":["300999"]}]}"#,
        "远山科技：董事会决议公告",
        "https://disc.static.szse.cn/download/disc/5.PDF",
        "2026-11-23T16:00:00Z",
    );
    check(
        "sse",
        r#"{"result":[{"SECURITY_NAME":"青桐股份","TITLE":"对外投资公告","SSEDATE":"2026-11-24",
            "URL":"/disclosure/6.pdf"}]}"#,
        "青桐股份：对外投资公告",
        "https://www.sse.com.cn/disclosure/6.pdf",
        "2026-11-23T16:00:00Z",
    );
    check(
        "hkex-latest",
        r#"{"newsInfoLst":[{"newsId":11,"title":"須予披露的交易","lTxt":"公告及通告",
            "relTime":"03/11/2026 08:30","webPath":"/listedco/11_c.pdf",
            "stock":[{"sc":"09999","sn":"示例集團"}]}]}"#,
        "示例集團：須予披露的交易",
        "https://www1.hkexnews.hk/listedco/11_c.pdf",
        "2026-11-03T00:30:00Z",
    );
    check(
        "hkex-titlesearch",
        r#"{"result":"[{\"NEWS_ID\":\"12\",\"TITLE\":\"私有化建議\",\"STOCK_NAME\":\"示例集團\",\"DATE_TIME\":\"03/11/2026 08:30\",\"FILE_LINK\":\"/listedco/12_c.pdf\"}]","recordCnt":1}"#,
        "示例集團：私有化建議",
        "https://www1.hkexnews.hk/listedco/12_c.pdf",
        "2026-11-03T00:30:00Z",
    );
    check(
        "sec-efts",
        r#"{"hits":{"total":{"value":1},"hits":[{"_id":"0001999001-26-000041:ex2.htm","_source":
            {"ciks":["0001999001"],"display_names":["TIDEPOOL AI INC  (TPAI)  (CIK 0001999001)"],
            "form":"8-K","file_date":"2026-11-23","adsh":"0001999001-26-000041","items":["1.01"]}}]}}"#,
        "TIDEPOOL AI INC (TPAI) (CIK 0001999001) files 8-K",
        "https://www.sec.gov/Archives/edgar/data/0001999001/0001999001-26-000041-index.htm",
        "2026-11-23T05:00:00Z",
    );
}

#[test]
fn short_news_is_read() {
    check(
        "wallstreetcn-live",
        r#"{"code":20000,"data":{"items":[{"id":7,"title":"","content_text":"北风智能获融资。",
            "uri":"https://wallstreetcn.com/livenews/7","display_time":1795492800}]}}"#,
        "北风智能获融资。",
        "https://wallstreetcn.com/livenews/7",
        "2026-11-24T04:00:00Z",
    );
    check(
        "cls-mobile",
        r#"{"error":0,"data":{"roll_data":[{"id":8,"title":"","brief":"【北风智能获融资】",
            "content":"财联社电","ctime":1795492800,"level":"B","is_ad":0}]}}"#,
        "【北风智能获融资】",
        "https://www.cls.cn/detail/8",
        "2026-11-24T04:00:00Z",
    );
    check(
        "cnyes-api",
        r#"{"statusCode":200,"items":{"data":[{"newsId":9,"title":"某公司獲投資",
            "content":"&lt;p&gt;內文&lt;/p&gt;","publishAt":1795492800}]}}"#,
        "某公司獲投資",
        "https://news.cnyes.com/news/id/9",
        "2026-11-24T04:00:00Z",
    );
    for body in [
        r#"{"data":[{"content_id":3,"title":"某公司获投","url":"https://a.test/3","published_at":1795492800}]}"#,
        r#"{"data":{"article":[{"content_id":3,"title":"某公司获投","url":"https://a.test/3","published_at":1795492800}]}}"#,
    ] {
        check("cyzone-api", body, "某公司获投", "https://a.test/3", "2026-11-24T04:00:00Z");
    }
}

#[test]
fn list_pages_are_read_by_their_selectors() {
    check(
        "pedaily-vcpe",
        "<ul id=newslist-all><li><div class=img></div><div><h3><a href='https://news.pedaily.cn/202611/5.shtml'>\
         某公司完成B轮融资</a></h3><div class=info><span class=date>2026-11-24 09:10</span></div></div></li></ul>",
        "某公司完成B轮融资",
        "https://news.pedaily.cn/202611/5.shtml",
        "2026-11-24T01:10:00Z",
    );
    check(
        "lieyunpro",
        "<div class=article-container><div class=article-bar><a class=lyw-article-title href=/archives/5>\
         <span class=lyw-article-title-inner>某公司获投</span></a><span class=timestamp>2小时前</span></div></div>",
        "某公司获投",
        "https://lieyunpro.com/archives/5",
        "2026-11-24T02:00:00Z",
    );
    check(
        "36kr-newsflashes-html",
        "<div class=newsflash-item><a class=item-title href=/newsflashes/6>某公司获投</a>\
         <span class=time>5分钟前</span></div>",
        "某公司获投",
        "https://www.36kr.com/newsflashes/6",
        "2026-11-24T03:55:00Z",
    );
    check(
        "chinaventure",
        "<div class=common_newslist_pc><a href=/news/80-1.html><img></a><a href=/news/80-1.html>某公司获投</a></div>",
        "某公司获投",
        "https://www.chinaventure.com.cn/news/80-1.html",
        "",
    );
    check(
        "anthropic-news",
        "<nav><a href='/news/'></a></nav><a href='/news/one' class=x><time>Nov 23, 2026</time>\
         <h4 class='abc__title'>A partnership</h4></a>",
        "A partnership",
        "https://www.anthropic.com/news/one",
        "2026-11-23T08:00:00Z",
    );
    check(
        "prnewswire-ma-html",
        "<div class='col-sm-12 card'><a class=newsreleaseconsolidatelink href=/news-releases/a-1.html>\
         <h3><small>Nov 24, 2026, 08:30 ET</small> Harbourlight to Acquire Tidepool</h3></a></div>",
        "Harbourlight to Acquire Tidepool",
        "https://www.prnewswire.com/news-releases/a-1.html",
        // Ahead of the clock by less than a day: as stated.
        "2026-11-24T13:30:00Z",
    );
}

#[test]
fn every_enabled_source_can_be_asked() {
    let sources = catalogue::parse(Path::new("config/sources.toml"), catalogue::SHIPPED).unwrap();
    let now = "2026-11-24T04:00:00Z".parse().unwrap();
    for source in sources.iter().filter(|source| source.enabled) {
        let request = dealwatch::source::request(source, &source.url, now);
        let url = request.url.as_str();
        assert!(!url.contains(['{', '}']) && !url.contains("%7B"), "{}: {url}", source.id);
    }
}
