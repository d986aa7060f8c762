"""Options that several commands have, each worded once."""

from pathlib import Path

import click

from voting.words import Language

held_data_option = click.option(
    "--data",
    "data_dir",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The data directory of the sitting.",
)
"""`data_dir`: where a sitting was held or is being held."""

json_option = click.option("--json", "as_json", is_flag=True, help="Report as one JSON document instead of lines.")

language_option = click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default=Language.ENGLISH.value,
    show_default=True,
    help="The language of the reasons.",
)
