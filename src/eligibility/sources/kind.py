"""The form of one file of `kinds/`: what a kind of source is called, what its headers mean, and what becomes of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
TableKey = Literal[
    "persons", "title_certificates", "contract_ledger", "groups", "approvals", "approval_parcels", "agreements", "payouts",
    "confirmations",
]  # fmt: skip


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Lookup(_Form):
    """A value that another sheet of the dossier has: the row in which `by` there equals `key` here, where all such rows agree."""

    kind: Key = Field(description="kind of the other sheet / 另一张表的类别")
    key: Key = Field(description="meaning of the column here whose value is looked up / 本表用来查找的列的含义")
    by: Key = Field(description="meaning of the column there that must be equal / 另一张表中对应列的含义")
    value: Key = Field(description="meaning of the column there whose value is taken / 取值的列的含义")
    first: int = Field(
        default=0, ge=0, le=30, description="only the first so many characters of the value here / 只取前几位"
    )
    same_place: bool = Field(default=False, description="community and group must be equal too / 社区和组也须相同")
    total: bool = Field(default=False, description="areas of several rows there add up / 多行面积相加")
    named: tuple[Word, ...] = Field(
        default=(),
        description="only sheets whose file, name or title has one of these words / 只查名称或标题含某词的表",
    )
    where: dict[Key, tuple[Word, ...]] = Field(
        default={}, description="only rows there in which that column has one of these words / 只查含某词的行"
    )
    where_not: dict[Key, tuple[Word, ...]] = Field(
        default={}, description="only rows there in which that column has none of these words / 不查含某词的行"
    )


class ByTitle(_Form):
    """A value of the one row of another sheet, of the same community and group, whose words stand in the title or name of this one."""

    kind: Key = Field(description="kind of the other sheet / 另一张表的类别")
    has: Key = Field(description="meaning there whose text must stand in the title here / 本表标题须含其内容的列")
    value: Key = Field(description="meaning there whose value is taken / 取值的列的含义")


class Case(_Form):
    """A value that follows from which columns of a row are filled; a column that the sheet lacks is neither filled nor blank."""

    value: Word
    filled: tuple[Key, ...] = Field(default=(), description="meanings that have a value / 有值的列")
    blank: tuple[Key, ...] = Field(
        default=(), description="meanings whose column is there without a value / 有此列而空白"
    )


class Either(_Form):
    """One of two columns, by whether any of others has a value in the row."""

    when: tuple[Key, ...] = Field(description="meanings of which one has a value / 其中一列有值时")
    of: Key = Field(description="then this column / 取此列")
    otherwise: Key = Field(description="else this one / 否则取此列")


class Column(_Form):
    """How one column of a table is made from a sheet of this kind; without an entry, from the column of that meaning."""

    of: tuple[Key, ...] = Field(
        default=(), description="meanings of the columns, the first that is filled / 依次取用的列"
    )
    joined: bool = Field(default=False, description="all of `of` that are filled, joined by “、” / 各列都有值的并列")
    either: Either | None = Field(default=None, description="one of two columns, by a third / 按另一列有无值取其一")
    household: bool = Field(default=False, description="the household of the row, as the kind says / 按本类的户的写法")
    by_title: ByTitle | None = Field(default=None, description="by words of the title / 按标题中的词查找")
    cases: tuple[Case, ...] = Field(default=(), description="values by which columns are filled / 按哪些列有值而定")
    first: int = Field(default=0, ge=0, le=30, description="only the first so many characters / 只取前几位")
    value: str = Field(default="", max_length=80, description="the same for every row / 各行相同的值")
    titles: dict[str, str] = Field(
        default={}, description="another value where a title has this word / 标题含某词时改用的值"
    )
    place: Literal["", "street", "community", "group"] = Field(
        default="", description="the part of a place name / 地名的一部分"
    )
    whole: bool = Field(default=False, description="only of a name that has its group / 地名含组名才取用")
    look: tuple[Lookup, ...] = Field(
        default=(), description="where other sheets tell it, in this order / 依次从其他表查找"
    )
    instead: dict[str, str] = Field(default={}, description="cells that are written otherwise / 改写的单元格")
    otherwise: str = Field(default="", max_length=80, description="where nothing is found / 找不到时填写")
    otherwise_of: Key | tuple[Key, ...] | Literal[""] = Field(
        default="", description="columns that stand in where nothing is found, in this order / 找不到时依次改用的列"
    )
    otherwise_first: int = Field(default=0, ge=0, le=30, description="only its first so many characters / 只取其前几位")
    otherwise_mark: str = Field(default="", max_length=10, description="put before what stands in / 替代值前的标记")
    filled_is_unknown: bool = Field(
        default=False, description="a cell with a value leaves it unknown, a blank one leaves it blank / 有值即不详"
    )
    named_is_unknown: bool = Field(
        default=False,
        description="a row that `look` finds leaves it unknown, one that it does not find leaves it blank / 查到即不详",
    )

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """The columns that stand in where nothing is found."""
        return (
            self.otherwise_of
            if isinstance(self.otherwise_of, tuple)
            else (self.otherwise_of,)
            if self.otherwise_of
            else ()
        )


class Reading(_Form):
    """How the rows become rows of one of the nine tables."""

    table: TableKey
    columns: dict[Key, Column] = {}
    keep: dict[Key, tuple[Word, ...]] = Field(
        default={}, description="only rows in which the column of that meaning holds one of these / 只取这些值的行"
    )
    needs: tuple[Key, ...] = Field(default=(), description="meanings without which it is not read so / 必有的含义")
    unless: tuple[Lookup, ...] = Field(
        default=(), description="rows that another sheet has already are left out / 其他表已有的行不再读取"
    )
    agree: tuple[Lookup, ...] = Field(
        default=(),
        description="they are left out only where the other sheet says the same in these / 其他表所写相同的才不再读取",
    )
    once: tuple[Key, ...] = Field(
        default=(),
        description="rows in which these cells are all merged with the row above are that row / 这些列都与上一行合并的，是同一行",
    )
    some: tuple[Key, ...] = Field(
        default=(), description="only rows in which one of these has a value / 这些列至少一列有值的行"
    )
    by_class: Literal["", "area", "amount"] = Field(
        default="", description="each class column of that measure gives rows of its own / 按地类分行"
    )
    classes: tuple[Word, ...] = Field(default=(), description="only class columns of these classes / 只取这些地类")
    remark_codes: dict[str, str] = Field(default={}, description="codes of remarks in words / 备注代码对照")


class Kind(_Form):
    """One kind of source."""

    zh: Word
    en: Word
    source: tuple[str, ...] = Field(default=(), description="papers by which the headers are known / 表头出处")
    becomes: TableKey | Literal[""] = Field(
        default="", description="table that its rows tell of; blank: left aside / 对应的表"
    )
    table: TableKey | Literal[""] = Field(default="", description="the kind is this table itself / 就是九张表之一")
    names: tuple[Word, ...] = Field(
        default=(), description="words of titles, files and sheets / 标题、文件名、工作表名中的词"
    )
    needs: tuple[Key, ...] = Field(
        default=(), description="meanings without which a sheet is not of this kind / 必有的含义"
    )
    blank: tuple[Word, ...] = Field(default=(), description="cells that mean no value / 表示空白的写法")
    household: tuple[tuple[Key, ...], ...] = Field(
        default=(),
        description="what makes a household of its rows: the first of these that a row has / 户由哪些列确定，依次取用",
    )
    by_class: bool = Field(default=False, description="classes of land stand in columns / 各地类各占一列")
    words: dict[Key, tuple[Word, ...]] = Field(
        default={}, description="headers by meaning; levels are joined by “/” / 表头"
    )
    asked: dict[Key, tuple[Word, ...]] = Field(
        default={}, description="headers that may mean it, to be asked / 要问的表头"
    )
    concerns: TableKey | Literal[""] = Field(
        default="",
        description="left aside, though its rows may decide: nobody whom they may concern is decided / 未采用但可能影响判定",
    )
    compares: Literal[
        "", "public_staff", "officer", "employee_pension", "imprisoned", "student", "deceased_on", "residence", "membership", "public_pension"
    ] = Field(
        default="", description="what its rows say of persons whom a roster lists; the roster is compared with it / 用于比对的内容"
    )  # fmt: skip
    readings: tuple[Reading, ...] = Field(
        default=(), description="how it is read; none: left aside / 读取方式，无则不采用"
    )
