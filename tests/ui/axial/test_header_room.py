"""The line above the model in little room: what does not fit stands in the menu at its end."""


def test_what_has_no_room_stands_in_the_menu_at_the_end(workspace, model):
    header = workspace.header
    workspace.resize(1600, 800)
    assert not header._more.isVisible()
    shown = [tool for tool in header._tools if tool.isVisible()]
    workspace.resize(760, 800)
    assert header._more.isVisible()
    assert workspace.width() == 760
    header._rest.aboutToShow.emit()
    hidden = [tool for tool in shown if not tool.isVisible()]
    assert hidden
    assert len(header._rest.actions()) == len(hidden)
