"""Everything that is kept, and the only place with SQL.

Callers give ``Store.run`` a plain function of a :class:`~bot.store.store.Transaction`, and in it
call the functions of ``citizens``, ``updates``, ``leads``, ``offices``, ``outbox`` and
``revisions``. They see neither tables nor the kind of database.
"""
