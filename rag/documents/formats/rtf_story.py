"""The paragraphs and tables of one story of an RTF file, as its control words build them."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.documents.formats.blocks import Block, Cell, Paragraph, Row, Run, Table


@dataclass(slots=True)
class CellRule:
    """How a cell of the row is merged with others."""

    left: bool = False  # goes on from the cell before it
    above: bool = False
    shaded: bool = False


@dataclass(slots=True)
class Story:
    """A body, note, header, box or comment that is being read."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)  # that stand in the open paragraph
    label: str = ""
    rules: list[CellRule] = field(default_factory=list)
    rule: CellRule = field(default_factory=CellRule)
    head: bool = False
    _cell: list[Block] = field(default_factory=list)
    _cells: list[list[Block]] = field(default_factory=list)
    _nested: list[list[Block]] = field(default_factory=list)
    _nested_cell: list[Block] = field(default_factory=list)

    def end_paragraph(self, template: Paragraph, level: int, always: bool = True) -> None:
        """Close the open paragraph.

        Args:
            template: what sort of paragraph it is.
            level: of the table that it stands in; 0 for none.
            always: also where nothing is in it.
        """
        if self.runs or self.label or (always and level):
            template.runs = self.runs
            self._place(level).append(template)
        self._place(level).extend(self.boxes)
        self.runs, self.boxes, self.label = [], [], ""

    def _place(self, level: int) -> list[Block]:
        if level == 0:
            self.end_table()
            return self.blocks
        return self._cell if level == 1 else self._nested_cell

    def end_cell(self) -> None:
        """Close the open cell."""
        self._cells.append(self._cell)
        self._cell = []

    def end_nested_cell(self) -> None:
        """Close the open cell of a table in a table."""
        self._nested.append(self._nested_cell)
        self._nested_cell = []

    def end_nested_row(self) -> None:
        """Close the open row of a table in a table; tables deeper still are read as rows of that."""
        row = Row([Cell(blocks) for blocks in self._nested])
        self._nested = []
        if self._cell and isinstance(self._cell[-1], Table):
            self._cell[-1].rows.append(row)
        else:
            self._cell.append(Table([row]))

    def end_row(self) -> None:
        """Close the open row."""
        cells: list[Cell] = []
        for number, blocks in enumerate(self._cells):
            rule = self.rules[number] if number < len(self.rules) else CellRule()
            if rule.left and cells:
                cells[-1].columns += 1
                cells[-1].blocks += blocks
            else:
                cells.append(Cell([] if rule.above else blocks, above=rule.above))
        self._cells = []
        if cells:
            last = self.blocks[-1] if self.blocks else None
            if not isinstance(last, Table):
                last = Table([])
                self.blocks.append(last)
            last.rows.append(Row(cells, self.head))

    def end_table(self) -> None:
        """A paragraph outside follows: a row without an end is ended."""
        if self._cell:
            self.end_cell()
        if self._cells:
            self.end_row()
