from __future__ import annotations

import pytest

from synlint.analysis.credentials import LITERALS, assigned_secrets

VALUE = "f7Kq29ZtX0mWc4RbJ81v"


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in assigned_secrets(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"api_key = '{VALUE}'",
        f'"secret": "{VALUE}"',
        f"Password: {VALUE}.",
        f"the token is {VALUE}",
        f"Authorization: Bearer {VALUE}",
        f"API key `{VALUE}`",
        f"set DB_PASSWORD={VALUE}",
        f"密码：{VALUE}",
        f"password => '{VALUE}',",
    ],
)
def test_values_of_such_names(text: str) -> None:
    assert found(text) == [VALUE]
    assert any(literal in text.lower() for literal in LITERALS)


@pytest.mark.parametrize(
    "text",
    [
        f"commit {VALUE}",
        f"password_hash = '{VALUE}'",
        f"encrypted_password = '{VALUE}'",
        f"hash of the password: {VALUE[:7]}",
        f"token = get{VALUE}(8)",
        f"token = https://{VALUE}",
        "token = os.environ['TOKEN_2024_X']",
        "password: Sunshine2020",
        "密码要长：至少要使用8个字符的密码",
        "<input type='password' id='field1x9Zq7' name='p8'>",
    ],
)
def test_what_is_not_meant(text: str) -> None:
    assert found(text) == []
