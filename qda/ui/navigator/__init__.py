"""The left side: documents and cases, and the tree of codes; used in open and in axial coding."""
