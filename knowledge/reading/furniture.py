"""What a web page puts around a document: breadcrumb, sharing, counters, printing, links, copyright.

Three tables, by where a line that matches is furniture. Such lines stay in the text; they are never quoted or searched.
"""

from __future__ import annotations

from knowledge.reading.lines import LONG, Line
from knowledge.rules import Rule, first, rule
from knowledge.text import compact


def _whole_line(name: str, pattern: str, meaning: str, furniture: tuple[str, ...], kept: tuple[str, ...]) -> Rule:
    """A row whose examples are lines that are furniture and lines that are not, as sources write them."""
    wholes = [(flat, flat) for flat in (compact(line).text for line in furniture)]
    return rule(name, pattern, meaning, *wholes, *((compact(line).text, "") for line in kept))


_BULLET = r"[•·*\-|>]*"
_COLON = r"[:|]*"
_SIZES = r"(?:特大|大|中|小|默认|[|/、])"

CRUMB = _whole_line(
    "breadcrumb",
    rf"""^{_BULLET} (?:
        (?:您|你)? (?:现在|当前|目前)? (?:所在|所处)? 的? 位置 {_COLON} [:>»→] .*
        | 首页 (?:>|»|→|-) .+
    )$""",
    "where the page stands in its site; what stands above it in the head is the site's own",
    (
        "您现在所在的位置: bat365>政务公开>政府信息公开平台>结果公开>重要部署执行",
        "当前位置：首页 > 政务公开 > 政策文件",
        "首页 > 政务公开 > 通知公告",
    ),
    ("位置优越的产业园区",),
)

ANYWHERE = (  # a whole line of these is furniture wherever it stands
    CRUMB,
    _whole_line(
        "share",
        rf"""^{_BULLET} (?:
            (?:一键)? 分享 (?:到|至)? : (?:微信|微博|新浪|腾讯|QQ|空间|好友|朋友圈|[、|/])*
            | 分享到 [^。,]{{0,30}}
        )$""",
        "sharing buttons",
        ("分享到:", "分享：", "分享到： 微信 微博"),
        ("又将其分享到自己的微信朋友圈。",),
    ),
    _whole_line(
        "visits",
        rf"""^{_BULLET} (?:浏览|点击|阅读|访问) [量数率]? (?:次数)? (?: [:(]+ [0-9,]* 次? \)? | [0-9,]+ 次? )$""",
        "how often the page was seen",
        ("  • 浏览量:", "浏览次数：1,203次"),
        ("浏览次数",),
    ),
    _whole_line(
        "font",
        rf"""^{_BULLET} [【\[(]? (?:字体大小|字体|字号|文字大小) (?: :? [【\[(] {_SIZES}* [】\])] | [:|]? {_SIZES}+ | : ) [】\])]?$""",
        "buttons for the size of type",
        ("  • 字体【      】", "字体：[ 大 中 小 ]", "字号 大 中 小", "【字体：大 中 小】"),
        ("发文字号",),
    ),
    _whole_line(
        "scan",
        r"""^(?:
            (?:打开|使用|用)? (?:手机|微信) “? (?:扫一扫|扫码|扫描) ”? [^。,]{0,20}
            | 扫一扫在?手机 .{0,12}
            | 扫描? (?:下方|右侧)? 二维码 [^。,]{0,20}
        )$""",
        "an invitation to read on the phone",
        ("手机扫码浏览", "扫一扫在手机打开当前页", "用手机扫一扫查看本文"),
        ("扫码行动全面展开,取得成效。",),
    ),
)

