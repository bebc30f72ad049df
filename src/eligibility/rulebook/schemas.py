"""The shape of every rule file, checked at the door: unknown keys, missing keys and wrong kinds of value.

The Chinese descriptions are what an editor shows beside a key (`eligibility rules schema`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from eligibility.model.policy import FactType, Kind, Status
from eligibility.model.truth import Truth
from eligibility.model.units import ValueFormatError, one_day

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_NUMBER_OR_TEXT: list[dict[str, Any]] = [{"type": kind} for kind in ("string", "number", "boolean")]
Written = Annotated[
    str | bool | list[str],
    WithJsonSchema({"anyOf": [*_NUMBER_OR_TEXT, {"type": "array", "items": {"type": "string"}}]}),
]
"""A legal value as written (a number stays its digits); its type gives it meaning."""

Cells = dict[str, Any]
"""A legal value that differs by choices: word → value, or → a further table where it differs by two."""


def _day(value: object) -> object:
    try:
        return one_day(value) if isinstance(value, str) else value
    except ValueFormatError as wrong:
        raise ValueError(wrong.problem.zh) from wrong


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "description": "日期，如 2009-01-01"})]
Tree = Annotated[str | dict[str, object], WithJsonSchema({"format": "tree"})]
"""A formula over conditions: a text (`a and not b`), or all / any / not over further ones (checked when compiled)."""

Accepted = Annotated[
    dict[Words, Words],
    Field(description="检查中可以接受的警告：警告代码 → 理由。写了理由的警告不再报出"),
]
Note = Annotated[str, Field(description="备注，给读规则的人看")]
English = Annotated[str, Field(description="英文名，给 --lang en 的读者看；不写则用代码代替")]


class Shape(BaseModel):
    """Base of all shapes: frozen, and an unknown key is an error. `about` is what the shape is, in Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    about: ClassVar[str] = ""


class CitationShape(Shape):
    """Where the law says it; `quote` is the article's own words, or 未见原文."""

    about = "出处：哪份文件、哪一条、原文怎么说、知道得多确切"

    instrument: Words = Field(description="文件代码，见 instruments.yaml")
    article: Words = Field(description="条款号；未见条次的说明借自何处")
    quote: Words = Field(description="条文原文；没有读到的写“未见原文”，读到而未抄录的写“未录原文”")
    status: Status = Field(description="知悉程度：seen 见原文，quoted 转引或未录原文，assumed 推定，unset 未定")


class InForce(Shape):
    """From when to when (exclusive) a rulebook is the law, and how surely that is known."""

    about = "施行期"

    since: Day = Field(description="施行日（含）")
    until: Day | None = Field(None, description="终止日（不含）；现行有效的不写")
    status: Status = Field(description="知悉程度：seen / assumed / unset")
    note: Note = ""


class HelpShape(Shape):
    """What never hurts: more (or less) of a fact, and the facts that move along with it."""

    about = "对当事人只有好处的变化：它不会把符合变成不符合"

    fact: Words = Field(description="哪个事实，写代码或中文名")
    move: Literal["more", "less"] = Field("more", description="more 增多（是/否：变为是），less 减少（变为否）")
    along: dict[Words, Literal["more", "less"]] = Field(
        {}, description="随之一起变化的事实：事实 → more 或 less（也可以不变），如多征地则剩余耕地减少"
    )
    note: Note = ""


class FairnessShape(Shape):
    """What a rulebook promises everybody; `eligibility rules prove` proves it."""

    about = "规则的公平承诺，由 eligibility rules prove 证明"

    never_depends_on: list[Words] = Field(
        [], description="任何结论都不因其而异的事实，如 性别；或不是事实的个人情况，如 姓名、民族、户口性质"
    )
    never_hurts: list[HelpShape] = Field([], description="只会有利的变化：绝不把符合变成不符合")


class RulebookShape(Shape):
    """`rulebook.yaml`: what this regime is, and its clauses in the order in which they are read."""

    about = "一套规则：名称、依据、施行期、结论的叫法、条款次序"

    id: Words = Field(description="代码，与文件夹同名")
    title: Words = Field(description="名称")
    title_en: English = ""
    instrument: Words = Field(description="依据的文件代码，见 instruments.yaml")
    document_number: str = Field("", description="文号；未见的留空")
    in_force: InForce = Field(description="施行期")
    supersedes: list[Words] = Field([], description="所取代的规则代码")
    outcomes: dict[Words, Words] = Field(description="四种结论的中文：eligible、not_eligible、register、manual_review")
    outcomes_en: dict[Words, Words] = Field({}, description="四种结论的英文")
    clauses: list[Words] = Field(description="条款代码，按阅读次序；每个条款文件都须列入")
    release_persons: int = Field(1, ge=1, le=5, description="发布须有几人批准（不同的人）")
    fairness: FairnessShape = Field(
        default_factory=lambda: FairnessShape(never_depends_on=[], never_hurts=[]),
        description="公平承诺，由 eligibility rules prove 证明",
    )
    accepted: Accepted = {}


