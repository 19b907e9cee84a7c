import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";
import { RECORD_TABLES } from "./protection-catalog";

const OWNER = "(SELECT relowner FROM pg_catalog.pg_class WHERE oid = 'public.audit_events'::regclass)";

/** Of a role or a database: what costs time or memory, and changes no result. */
const HARMLESS_SETTINGS =
  "^(work_mem|maintenance_work_mem|temp_buffers|statement_timeout|lock_timeout|idle_[a-z_]+|log_[a-z_]+|application_name|effective_[a-z_]+|random_page_cost|max_parallel_[a-z_]+|jit[a-z_]*)=";

/** What no migration makes, and would let somebody past what they make, or show the record other than it is. */
const LOOSE = `
  SELECT concat('the rule ', r.rulename, ' on ', c.relname, ' is no migration''s') AS text
    FROM pg_catalog.pg_rewrite r JOIN ${RECORD_TABLES} ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
  UNION ALL
  SELECT concat('rows of ', c.relname, ' are hidden by row-level security') FROM ${RECORD_TABLES}
    WHERE c.relkind = 'r' AND (c.relrowsecurity OR EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid))
  UNION ALL
  SELECT concat('rows of ', c.relname, ' are another table''s: ', i.inhrelid::regclass) FROM pg_catalog.pg_inherits i JOIN ${RECORD_TABLES} ON c.oid = i.inhparent
    WHERE c.relkind = 'r'
  UNION ALL
  SELECT concat('the table ', c.relname, ' has another owner than the rest of the record') FROM ${RECORD_TABLES}
    WHERE c.relkind IN ('r', 'v', 'S') AND c.relowner <> ${OWNER}
  UNION ALL
  SELECT concat('everybody may create in the schema of the record (REVOKE CREATE ON SCHEMA public FROM PUBLIC)')
    FROM pg_catalog.pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'public' AND a.privilege_type = 'CREATE' AND a.grantee = 0
  UNION ALL
  SELECT concat('the role ', pg_get_userbyid(a.grantee), ' may create in the schema of the record')
    FROM pg_catalog.pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'public' AND a.privilege_type = 'CREATE'
      AND a.grantee NOT IN (0, n.nspowner, ${OWNER})
  UNION ALL
  SELECT concat('the table ', c.relname, ' is unlogged: a crash empties it') FROM ${RECORD_TABLES} WHERE c.relkind IN ('r', 'S') AND c.relpersistence <> 'p'
  UNION ALL
  SELECT concat('the event trigger ', e.evtname, ' is no migration''s') FROM pg_catalog.pg_event_trigger e
  UNION ALL
  SELECT concat('default rights of ', pg_get_userbyid(d.defaclrole), ' give others a part of what is made later') FROM pg_catalog.pg_default_acl d
  UNION ALL
  SELECT concat('the setting ', setting, ' of ', CASE s.setrole WHEN 0 THEN 'every login' ELSE 'the login ' || pg_get_userbyid(s.setrole) END,
      ' changes how statements are understood')
    FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) setting
    WHERE s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
      AND setting !~* '^timezone=utc$' AND setting !~* '${HARMLESS_SETTINGS}'
  UNION ALL
  SELECT concat('the setting ', name, ' of the server is ', reset_val) FROM pg_catalog.pg_settings
    WHERE (name = 'session_replication_role' AND reset_val <> 'origin') OR (name IN ('allow_system_table_mods', 'transform_null_equals') AND reset_val <> 'off')
  UNION ALL
  SELECT concat('the login ', m.rolname, ' is past every right of the record, as a member of ', g.rolname)
    FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles g ON g.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member
    WHERE g.rolname IN ('pg_write_all_data', 'pg_read_all_data', 'pg_write_server_files', 'pg_read_server_files', 'pg_execute_server_program', 'pg_create_subscription')
      AND NOT m.rolsuper
  UNION ALL
  SELECT concat('the ', f.what, ' ', f.name, ' of the system is not as it came with the server')
    FROM (
      SELECT 'function' AS what, p.oid, p.oid::regprocedure::text AS name, p.xmin, 'pg_catalog.pg_proc'::regclass AS catalog
        FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace
      UNION ALL
      SELECT 'table', c.oid, c.relname::text, c.xmin, 'pg_catalog.pg_class'::regclass
        FROM pg_catalog.pg_class c WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.oid >= 16384
      UNION ALL
      SELECT 'operator', o.oid, o.oid::regoperator::text, o.xmin, 'pg_catalog.pg_operator'::regclass FROM pg_catalog.pg_operator o
      UNION ALL
      SELECT 'cast', k.oid, concat(format_type(k.castsource, NULL), ' AS ', format_type(k.casttarget, NULL)), k.xmin, 'pg_catalog.pg_cast'::regclass
        FROM pg_catalog.pg_cast k
    ) f
    WHERE (f.oid >= 16384 OR age(f.xmin) < (SELECT max(age(t.xmin)) FROM pg_catalog.pg_type t WHERE t.typnamespace = 'public'::regnamespace))
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = f.catalog AND d.objid = f.oid AND d.deptype = 'e')
  UNION ALL
  SELECT concat('the application''s login ', r.rolname, ' has the rights of a superuser or of the record''s owner') FROM pg_catalog.pg_roles r
    WHERE pg_has_role(r.oid, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = 'doseline_app'), 'MEMBER')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles s WHERE s.oid = r.oid AND s.rolsuper AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_auth_members m WHERE m.member = s.oid AND m.roleid = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = 'doseline_app')))
      AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication
        OR pg_has_role(r.oid, ${OWNER}, 'MEMBER'))
  ORDER BY 1`;

export const looseEnds = async (transaction: Transaction): Promise<readonly string[]> =>
  (await transaction.query<{ readonly text: string }>({ text: LOOSE })).map(({ text }) => text);
