"""The workspace of selective coding: core category, story and story line."""
