"""Reports: what a project hands to readers. A report is made as a ``model.Report``; renderers write it."""
