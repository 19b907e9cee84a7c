import type { ComponentProps } from "react";
import { buttonLook, type ButtonTone } from "./button-look";

type ButtonProps = ComponentProps<"button"> & {
  readonly tone?: ButtonTone;
  /** While what it started is under way: it stays in place, says so, and cannot start it twice. */
  readonly pending?: boolean;
};

export const Button = ({
  tone = "plain",
  pending = false,
  type = "button",
  className,
  disabled,
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    type={type}
    disabled={pending || disabled === true}
    aria-busy={pending || undefined}
    className={buttonLook(tone, className)}
  />
);
