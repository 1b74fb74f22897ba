"""Linking: Thai names to our IRIs, tables joined to the graph, other open datasets beside ours.

May import check and what lies below it; does not know submissions, pages or commands.
"""
