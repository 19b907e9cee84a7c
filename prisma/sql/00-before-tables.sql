-- Before the tables, whose columns take it as their default.

-- The transaction that asks, in a form that no other ever has: its number, which begins anew in a cluster that a dump was
-- restored into, and the microsecond that it began at. Within a SAVEPOINT it is the same. Names are written out, for whoever
-- inserts has a search path of their own.
CREATE FUNCTION this_transaction() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT pg_catalog.concat(pg_catalog.pg_current_xact_id(), '@', pg_catalog.extract('epoch', pg_catalog.transaction_timestamp()))
$$;
