"""A table that is filled as its figures come, printed as Markdown."""

import sys

from contestants import Failed


class Table:
    def __init__(self, title, columns):
        self.title = title
        self.columns = columns
        self.rows = []

    def add(self, name, *cells):
        """A row of cells, each worked out on its own: one that fails leaves a gap, and says why on stderr."""
        self.rows.append([name, *(self._try(cell, "–") for cell in cells)])

    def add_row(self, name, row):
        """A row that is worked out at once."""
        self.rows.append(self._try(row, [name] + ["–"] * (len(self.columns) - 1)))

    def markdown(self):
        lines = [f"### {self.title}", "", self._line(self.columns), self._line(["---"] * len(self.columns))]
        return "\n".join(lines + [self._line(row) for row in self.rows]) + "\n"

    @staticmethod
    def _line(cells):
        return "| " + " | ".join(cells) + " |"

    @staticmethod
    def _try(work, otherwise):
        try:
            return work()
        except Failed as failure:
            print(f"left out: {failure}", file=sys.stderr)
            return otherwise