class SourceShape(Shape):
    """Where a fact that a rulebook adds comes from: a column of one of the nine tables, or other facts."""

    about = "一个事实从哪里来：某张表的一列，或由别的事实算出"

    table: Literal["persons", "groups", "title_certificates", "contract_ledger", "agreements", "approvals"] = Field(
        "persons",
        description="哪张表：persons 人员名册，groups 村组情况，title_certificates 权证，contract_ledger 台账，"
        "agreements 征地协议，approvals 征地批文",
    )
    headers: list[Words] = Field([], description="该列的表头，第一个用于空白表；不写即用事实的中文名")
    blank: Literal["unknown", "no"] = Field("unknown", description="空白表示什么：unknown 不详，no 否（只用于是/否）")
    words: dict[Words, list[Words]] = Field({}, description="选项的其他写法：选项 → 写法")
    computed: str = Field("", description="由别的事实算出：写表达式，如 户耕地面积 + 自留地面积")


class FactShape(Shape):
    """One entry of `facts.yaml`. `choices` lists the values of a choice, or the word `gazetteer`: any place of it.

    `in_dossier: false`: no table of a dossier tells it, so a batch never knows it; only rulebooks that use it have it.
    """

    about = "一个事实：名称、类型、单位、认定日、由谁确认、凭什么证明"

    title: Words = Field(description="中文名，可直接写进表达式")
    title_en: English = ""
    type: FactType = Field(
        description="area 面积，area_per_head 人均面积，years 年龄，count 人数，money 金额，percent 百分比，date 日期，"
        "truth 是/否，choice 选项"
    )
    unit: str = Field("", description="单位：面积写亩，年龄写岁，人数写人，金额写元；其余不写")
    choices: list[Words] | Literal["gazetteer"] = Field([], description="选项；gazetteer 指地名表中的任一地名")
    day: Words = Field(description="按哪一天认定")
    confirmed_by: list[Words] = Field(description="由谁确认，代码见 bodies.yaml")
    proves: list[Words] = Field(description="凭哪些材料证明，代码见 documents.yaml")
    never_false: bool = Field(False, description="材料只能证明、不能否定（缺证不等于没有）")
    source: SourceShape | None = Field(None, description="规则自己加的事实：从哪里来；程序自带的事实不写")
    in_dossier: bool = Field(True, description="卷宗的表里有没有；没有的，批量审核时总是不详")
    always: list[Words] = Field(
        [], description="对任何人都成立的、事实之间的算术关系（只供 rules prove 用，不影响结论）"
    )
    accepted: Accepted = {}
    note: Note = ""


class PlaceName(Shape):
    """A name that a place bore only for a time."""

    about = "曾用名及使用期间"

    name: Words = Field(description="地名")
    since: Day | None = Field(None, description="启用日")
    until: Day | None = Field(None, description="停用日（不含）")


class PlaceShape(Shape):
    """One place of `gazetteer.yaml`: every name by which a paper may call it."""

    about = "一个地方在材料上的各种写法"

    names: list[Words | PlaceName] = Field(description="各种写法")
    communities: dict[Words, list[Words | PlaceName]] = Field(
        {}, description="本区社区的现名 → 曾用名（撤村建居、更名、并入）；写明期间的只用于期间内的材料"
    )
    note: Note = ""


class InstrumentShape(Shape):
    """One entry of `instruments.yaml`: a law, decree or opinion that citations may name."""

    about = "一份可引用的文件"

    title: Words = Field(description="文件全称")
    title_en: English = ""
    number: str = Field("", description="文号")
    known: Words = Field(description="原文看到了多少，用自己的话说")


class ReasonShape(Shape):
    """One entry of `reasons.yaml`: why a case goes to a person, and who can settle it."""

    about = "一个转人工核查的原因"

    title: Words = Field(description="给人看的说法")
    title_en: English = ""
    documents: list[Words | list[Words]] = Field(
        description="补齐哪些材料可以了结：每一项单独即可；写成 [甲, 乙] 的须一并具备。代码见 documents.yaml"
    )
    bodies: list[Words] = Field(description="找哪些单位，代码见 bodies.yaml")


class PaperShape(Shape):
    """One entry of `documents.yaml` written out: its names, and the bodies that supply it."""

    about = "一种材料：名称、由谁出具"

    title: Words = Field(description="名称")
    title_en: English = ""
    supplied_by: list[Words] = Field([], description="由哪些单位出具或保管，代码见 bodies.yaml")


class BodyShape(Shape):
    """One entry of `bodies.yaml` written out: its names."""

    about = "一个单位：名称"

    title: Words = Field(description="名称")
    title_en: English = ""


