"""The form for one thing in a real browser: filled in by keyboard alone, mended at its fields, handed in, without script."""

from typing import Any

import pytest

from test_browser_submission import Place, _fits, place, playwright

__all__ = ["place", "playwright"]
pytestmark = pytest.mark.slow


def _type_into(page: Any, name: str, text: str, most: int = 80) -> None:
    """Go on with the tab key until the field has the focus, then type."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name and not page.evaluate(
            "document.activeElement.value"
        ):
            page.keyboard.type(text)
            return
    pytest.fail(f"the keyboard does not reach {name}")


def _press_enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_area_is_filled_in_by_keyboard_mended_and_handed_in(place: Place) -> None:
    with place.visit("สมชาย") as page:
        page.goto(f"{place.root}/submit/area?lang=th")
        _type_into(page, "form-area-name-en", "Keyboard Town")
        _type_into(page, "form-area-province", "ราชบุรี")
        _press_enter(page)
        _fits(page)
        assert "ยังมีช่องที่ต้องแก้" in page.inner_text("main")
        field = page.locator('[name="form-area-name-th"]')
        assert field.get_attribute("aria-invalid") == "true"
        told = page.locator(f"#{(field.get_attribute('aria-describedby') or '').split()[1]}")
        assert "ต้องแก้" in told.inner_text()
        _type_into(page, "form-area-name-th", "เมืองแป้นพิมพ์")
        _press_enter(page)
        assert "ผ่านการตรวจ" in page.inner_text("main")
        _type_into(page, "note", "จากแป้นพิมพ์")
        _press_enter(page)
        assert page.url.startswith(f"{place.root}/submissions/")
        assert "รอผู้ตรวจ" in page.inner_text("main")
        assert "area-เมืองแป้นพิมพ์-ราชบุรี.csv" in page.inner_text("main")


def test_a_form_works_without_script(place: Place) -> None:
    context = place.browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    page.goto(f"{place.root}/submit/city?lang=en")
    page.fill('[name="form-city-name-en"]', "No Script Town")
    page.click("text=Check >> nth=-1")
    assert "Some fields have to be mended" in page.content()
    context.close()
