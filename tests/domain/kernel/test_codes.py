"""Public codes: what people type becomes one stored form, and what is no code is refused by name."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import codes

# Unified social credit codes


def test_the_published_credit_code_passes() -> None:
    assert codes.credit_code_is_valid("1144150000724047XL")


@pytest.mark.parametrize(
    "code",
    [
        "1144150000724047XM",  # wrong last character
        "1144150000724074XL",  # two digits swapped
        "1144150000724047X",  # one short
        "1144150000724047XI",  # a letter the code does not have
        "1144150000724047xl",
        "",
    ],
)
def test_a_credit_code_that_fails_its_check_is_noticed(code: str) -> None:
    assert not codes.credit_code_is_valid(code)


@given(place=st.integers(0, 17), character=st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_anywhere_spoils_a_credit_code(place: int, character: str) -> None:
    good = "1144150000724047XL"
    changed = good[:place] + character + good[place + 1 :]
    assert codes.credit_code_is_valid(changed) == (changed == good)


def test_a_suspect_credit_code_warns_in_both_languages_and_is_recorded() -> None:
    notice = codes.CreditCodeSuspect(field="credit_code", given="1144150000724047XM")
    assert "1144150000724047XM" in notice.zh.format(**notice.data)
    assert "recorded as given" in notice.en.format(**notice.data)
    assert not isinstance(notice, Exception)


# Number plates


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("宁A12345", "宁A12345"),
        ("宁A·12345", "宁A12345"),
        ("宁a • 1234b", "宁A1234B"),
        ("宁A.12345", "宁A12345"),
        ("宁Ａ．１２３４５", "宁A12345"),
        ("\u200b宁A\u00a012345\n", "宁A12345"),
        ("宁A1234警", "宁A1234警"),
        ("宁E1234学", "宁E1234学"),
        ("粤Z1234港", "粤Z1234港"),
        ("苏BA6860", "苏BA6860"),
    ],
)
def test_a_plate_is_stored_without_dots_and_spaces_in_capitals(typed: str, stored: str) -> None:
    assert codes.plate(typed) == stored


@pytest.mark.parametrize("plate", ["宁AD12345", "宁AFA1234", "宁A12345D", "宁A12345K"])
def test_new_energy_plates_are_one_longer(plate: str) -> None:
    assert codes.is_new_energy(codes.plate(plate))


def test_an_ordinary_plate_is_not_new_energy() -> None:
    assert not codes.is_new_energy("宁A12345")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "A12345",
        "宁112345",
        "宁I12345",
        "宁A1234O",
        "宁A1234",
        "宁A1234567",
        "宁AL12345",  # L marks no kind of new-energy car
        "宁A警1234",
        "宁A١٢٣٤٥",  # other scripts' digits
        "宁Aß1234",
        "鼠A12345",
    ],
)
def test_what_is_no_plate_is_refused(typed: str) -> None:
    with pytest.raises(codes.PlateInvalid) as caught:
        codes.plate(typed)
    assert f"“{typed}”" in caught.value.message_zh


# Vehicle identification numbers


@pytest.mark.parametrize("typed", ["1M8GDM9AXKP042788", "1m8gdm9axkp042788", "１M8GDM9AX KP042788 "])
def test_the_published_vin_passes_however_it_is_typed(typed: str) -> None:
    assert codes.vin(typed) == "1M8GDM9AXKP042788"


def test_seventeen_ones_are_a_vin_as_the_standard_says() -> None:
    assert codes.vin("1" * 17) == "1" * 17


@pytest.mark.parametrize("typed", ["", "1M8GDM9AXKP04278", "1M8GDM9AXKP0427888", "1M8GDM9AXKPO42788", "I" * 17])
def test_a_vin_of_other_length_or_letters_is_refused(typed: str) -> None:
    with pytest.raises(codes.VinInvalid) as caught:
        codes.vin(typed)
    assert caught.value.data["length"] == len(typed)


def test_a_vin_with_a_wrong_check_digit_is_refused_and_told_the_right_one() -> None:
    with pytest.raises(codes.VinCheckDigitWrong) as caught:
        codes.vin("1M8GDM9A1KP042788")
    assert (caught.value.data["found"], caught.value.data["expected"]) == ("1", "X")


@given(
    place=st.integers(0, 16).filter(lambda place: place != 8),
    digit=st.sampled_from(string.digits),
)
def test_one_wrong_digit_anywhere_spoils_a_vin(place: int, digit: str) -> None:
    good = "1" * 17
    changed = good[:place] + digit + good[place + 1 :]
    if changed == good:
        assert codes.vin(changed) == good
    else:
        with pytest.raises(codes.VinCheckDigitWrong):
            codes.vin(changed)


# Asset classes


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("A01010100", "办公用房"),
        ("A02010105", "台式计算机"),
        ("A05010502", "文件柜"),
        ("A02030500", "车辆"),  # not in the table: the nearest group above it
        ("A02019999", "设备"),
        ("A09000000", None),
    ],
)
def test_an_asset_class_has_the_name_of_its_nearest_group(code: str, name: str | None) -> None:
    assert codes.asset_class_name(codes.asset_class(code)) == name


def test_an_asset_class_is_normalised() -> None:
    assert codes.asset_class(" ａ0201 0105 ") == "A02010105"


@pytest.mark.parametrize("typed", ["", "A0201010", "2010105", "A020101055", "B02010105", "A0201O105"])
def test_what_is_no_asset_class_is_refused(typed: str) -> None:
    with pytest.raises(codes.AssetClassInvalid):
        codes.asset_class(typed)


def test_every_named_asset_class_is_one() -> None:
    assert [codes.asset_class(code) for code in codes.ASSET_CLASSES] == list(codes.ASSET_CLASSES)


# Divisions


def test_ningxia_has_five_cities_and_twenty_two_counties() -> None:
    cities = [code for code in codes.DIVISIONS if codes.parent_division(code) == "640000"]
    counties = [code for code in codes.DIVISIONS if codes.parent_division(code) in cities]
    assert (len(cities), len(counties)) == (5, 22)
    assert len(codes.DIVISIONS) == 1 + 5 + 22


@pytest.mark.parametrize(
    ("code", "name"), [("640000", "宁夏回族自治区"), ("640100", "银川市"), ("640104", "兴庆区"), ("640522", "海原县")]
)
def test_a_division_of_ningxia_is_known_by_its_full_name(code: str, name: str) -> None:
    assert codes.DIVISIONS[codes.division(code)] == name


@pytest.mark.parametrize("code", ["110101", "150000", "810000", "659001"])
def test_divisions_of_other_provinces_are_taken_as_they_are(code: str) -> None:
    assert codes.division(code) == code


@pytest.mark.parametrize("typed", ["", "64010", "6401044", "990101", "160000", "64O104", "兴庆区"])
def test_what_is_no_division_code_is_refused(typed: str) -> None:
    with pytest.raises(codes.DivisionInvalid):
        codes.division(typed)


@pytest.mark.parametrize("typed", ["640199", "640600", "640103"])
def test_a_division_that_ningxia_does_not_have_is_refused(typed: str) -> None:
    with pytest.raises(codes.DivisionUnknown):
        codes.division(typed)


def test_a_county_belongs_to_a_city_and_a_city_to_the_region() -> None:
    assert codes.parent_division("640104") == "640100"
    assert codes.parent_division("640100") == "640000"
    assert codes.parent_division("640000") is None


# Real estate


def test_an_estate_unit_code_is_stored_without_the_gaps_of_the_certificate() -> None:
    assert codes.estate_unit_code("640104 001001 gb00001 F00010001") == "640104001001GB00001F00010001"


@pytest.mark.parametrize(
    "typed",
    ["", "640104001001GB00001F0001000", "640104001001GB00001F000100011", "640104001001GB00001X00010001"],
)
def test_what_is_no_estate_unit_code_is_refused(typed: str) -> None:
    with pytest.raises(codes.EstateUnitCodeInvalid) as caught:
        codes.estate_unit_code(typed)
    assert caught.value.data["length"] == len(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 宁（２０２３）银川市不动产权第0000001号 ", "宁(2023)银川市不动产权第0000001号"),
        ("银房权证兴庆区字第 2009012345 号", "银房权证兴庆区字第 2009012345 号"),
    ],
)
def test_a_certificate_number_is_free_text_in_one_spelling(typed: str, stored: str) -> None:
    assert codes.certificate_number(typed) == stored


@pytest.mark.parametrize("typed", ["", "  ", "号" * 101, "第1号\n第2号", "第1号\x00"])
def test_a_certificate_number_that_nobody_could_read_is_refused(typed: str) -> None:
    with pytest.raises(codes.CertificateNumberInvalid):
        codes.certificate_number(typed)


def test_a_certificate_number_may_have_a_hundred_characters() -> None:
    assert codes.certificate_number("号" * 100) == "号" * 100


# Digests


def test_a_digest_has_exactly_one_form() -> None:
    assert codes.sha256_digest("0123456789abcdef" * 4) == "0123456789abcdef" * 4


@pytest.mark.parametrize("typed", ["", "ab" * 31, "AB" * 32, "zz" * 32, "ab" * 32 + "\n"])
def test_what_is_no_digest_is_refused(typed: str) -> None:
    with pytest.raises(codes.DigestInvalid):
        codes.sha256_digest(typed)
