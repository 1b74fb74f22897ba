"""`/template.xlsx`: the workbook that people fill in, made from the forms and from what is published."""

from collections.abc import Callable

from flask import Blueprint, Response, g

from mueang.errors import Language
from mueang.web.download import as_file
from mueang.web.language import reader_language

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blueprint_over(template: Callable[[Language], tuple[bytes, int | None]]) -> Blueprint:
    """The route, with what makes the workbook and tells from which generation."""
    blueprint = Blueprint("form", __name__)

    @blueprint.get("/template.xlsx")
    def workbook() -> Response:
        """The workbook in the reader's language."""
        language = reader_language()
        content, generation = template(language)
        if generation is not None:
            g.setdefault("generations", set()).add(generation)
        response = Response(content, content_type=_XLSX)
        as_file(response, f"mueang-template-{language}.xlsx")
        return response

    return blueprint
