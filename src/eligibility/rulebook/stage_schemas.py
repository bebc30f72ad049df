"""The shape of `stages.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from eligibility.rulebook.schemas import CitationShape, Note, Shape, Words


class SignatureShape(Shape):
    """One body that must sign a stage."""

    about = "一个环节里须签字的一方"

    body: Words = Field(description="单位代码，见 bodies.yaml")
    roles: dict[Words, Words] = Field(min_length=1, description="可以签字的职务：代码 → 名称；同一环节内代码不得重复")
    opinion: Literal["", "community", "agriculture", "natural_resources", "street", "agency"] = Field(
        "", description="联审意见表中的环节；表中已“同意”的，等同这一方签字"
    )


class StageShape(Shape):
    """One entry of `stages.yaml`; the stages follow each other as they stand in the file."""

    about = "一个审核环节：名称、由谁签字；按文件中的次序进行"

    title: Words = Field(description="名称")
    signatures: list[SignatureShape] = Field(min_length=1, description="须签字的各方；都签了才算完成")
    decided_only: bool = Field(False, description="只签已有结论的；待人工核查的不能进入这一环节")
    citation: CitationShape = Field(description="环节的出处")
    note: Note = ""