class ValueShape(Shape):
    """One dated value; null is unset."""

    about = "自某日起的数值及其出处"

    since: Day = Field(description="起用日（含）")
    until: Day | None = Field(None, description="停用日（不含）；不写则到下一个值起用为止")
    value: Written | Cells | None = Field(
        description="数值；不知道的写 null，status 写 unset；按选项分列的（by）写成 词: 数值"
    )
    citation: CitationShape = Field(description="这个数值的出处")


class ParameterShape(Shape):
    """One file of `parameters/`: the timeline of one legal number, and other values worth trying.

    `informs` marks a number that no clause decides by: `money` tells amounts (contributions, subsidies), `notice` what
    letters and rosters say (days of publication, time to appeal), never outcomes.
    """

    about = "一个法定数值：随时间变化，每个值都有出处"

    id: Words = Field(description="代码，与文件同名")
    title: Words = Field(description="中文名，可直接写进表达式")
    title_en: English = ""
    type: Literal[
        "area",
        "area_per_head",
        "years",
        "count",
        "money",
        "percent",
        "number",
        "date",
        "truth",
        "comparison",
        "choice",
        "words",
    ] = Field(
        description="area 面积，area_per_head 人均面积，years 年龄，count 人数，money 金额，percent 百分比，number 倍数，date 日期，"
        "truth 是/否，comparison 恰为标准是否算（lt/le），choice 选项，words 词表"
    )
    unit: str = Field("", description="单位：亩、公顷、平方米；岁；人；元；天、个月")
    choices: list[Words] = Field([], description="choice 类的可选值")
    by: list[Words] = Field([], description="按哪些选项事实分列，如 [区域类别]；写了的，value 写成 词: 数值")
    informs: Literal["", "money", "notice"] = Field(
        "", description="money：只用来算金额；notice：只用于告知书和公示；都不影响结论"
    )
    values: list[ValueShape] = Field(description="各时期的值，从早到晚")
    alternatives: list[Written] = Field([], description="值得试算的其他值")
    accepted: Accepted = {}
    note: Note = ""


class RestsOnShape(Shape):
    """The condition rests on `parameter` through how its facts were derived."""

    about = "事实在认定时已经用到的参数"

    parameter: Words = Field(description="参数代码")
    mark: Truth | None = Field(None, description="只在条件为 proven / refuted / open 时才依赖；不写即总是依赖")
    where: str = Field("", description="只在这个条件成立时才依赖")


class ConditionShape(Shape):
    """One entry of `conditions.yaml`.

    `comparison` names a parameter that says whether the line itself counts; `while_unset` one whose absence alone
    gives the condition a meaning (with a value it is refuted).
    """

    about = "一个条件：对事实的一句判断"

    title: Words = Field(description="中文名，条款里可直接使用")
    title_en: English = ""
    expression: Words = Field(
        description="如 人均剩余耕地 <= 大部分土地标准；可用比较、in、and、or、not、unknown(事实)"
    )
    comparison: str = Field("", description="恰为标准时是否算，由哪个 comparison 类参数决定")
    while_unset: str = Field("", description="只在这个参数未定期间才有意义")
    rests_on: list[RestsOnShape] = Field([], description="事实在认定时已经用到的参数")
    accepted: Accepted = {}
    note: Note = ""


class OpenReasonShape(Shape):
    """Give `reason`, or every reason of the list that `use` names, where `when` is proven."""

    about = "条款待核时，说明为什么"

    reason: str = Field("", description="核查原因代码，见 reasons.yaml")
    use: str = Field("", description="或者用 open_reasons.yaml 中的一份共用原因表")
    when: Tree = Field("", description="在什么情况下给出")


class ClauseShape(Shape):
    """One file of `clauses/`."""

    about = "一个条款"

    id: Words = Field(description="代码，与文件同名")
    title: Words = Field(description="中文名")
    title_en: English = ""
    kind: Kind = Field(
        description="requirement 要求，exclusion 排除，exception 例外，register 备案登记，elsewhere 另按其他办法办理，refer 转人工核查"
    )
    citation: CitationShape = Field(description="条款的出处")
    when: Tree = Field(description="条件的组合：一句 a and not b，或 all / any / not")
    text: Words = Field(description="条款起作用时，给当事人的一句话")
    text_en: Annotated[str, Field(description="同一句话的英文")] = ""
    excepts: str = Field("", description="例外条款：除外的是哪一条")
    follows: list[Words] = Field([], description="与这些条款一同不成立时，本条由它们而来，告知和说明里不再重复")
    on_refuted: list[Words] = Field([], description="转核条款不成立时的核查原因")
    on_open: list[OpenReasonShape] = Field([], description="待核时，按情形给出的核查原因")
    otherwise: list[Words] = Field([], description="待核而上面都不适用时的核查原因")
    accepted: Accepted = {}
    note: Note = ""
