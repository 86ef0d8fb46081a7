"""UPC-E: a UPC-A with its zeros pressed out, eight digits long."""

from __future__ import annotations

from ..models.gtin import ends_with_check_digit


def expand_upc_e(digits: str) -> str:
    """Give the 12 digits of the UPC-A that eight digits stand for, empty where they are no UPC-E.

    Number system 0 or 1, six digits, and the check digit of the expanded number:
    GS1 General Specifications, section 5.2.2.4.2. Forms that no encoder would have chosen are read too.
    """
    if len(digits) != 8 or digits[0] not in "01":
        return ""
    system, six, check = digits[0], digits[1:7], digits[7]
    match six[5]:
        case "0" | "1" | "2":
            body = f"{six[:2]}{six[5]}0000{six[2:5]}"
        case "3":
            body = f"{six[:3]}00000{six[3:5]}"
        case "4":
            body = f"{six[:4]}00000{six[4]}"
        case _:
            body = f"{six[:5]}0000{six[5]}"
    long = f"{system}{body}{check}"
    return long if ends_with_check_digit(int(long)) else ""
