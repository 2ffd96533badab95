"""The desk's colours: dark, light, and high contrast. A test measures every pair that is shown."""

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="dark",
    dark=True,
    primary="#7fb4ff",
    secondary="#9fd0c0",
    accent="#ffc66d",
    foreground="#e6e6e6",
    background="#14161a",
    surface="#14161a",
    panel="#262a31",
    warning="#ffc66d",
    error="#ff8f87",
    success="#8fd694",
)
LIGHT: Final = Theme(
    name="light",
    dark=False,
    primary="#0b4f9c",
    secondary="#1d5f52",
    accent="#7a4600",
    foreground="#1b1d21",
    background="#fbfbf8",
    surface="#fbfbf8",
    panel="#e4e6ea",
    warning="#7a4600",
    error="#a3140c",
    success="#1d6328",
)
CONTRAST: Final = Theme(
    name="contrast",
    dark=True,
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    warning="#ffff00",
    error="#ffb3b3",
    success="#b3ffb3",
)
THEMES: Final = (DARK, LIGHT, CONTRAST)
