"""Personal data at rest: encrypted with AES-GCM, found again by a keyed hash."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
import re
from collections.abc import Mapping

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.engine.values import Json
from bot.errors import StoreRefused

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[a-z0-9]{1,16}")
HOW_TO = (
    "Write it as `dalil key` prints it, for example DALIL_KEY=k1:<key>; to change keys, add the new "
    "one at the end under another name: DALIL_KEY=k1:<key>,k2:<key>."
)


class Seal:
    """Seals values with the current key and opens what any of its keys has sealed.

    A sealed blob is: length of the key id (1 byte), key id, nonce (12 bytes), AES-GCM ciphertext.
    The key id and ``about`` are authenticated, so a blob moved to another place does not open.
    """

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        """``keys``: 32 bytes by key id, the oldest first; ``current``: the id that seals."""
        self.current = current
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        self._header = prefix(current)
        # The index must stay the same when a key is added, or nobody would be found again.
        # Therefore it hangs on the oldest key, which has to stay first for ever.
        oldest = next(iter(keys.values()))
        self._index_key = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"dalil blind index").derive(
            oldest
        )

    def seal(self, value: Json, about: str) -> bytes:
        """Encrypt ``value``; ``about`` says what it is ("lead:D-4F7K2Q") and opens it again."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self.current]
        secret = cipher.encrypt(nonce, _written(value), self._header + about.encode())
        return self._header + nonce + secret

    def open(self, blob: bytes, about: str) -> Json:
        """Decrypt what ``seal`` made with the same ``about``.

        Raises StoreRefused when no key fits or the blob was changed or moved.
        """
        end = 1 + blob[0]
        header, nonce, secret = blob[:end], blob[end : end + NONCE_BYTES], blob[end + NONCE_BYTES :]
        name = header[1:].decode(errors="replace")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise StoreRefused(
                f"DALIL_KEY lacks the key {name!r}, with which a part of the data was sealed. "
                "Put it back in its old place; keys are added, never taken away."
            )
        try:
            return json.loads(cipher.decrypt(nonce, secret, header + about.encode()))
        except InvalidTag:
            raise StoreRefused(
                f"The key {name!r} in DALIL_KEY does not open what is stored as {about!r}: "
                "it is another key than the one the data was sealed with, or the data was changed."
            ) from None

    def blind(self, text: str) -> str:
        """A stable index for ``text`` (64 hex digits) that tells nothing without the oldest key."""
        return hmac.digest(self._index_key, text.encode(), "sha256").hex()


def parse_key(text: str) -> Seal:
    """Read ``k1:BASE64[,k2:BASE64]``: the first key is the oldest, the last one seals.

    Raises StoreRefused, naming DALIL_KEY with an example and never repeating a key.
    """
    keys: dict[str, bytes] = {}
    name = ""
    for part in text.strip().split(","):
        name, colon, encoded = part.strip().partition(":")
        if not colon or not KEY_ID.fullmatch(name):
            raise StoreRefused(
                f"DALIL_KEY lacks a key with a name of small letters and digits. {HOW_TO}"
            )
        if name in keys:
            raise StoreRefused(f"DALIL_KEY names two keys {name!r}. {HOW_TO}")
        keys[name] = _decode(name, encoded)
    return Seal(keys, name)


def new_key() -> str:
    """A fresh random key in the form that ``parse_key`` reads."""
    return f"k1:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"


def _decode(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreRefused(
            f"In DALIL_KEY the key {name!r} is not {KEY_BYTES} bytes in base64 (44 letters). "
            f"{HOW_TO}"
        )
    return key


def _written(value: Json) -> bytes:
    """As JSON; also what orjson refuses, half a surrogate pair or a number beyond 64 bits, for
    what was set aside is kept as it came."""
    try:
        return orjson.dumps(value)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="surrogatepass")


def prefix(name: str) -> bytes:
    """What every blob begins with that the key of this name has sealed."""
    encoded = name.encode()
    return bytes([len(encoded)]) + encoded
