// Checks whether everything in the database is as it was recorded.
import { writeFault } from "@/lib/domain/trail/audit-fault";
import { database } from "@/lib/server/db/database";
import { verifyDatabase } from "@/lib/server/operations/audit/verify-database";
import type { VerifiedDatabase } from "@/lib/server/operations/audit/verify-database";

const [key] = process.argv.slice(2);

const countsOf = ({ studies, animals, events, chains, entries, checkpoints }: VerifiedDatabase): string =>
  `${String(events)} events in ${String(chains)} chains, ${String(entries)} entries of ${String(animals)} animals in ` +
  `${String(studies)} studies, ${String(checkpoints)} checkpoints: everything is as it was recorded.`;

const tell = (verified: VerifiedDatabase): void => {
  if (!verified.isSignerChecked)
    console.error("The signer of the checkpoints was not checked: there is no CHECKPOINT_KEY_FILE here, and no --key.");
  if (verified.ofOthers > 0)
    console.error(`CHECKPOINT_FILE holds ${String(verified.ofOthers)} checkpoints of other databases as well.`);
  for (const fault of verified.faults) console.log(writeFault(fault));
  if (verified.faults.length === 0) console.log(countsOf(verified));
  else process.exitCode = 1;
};

try {
  tell(await verifyDatabase(key ?? null));
} finally {
  await database().close();
}
