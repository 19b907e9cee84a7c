import Link from "next/link";
import type { ComponentProps } from "react";
import { buttonLook, type ButtonTone } from "./button-look";

type LinkButtonProps = ComponentProps<typeof Link> & { readonly tone?: ButtonTone };

/** Goes somewhere, looks like a button. What acts is a Button. */
export const LinkButton = ({ tone = "plain", className, ...rest }: LinkButtonProps) => (
  <Link {...rest} className={buttonLook(tone, className)} />
);