ENDS = (  # furniture above the body or below it only
    _whole_line(
        "buttons",
        rf"""^{_BULLET} (?: [【\[(]? (?:
            (?:打印|关闭|收藏) (?:本页|此页|页面|正文|窗口)?
            | 返回 (?:顶部|首页|列表|上页)?
            | 我?要?纠错|分享|转发|下载|保存|复制链接|大|中|小
        ) [】\])]? [|/、]? )+$""",
        "what can be done with the page",
        ("【打印】 【关闭窗口】", "打印本页 | 关闭窗口", "大 中 小"),
        ("打印机采购方案",),
    ),
    _whole_line(
        "editor",
        r"^[(\[]?(?:责任编辑|责编|编辑|审核|初审|终审|作者|来源|信息来源|稿源|摄影)[:].{0,30}$",
        "who put the page together",
        ("责任编辑：", "来源：江西省人民政府官网"),
        ("资金来源由区财政保障",),
    ),
    _whole_line(
        "attachment",
        r"^(?:附件[0-9一二三四五六七八九十]*:?|[0-9]{1,2}[.、])?[^。;|]{2,80}[.](?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|jpe?g|png)$|^附件下载:?$",
        "a link to a file below the document",
        ("附件：1.创新券申请表.docx", "2.汇总表.xls", "附件下载：", "关于印发临川区科技创新券管理办法的通知.pdf"),
        ("附件：1.创新券申请表", "材料以doc或docx格式报送"),
    ),
    _whole_line(
        "site",
        r"^[^。,，:《》]{2,30}(?:门户网站|政府网站|政府网|政务网|政务服务网|信息公开网|信息公开平台|公共服务平台)$",
        "the site's name",
        ("临川区人民政府门户网站", "中国政府网"),
        ("建设科技创新公共服务平台,支持企业上网",),
    ),
    _whole_line(
        "menu",
        r"""^(?: (?:
            (?:网站)?首页|(?:政府)?信息公开|政务公开|政务服务|互动交流|走进[^走]{2,4}|新闻中心|通知公告|政策文件|政策解读
            | 登录|注册|无障碍|长者模式|关怀版|繁体|繁體|English|(?:站内)?搜索
        ) [|>]? )+$""",
        "the site's menu",
        ("首页 政务公开 政务服务 互动交流", "无障碍 | 长者模式 | 繁体"),
        ("政务服务质效显著提升",),
    ),
)

OPENERS = (  # below the body these are furniture, and so is all that follows
    _whole_line(
        "links",
        rf"""^{_BULLET} (?:
            (?:相关|关联|延伸|推荐|热门) (?:链接|稿件|文件|文档|解读|政策|信息|阅读|新闻|附件下载)
            | 政策解读|图解|[上下]一[篇条]|友情链接|网站地图|网站声明
        ) (?:[:>].*)?$""",
        "links to other pages",
        ("相关稿件", "上一篇：关于开展科技型中小企业评价工作的通知"),
        ("相关政策由区发改委负责解释",),
    ),
    _whole_line(
        "imprint",
        r"""^.{0,100} (?:版权所有|ICP备|公网安备|网站标识码|(?:主办|承办|维护)单位:|技术支持:|ProducedBy|Produced\sBy) .*$
        | ^(?:主办|承办|主管): .*$""",
        "who runs the site",
        ("版权所有：临川区人民政府", "主办：临川区人民政府办公室 网站标识码：3610020001", "Produced By 大汉网络"),
        ("牵头单位:区发改委",),
    ),
)


def crumb(line: Line) -> bool:
    """Whether the line says where the page stands in its site."""
    return not line.long and bool(CRUMB.pattern.match(line.flat))


def anywhere(line: Line) -> bool:
    """Whether the line is furniture wherever it stands."""
    return line.end - line.start <= LONG // 2 and first(ANYWHERE, line.flat) is not None


def outside(line: Line) -> bool:
    """Whether the line is furniture above or below the body."""
    return anywhere(line) or (not line.long and first((*ENDS, *OPENERS), line.flat) is not None)


def opens(line: Line) -> bool:
    """Whether, below the body, this line and all that follow are furniture."""
    return not line.long and first(OPENERS, line.flat) is not None


TABLES: tuple[tuple[Rule, ...], ...] = (ANYWHERE, ENDS, OPENERS)
