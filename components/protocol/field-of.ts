import type { Path, UseFormRegisterReturn, UseFormReturn } from "react-hook-form";
import type { ProtocolFormValues } from "./protocol-form-values";

/** A field that can be pointed at: what is said against a setting leads to it. */
export const fieldOf = <Name extends Path<ProtocolFormValues>>(
  form: UseFormReturn<ProtocolFormValues>,
  name: Name,
): UseFormRegisterReturn<Name> & { readonly id: string } => ({ ...form.register(name), id: name });
