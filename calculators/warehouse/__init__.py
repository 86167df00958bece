"""The analyser's figures from a table of deals in a warehouse, worked out by the engine that holds it.

Needs the extra "warehouse"; the browser never gets this folder.
"""
