"""The shapes of `classes.yaml` and of the files of `benefits/`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from eligibility.rulebook.schemas import Accepted, CitationShape, English, Note, Shape, Tree, Words


class ClassShape(Shape):
    """One entry of `classes.yaml`; a case belongs to the first whose formula is proven."""

    about = "结论的一个类别，如完全失地；按文件中的次序，先成立的为准"

    title: Words = Field(description="名称")
    title_en: English = ""
    outcomes: list[Words] = Field(["eligible"], min_length=1, description="用于哪些结论")
    when: Tree = Field(description="条件的组合，与条款的 when 写法相同")
    citation: CitationShape = Field(description="出处")
    accepted: Accepted = Field({})
    note: Note = ""


class RoundShape(Shape):
    """How a step is rounded."""

    about = "取整：到什么单位、怎样取"

    to: Words = Field(description="取到多少的整倍数，如 0.01元、1元、1年")
    how: Literal["half_up", "down", "up"] = Field(description="half_up 四舍五入，down 舍去，up 进一")


class CaseShape(Shape):
    """One case of a step."""

    about = "一步中的一种情形：先成立的为准；不写 when 的是其余情形"

    when: str = Field("", description="对事实的判断，写法同条件；不写即其余情形，只能在最后")
    value: Words = Field(description="这种情形的数：表达式，如 10 年、金额 * 比例")


class StepShape(Shape):
    """One step of a reckoning."""

    about = "计算的一步：名称、单位、数、上下限、取整、出处"

    id: Words = Field(description="代码，后面的步骤可用它或名称")
    title: Words = Field(description="名称，后面的步骤可直接写")
    title_en: English = ""
    unit: str = Field("", description="单位：元、年、月、人、亩；不写即纯数")
    value: str = Field("", description="表达式；分情形的写 cases")
    cases: list[CaseShape] = Field([], description="分情形的数，按次序先成立的为准")
    at_least: str = Field("", description="不少于")
    at_most: str = Field("", description="不多于")
    round: RoundShape | None = Field(None, description="取整；不写即不取整")
    citation: CitationShape = Field(description="出处")
    note: Note = ""


class FundingShape(Shape):
    """Who bears which part."""

    about = "一个出资方：承担多少、出处；最后一个承担其余"

    payer: Words = Field(description="代码")
    title: Words = Field(description="名称，如 区财政、个人")
    title_en: English = ""
    share: str = Field("", description="比例：80% 或百分比参数；不写即承担其余，只能是最后一个")
    citation: CitationShape = Field(description="出处")
    note: Note = ""


class BenefitShape(Shape):
    """One file of `benefits/`."""

    about = "一项补助、待遇或缴费：给谁、怎样算、由谁出"

    id: Words = Field(description="代码，与文件同名")
    title: Words = Field(description="中文名")
    title_en: English = ""
    outcomes: list[Words] = Field(["eligible"], min_length=1, description="给哪些结论的人")
    classes: list[Words] = Field([], description="只给哪些类别的人，代码见 classes.yaml；不写即不分")
    when: str = Field("", description="还须成立的判断，写法同条件；不成立的没有这一项")
    paid: Literal["once", "month", "year"] = Field(description="once 一次，month 每月，year 每年")
    starts: str = Field("", description="从哪一天起，如 出生日期 + 60 年；不写即无起始日")
    ends: str = Field("", description="到哪一天止（不含）")
    most: str = Field("", description="至多付几次，如 15 次、最长年数")
    less: list[Words] = Field([], description="付时扣除哪些项目已付的数")
    transfer: bool = Field(True, description="是否由单位发放；个人缴费写 false，只计算，不进发放名册")
    steps: list[StepShape] = Field(min_length=1, description="计算步骤，最后一步是一次的金额，单位元，须写取整")
    shares: list[FundingShape] = Field([], description="由谁出资；不写即不分")
    citation: CitationShape = Field(description="出处")
    accepted: Accepted = Field({})
    note: Note = ""
