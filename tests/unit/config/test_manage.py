"""`dotpha manage` refuses what would write people or rights without a trace."""

import pytest

from dotpha.config import manage


@pytest.mark.parametrize("command", ["changepassword", "createsuperuser", "flush", "loaddata", "shell"])
def test_commands_that_leave_no_trace_are_refused_in_one_sentence(command, capsys):
    assert manage.run([command]) == 2
    assert "không để lại dấu vết" in capsys.readouterr().err
