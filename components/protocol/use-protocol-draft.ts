import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { faultsOf, send } from "@/lib/client/send";
import type { FieldFault } from "@/lib/contracts/problem";
import { protocolVersion, type ProtocolVersion } from "@/lib/contracts/protocol";
import { faultsInForm, protocolFormResolver } from "./check-protocol-form";
import { type Amending, formValuesOf, protocolDocumentOf } from "./protocol-form-values";

/** The draft in the form, how it is saved, and what came of saving it. */
export const useProtocolDraft = (code: string, saved: ProtocolVersion | null, amending: Amending) => {
  const router = useRouter();
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [savedNow, setSavedNow] = useState(false);
  // Of the draft that the fields were filled from, or that they were last saved as.
  const [draftSavedAt, setDraftSavedAt] = useState(saved?.status === "DRAFT" ? saved.savedAt : null);
  const [changedMeanwhile, setChangedMeanwhile] = useState(false);
  const form = useForm({
    defaultValues: formValuesOf(saved, amending),
    resolver: protocolFormResolver(amending),
    shouldFocusError: false,
  });

  const save = form.handleSubmit(
    async (values) => {
      setFaults([]);
      const { document } = protocolDocumentOf(values, amending);
      const address = `/api/v1/studies/${encodeURIComponent(code)}/protocol`;
      const sent = await send("PUT", address, { ...document, draftSavedAt });
      if (sent.kind !== "done") {
        setChangedMeanwhile(sent.kind === "refused" && sent.problem.code === "PROTOCOL_CHANGED");
        return setFaults(faultsOf(sent));
      }
      setDraftSavedAt(protocolVersion.parse(sent.body).savedAt);
      form.reset(values);
      setSavedNow(true);
      router.refresh();
    },
    () => setFaults(faultsInForm(form.getValues(), amending)),
  );
  return { form, save, faults, savedNow, changedMeanwhile, onEdit: () => setSavedNow(false) };
};
