-- Every trigger holds for everybody, also in a replication session. A trigger's function is run by its own trigger, and by no
-- other (triggers run without asking who may call their function).
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN SELECT tgrelid::regclass AS tab, tgname AS name FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace WHERE NOT tgisinternal
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', made.tab, made.name);
  END LOOP;
  FOR made IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'doseline\_%' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made.name);
  END LOOP;
END $$;
