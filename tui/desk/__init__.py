"""The coordinator's desk: the screen on which a person reads drafts and decides.

service     what the screens ask for: record, review, files; knows no widget
app         the application: screens, workers, keys
(the rest: one file a screen, a pane or a dialog)
"""
