"""Commands that equip a writer's own tools: the editor and the shell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.frame import cli, shown
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen


@cli.command()
@click.argument("name", type=click.Choice(["entry", "guide"]), required=False)
@shown
def schema(screen: Screen, root: Path, name: str | None) -> ExitCode:
    """Print the schema of entries or of guide.toml, by which editors complete keys and check them.

    Without a name, put both into the guide's .filmguide/ as this release has them; there the first lines of
    guide.toml and of entries name them.
    """
    if name is None:
        from book.scaffold import renew_schemas

        files = renew_schemas(root)
        return screen.tell(list(map(str, files)), files=files)
    from book.schema import SCHEMAS, schema_text

    if screen.as_json:
        return screen.print_json(SCHEMAS[name]())
    click.echo(schema_text(name), nl=False)
    return ExitCode.DONE


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shown
def completion(screen: Screen, root: Path, shell: str) -> ExitCode:
    """Print what lets a shell complete commands, options and the names of your films.

    \b
    bash, in ~/.bashrc:  eval "$(filmguide completion bash)"
    zsh, in ~/.zshrc:    eval "$(filmguide completion zsh)"
    fish, once:          filmguide completion fish \\
                           > ~/.config/fish/completions/filmguide.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # click brings all three
    script = made(cli, {}, "filmguide", "_FILMGUIDE_COMPLETE").source()
    if screen.as_json:
        return screen.tell((), facts={"script": script})
    click.echo(script)
    return ExitCode.DONE
