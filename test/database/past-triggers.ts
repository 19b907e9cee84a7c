/** One connection with all rights. */
export type Superuser = {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;
};

/** Past every trigger, also those that are ENABLE ALWAYS, and past every foreign key; afterwards all is as it was. */
export const pastTriggers = async (
  superuser: Superuser,
  table: string,
  work: () => Promise<unknown>,
): Promise<void> => {
  await superuser.query("SET session_replication_role = replica");
  const { rows } = await superuser.query(
    `SELECT tgname AS name FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal`,
    [table],
  );
  await superuser.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await work();
  for (const { name } of rows as readonly { readonly name: string }[])
    await superuser.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`);
  await superuser.query("SET session_replication_role = origin");
};
